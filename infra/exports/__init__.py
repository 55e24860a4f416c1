"""The books for other programs: files that are written from the journal."""
