"""GET addresses: query parameters, cursors, the snapshot they read, formats and downloads."""
