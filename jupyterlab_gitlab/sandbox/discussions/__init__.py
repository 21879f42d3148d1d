"""What people write under merge requests: threads and notes."""
