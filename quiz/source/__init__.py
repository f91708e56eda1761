"""Markdown to Question: the reader, the importer of foreign documents, encoding repair, lint rules."""
