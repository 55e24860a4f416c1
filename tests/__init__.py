"""The rules, shown."""
