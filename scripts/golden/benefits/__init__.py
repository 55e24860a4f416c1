"""Benefits in the golden year."""
