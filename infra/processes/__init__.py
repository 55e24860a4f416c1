"""Processes of our own: how they are run and tuned."""
