"""What an auditor looks for in the whole log: exceptions (例外)."""
