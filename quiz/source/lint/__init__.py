"""What our own bank demands of its questions, one rule a file. See `rules.py` for the list."""
