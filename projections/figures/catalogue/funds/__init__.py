"""Figures of funds."""
