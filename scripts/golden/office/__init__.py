"""Officers of the golden year."""
