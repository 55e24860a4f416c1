"""Growing the views from the log."""
