"""Settings, the data folder, and where the server may call."""
