"""Reviews: comments kept back as drafts until they are published together, and the approval that may come with them."""
