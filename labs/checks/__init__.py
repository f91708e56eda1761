"""Is the lab repaired? Outcomes that must hold, guards against wins that break the brief, and the proof of labs."""
