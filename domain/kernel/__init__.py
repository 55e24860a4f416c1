"""The kernel: acts, events, aggregates, and the values that all chapters share."""
