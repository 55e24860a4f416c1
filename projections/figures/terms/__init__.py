"""The terms of figures: where each sum comes from."""
