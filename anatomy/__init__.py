"""The reference: structures, topics, claims and sources."""
