"""Sitting an exam at a computer: the paper without its key, the answers so far, and their file."""
