"""Grants and contracts in the golden year."""
