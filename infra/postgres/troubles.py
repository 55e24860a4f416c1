"""What keeps the database from answering, by name: a full disk, a damaged page, a start, a stop."""

from __future__ import annotations

import logging

import psycopg
from psycopg import errors

from domain.kernel.sentences import Sentence

LOG = logging.getLogger("mingzhang.store")
DAMAGED = (errors.DataCorrupted, errors.IndexCorrupted)
# What is told to a client as the store's trouble or as a value that it cannot keep.
TOLD = (psycopg.OperationalError, psycopg.DataError, errors.UndefinedTable, *DAMAGED)


def trouble_of(error: Exception) -> Sentence | None:
    """Name what keeps the database from answering; None if the mistake is another's."""
    match error:
        case errors.DiskFull():
            said = Sentence("the disk of the database is full: make room, then send the key again")
        case errors.DataCorrupted() | errors.IndexCorrupted():
            said = Sentence("a page of the database is damaged: stop, and restore a backup")
        case errors.IoError():
            said = Sentence("the disk of the database fails: its server's log names the file")
        case errors.CannotConnectNow() | errors.AdminShutdown() | errors.CrashShutdown():
            return Sentence("the database is starting or stopping: send the same key again later")
        case psycopg.OperationalError():
            return Sentence("the database does not answer: send the same key again later")
        case _:
            return None
    # These do not pass by themselves: whoever runs the server finds the words of PostgreSQL.
    LOG.error("%s: %s", said, error)
    return said
