"""Free-text answers to a Grade that explains itself."""
