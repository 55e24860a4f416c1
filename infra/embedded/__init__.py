"""The embedded PostgreSQL: its binaries, its server, who uses it."""
