"""Figures of registers."""
