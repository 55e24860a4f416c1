"""Bodies in the golden year."""
