"""The event feed: pages, JSON Lines, server-sent events."""
