"""`ecsquiz exam take`: the terminal face of a sitting."""
