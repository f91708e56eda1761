"""Exams: composing papers from the bank, their variants and keys, and the formats they are written in."""
