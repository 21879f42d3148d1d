"""git on bare repositories: objects, refs, merges without a work tree, hooks."""
