"""One file a format that a paper can be written in."""
