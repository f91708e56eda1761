"""A mock interview: open questions that follow the answers, and a scorecard at the end."""
