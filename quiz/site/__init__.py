"""The bank as Markdown pages for a static site builder."""
