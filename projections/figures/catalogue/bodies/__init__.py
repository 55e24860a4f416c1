"""Figures of bodies."""
