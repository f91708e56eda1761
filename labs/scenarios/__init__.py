"""The labs themselves, one folder each: what a lab says, what it breaks, how it is repaired."""
