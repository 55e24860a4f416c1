"""The views that commands decide by."""
