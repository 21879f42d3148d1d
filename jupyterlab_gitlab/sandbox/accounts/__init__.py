"""Users, their tokens, and what they may do in groups and projects."""
