"""Payments in the golden year."""
