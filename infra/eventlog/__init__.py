"""The event log: appending, reading streams and pages, following it."""
