"""The bank as data for the practice pages, which run in the reader's browser."""
