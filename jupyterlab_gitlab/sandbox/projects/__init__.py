"""Projects, the groups that hold them, and what a project keeps beside its repository."""
