"""Keeps the balances of a ledger in SQLite, from its Kafka topic. Each event counts exactly once.

pip install kafka-python
python balances.py 127.0.0.1:9092 440300.events.v1 balances.db

Stop it, or kill it, whenever you like: what an event changes and how far we have read are written
in one transaction, so the next start goes on behind the last event that was counted.
"""

import json
import sqlite3
import sys

from kafka import KafkaConsumer, TopicPartition

TABLES = """
    CREATE TABLE IF NOT EXISTS balance (account TEXT PRIMARY KEY, value INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS event (position INTEGER PRIMARY KEY);
    CREATE TABLE IF NOT EXISTS place (number INTEGER PRIMARY KEY, next_offset INTEGER NOT NULL);
"""
ADD = """INSERT INTO balance VALUES (?, ?)
    ON CONFLICT (account) DO UPDATE SET value = value + excluded.value"""
GO_ON = "INSERT OR REPLACE INTO place VALUES (?, ?)"


def count(database, record):
    """Add an event's postings to the balances; an event that came before would be refused."""
    position = int(dict(record.headers)["ce_sequence"])
    database.execute("INSERT INTO event VALUES (?)", (position,))
    for line in json.loads(record.value)["postings"]:
        database.execute(ADD, (line["account"], line["value"]))


def main(bootstrap, topic, file):
    """Read every partition from where we are, for ever."""
    database = sqlite3.connect(file)
    database.executescript(TABLES)
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap,
        isolation_level="read_committed",  # what a relay began and did not end is not there
        enable_auto_commit=False,  # our offsets are in our database
        auto_offset_reset="none",  # a topic that has lost events is an error, no fresh start
    )
    numbers = consumer.partitions_for_topic(topic) or sys.exit(f"there is no topic {topic}")
    places = [TopicPartition(topic, number) for number in numbers]
    consumer.assign(places)
    known = dict(database.execute("SELECT number, next_offset FROM place"))
    for place in places:
        consumer.seek(place, known.get(place.partition, 0))
    while True:
        for place, records in consumer.poll(timeout_ms=1000).items():
            with database:  # one transaction
                for record in records:
                    count(database, record)
                database.execute(GO_ON, (place.partition, records[-1].offset + 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
