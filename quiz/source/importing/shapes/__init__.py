"""The ways to write questions down that we can read, one file each. See `shape.py` for the list."""
