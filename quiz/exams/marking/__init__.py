"""Marking sittings: reading them, judging answers, the review list, and what the results say."""
