"""The compiled bank: SQLite tables, incremental build, queries, full-text search."""
