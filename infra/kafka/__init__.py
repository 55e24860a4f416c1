"""The log in Kafka: two topics, each event in each exactly once, in order per key."""
