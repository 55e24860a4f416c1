"""Funds in the golden year."""
