"""The database: addresses, sessions, migrations."""
