"""Grading AWS CLI commands: by what they say, not by how they are typed."""
