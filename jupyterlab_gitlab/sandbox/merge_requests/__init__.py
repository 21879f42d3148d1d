"""Merge requests: versions, approvals, whether and how they merge, and what a push does to them."""
