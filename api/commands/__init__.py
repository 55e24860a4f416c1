"""POST /v1/commands: from a request to a command, and from its outcome to an answer."""
