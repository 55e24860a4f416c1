"""What all chapters of the golden year share."""
