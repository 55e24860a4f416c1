"""Another rule tried on the history: a question with a body."""
