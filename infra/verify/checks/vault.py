"""The check of keys: what is sealed opens, and is there as the log says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag

from domain import EVENTS, KINDS, decode
from domain.kernel.aggregate import Event
from infra.config.errors import Unavailable
from infra.postgres.identity import KNOWN, TOKEN
from infra.verify.check import CheckContext, Findings, QueryCheck

if TYPE_CHECKING:
    from collections.abc import Iterable

SENTENCE = (
    "The ledger knows the keys that it is sealed with, and the key by which each scheme names its"
    " payments; what the vault holds opens and is a subject's of the log, and only what an event"
    " has emptied is empty."
)
FINGERPRINTS = "SELECT name, fingerprint FROM ledger.keys"
IDENTITIES = "SELECT count(*) FROM ledger.identity"
CHANGED = (
    "not the key with which the ledger was made: what that one signed is void. Nothing is wrong if"
    " it was moved away on purpose"
)
ENTRIES = "SELECT subject, emptied FROM vault.subjects()"
SCHEMES = """SELECT originator_id, notification_id FROM ledger.events
    WHERE originator_id >= 'scheme:' COLLATE "C" AND originator_id < 'scheme;' COLLATE "C"
      AND originator_version = 1 AND notification_id <= %s ORDER BY originator_id"""
NOBODYS = """SELECT named FROM unnest(%s::text[]) named WHERE NOT EXISTS (
    SELECT FROM ledger.events e
    WHERE e.originator_id = split_part(named, '#', 1) COLLATE "C" AND e.notification_id <= %s)"""
EMPTYING = """SELECT notification_id, topic, state FROM ledger.events
    WHERE topic = ANY (%s) AND notification_id <= %s"""
EMPTIES = [stored for stored, kind in EVENTS.items() if kind.unsealed is not Event.unsealed]


def ask(asked: CheckContext) -> Findings:
    """Read every key and every entry."""
    found = Findings()
    known = dict(asked.connection.execute(FINGERPRINTS).fetchall())
    for name in KNOWN:
        if name not in known:
            found.breach([], name, "the ledger has lost its fingerprint")
    if asked.token_key is not None and known.get(TOKEN) not in (None, asked.token_key):
        found.note("changed_keys", {"key": TOKEN, "detail": CHANGED})
    if asked.connection.execute(IDENTITIES).fetchone() != (1,):
        found.breach([], "ledger.identity", "the ledger has lost its id")
    check_schemes(asked, found)
    check_entries(asked, found)
    return found


def check_schemes(asked: CheckContext, found: Findings) -> None:
    """Read the key of every scheme anew."""
    asked.vault.forget()
    for scheme, position in asked.connection.execute(SCHEMES, (asked.head,)).fetchall():
        found.examined += 1
        try:
            asked.vault.tag(asked.connection, scheme, ("",))
        except Unavailable as unknown:
            found.breach([position], scheme, str(unknown))


def check_entries(asked: CheckContext, found: Findings) -> None:
    """Hold every entry of the vault against the log."""
    rows = asked.connection.execute(ENTRIES).fetchall()
    entries = dict(sorted((subject, emptied) for subject, emptied in rows))
    found.examined += len(entries)
    ours = [subject for subject in entries if subject.partition(":")[0] in KINDS]
    for (subject,) in asked.connection.execute(NOBODYS, (ours, asked.head)):
        found.breach([], subject, "the vault has an entry that is no subject's")
    emptied = dict(emptied_by(asked))
    for subject, is_empty in entries.items():
        if is_empty and subject not in emptied:
            found.breach([], subject, "its entry is empty, and no event has emptied it")
        elif subject in emptied and not is_empty:
            found.breach([emptied[subject]], subject, "it was emptied, and the vault holds it")
        elif not is_empty:
            check_opens(asked, found, subject)


def emptied_by(asked: CheckContext) -> Iterable[tuple[str, int]]:
    """Give what events have emptied, and where."""
    for position, topic, state in asked.rows("emptying", EMPTYING, (EMPTIES, asked.head)):
        for subject in decode(topic, state).unsealed():
            yield subject, position


def check_opens(asked: CheckContext, found: Findings, subject: str) -> None:
    """Open an entry."""
    try:
        asked.vault.read(asked.connection, subject)
    except (InvalidTag, ValueError):
        found.breach([], subject, "its entry does not open under the key of this ledger")


QUESTION = QueryCheck("keys-known", SENTENCE, ask)
