"""One file a kind of page; each makes Markdown text from what it is given, and touches no file."""
