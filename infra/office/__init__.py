"""What the office works with in a browser, and no fact: sessions, and forms that wait."""
