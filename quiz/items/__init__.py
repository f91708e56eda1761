"""Question to Items: one file an item kind, all of one shape."""
