"""What commands keep in memory between units of work."""
