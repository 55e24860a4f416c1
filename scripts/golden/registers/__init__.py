"""Registers of the golden year."""
