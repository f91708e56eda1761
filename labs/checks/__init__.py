"""Is the lab repaired? Outcomes, guards against wins that break the brief, and the proof of labs."""
