"""Rules of the machinery."""
