"""What marking writes: sheets for learners, pages for the trainer, and the same as data."""
