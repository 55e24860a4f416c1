"""Spreadsheets into commands: templates, what a row says, and what became of it."""
