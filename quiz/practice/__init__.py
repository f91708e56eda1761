"""Practice: the schedule, the learner's progress, the session and its terminal face."""
