"""A real Kafka broker of one's own, for tests, drills and the bench (`python -m scripts.broker`).

Its programs come from Maven Central, once, into the user's cache folder.
"""
