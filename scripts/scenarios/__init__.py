"""Stories told to a real ledger, and what stands around it: shared by tests, drills and bench."""
