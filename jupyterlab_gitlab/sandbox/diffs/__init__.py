"""Raw diffs, their lines, and positions on them, as GitLab's ``lib/gitlab/diff`` has them."""
