"""The healthy environments that labs break, each built with plain API calls."""
