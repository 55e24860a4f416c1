"""The write path: from a command to the events and receipts that are stored."""
