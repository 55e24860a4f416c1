"""Rotation of the master key (更换主密钥): all that is sealed is sealed anew while the ledger runs.

The keys of subjects are wrapped under the next key, the keyed hashes are made anew, and the tags of
payments keep their names: a scheme whose key followed from the master key gets it sealed as its
own. It is one transaction. Most is done before the append lock is taken; under it comes what was
sealed meanwhile, and the exchange. Whatever cuts it off, the ledger has the one key or the other,
and the command is sent again.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import psycopg
from cryptography.exceptions import InvalidTag

from infra.config.errors import Unavailable
from infra.master_keys import MASTER, NEXT, exchange, settle
from infra.office import drafts, imports
from infra.person_marks import plain_number
from infra.vault import Vault
from projections.core import event_log

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from infra.postgres.database import Database

PAGE = 2000
# One rotation at a time: what another one has not finished must not be undone.
ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('mingzhang rotate'))"
LOCK = "LOCK TABLE ledger.gate IN EXCLUSIVE MODE"
KNOWN = "SELECT fingerprint FROM ledger.keys WHERE name = %s"
WORK = """CREATE TEMPORARY TABLE rewrapped (
    subject text COLLATE "C" PRIMARY KEY, was bytea, wrapped bytea, number text, next_number text,
    marks text, late boolean) ON COMMIT DROP"""
# What is not sealed anew yet, or was sealed since.
LEFT = """SELECT s.subject, s.wrapped_key, s.content FROM vault.sealed s
    LEFT JOIN rewrapped r ON r.subject = s.subject AND r.was = s.wrapped_key
    WHERE s.wrapped_key IS NOT NULL AND s.content IS NOT NULL AND r.subject IS NULL"""
KEEP = """INSERT INTO rewrapped VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (subject) DO UPDATE
    SET was = excluded.was, wrapped = excluded.wrapped, number = excluded.number,
        next_number = excluded.next_number, marks = excluded.marks, late = excluded.late"""
WRAP = """UPDATE vault.sealed s SET wrapped_key = r.wrapped
    FROM rewrapped r WHERE r.subject = s.subject AND r.was = s.wrapped_key"""
NUMBER = """UPDATE vault.id_numbers n SET number = r.next_number FROM rewrapped r
    WHERE n.number = r.number AND n.person = split_part(r.subject, '#', 1) COLLATE "C" """
# The new marks stand beside the old ones before the append lock is taken: nobody sees them yet.
MARK = """INSERT INTO vault.marks SELECT DISTINCT mark, r.subject
    FROM rewrapped r, string_to_table(r.marks, ' ') mark
    WHERE mark <> '' AND r.late = %s ON CONFLICT DO NOTHING"""
UNMARK = """DELETE FROM vault.marks m WHERE NOT EXISTS (
    SELECT FROM rewrapped r JOIN vault.sealed s ON s.subject = r.subject AND s.wrapped_key = r.was
    WHERE r.subject = m.entry AND m.mark = ANY (string_to_array(r.marks, ' ')))"""
KEYED = "SELECT subject FROM vault.sealed WHERE subject LIKE 'scheme:%'"
SEAL = "INSERT INTO vault.sealed VALUES (%s, %s, %s)"
KNOW = "INSERT INTO ledger.keys VALUES (%s, %s)"
TELL = "UPDATE ledger.keys SET fingerprint = %s WHERE name = %s"


class OfficeTable(NamedTuple):
    """A table of the office whose rows are sealed: how to read, name and keep them."""

    table: str
    keys: str
    column: str
    name: Callable[..., str]

    @property
    def rows(self) -> str:
        """Write the question for its rows."""
        return f"""SELECT {self.keys}, {self.column} FROM office.{self.table}
            WHERE {self.column} IS NOT NULL"""

    @property
    def keep(self) -> str:
        """Write the statement that keeps a row's key, unless the row has another one by now."""
        read = " AND ".join(f"{key} = %s" for key in (*self.keys.split(", "), self.column))
        return f"UPDATE office.{self.table} SET {self.column} = %s WHERE {read}"


OFFICE = (
    OfficeTable("drafts", "person, key", "wrapped_key", drafts.name_of),
    OfficeTable("imports", "id", "wrapped_key", imports.file_name),
    OfficeTable("imports", "id", "result_key", imports.result_name),
)


class KeyRotation(NamedTuple):
    """What a rotation has done: the fingerprints of both keys, and how much it sealed anew."""

    former: str
    master: str
    entries: int
    schemes: int
    papers_of_office: int
    seconds_locked: float


def rotate(database: Database) -> KeyRotation:
    """Exchange the master key for a new one; go on where one was cut off."""
    settings = database.settings
    folder = settings.key_folder()
    with psycopg.connect(database.owner_url) as connection:
        if connection.execute(ALONE).fetchone() != (True,):
            raise Unavailable("the master key is being rotated by another command: look again")
        known = known_key(connection)
        settle(folder, known)
        new = Vault(settings.secret(NEXT))
        old = Vault(settings.saved_secret(MASTER), folder)
        connection.execute(WORK)
        wrap_anew(connection, old, new, late=False)
        connection.execute(MARK, (False,))
        connection.execute("ANALYZE rewrapped")
        connection.execute(LOCK)
        found = finish(connection, old, new)
        exchange(folder)
    return found


def known_key(connection: psycopg.Connection) -> str:
    """Return the fingerprint of the ledger's master key."""
    row = connection.execute(KNOWN, (MASTER,)).fetchone()
    return str(row[0]) if row else ""


def wrap_anew(connection: psycopg.Connection, old: Vault, new: Vault, *, late: bool) -> None:
    """Wrap the keys that are not wrapped under the new one yet, beside what is in use."""
    with connection.cursor("left", binary=True) as left, connection.cursor() as kept:
        left.execute(LEFT)
        for page in iter(lambda: left.fetchmany(PAGE), []):
            kept.executemany(KEEP, [(*anew(old, new, *row), late) for row in page])


def anew(
    old: Vault, new: Vault, subject: str, wrapped_key: bytes, content: bytes
) -> Sequence[object]:
    """Return an entry's key under the new master key, and its keyed hashes; `Unavailable` if not.

    An entry that does not open is told: nothing is rotated that could be lost.
    """
    try:
        key = old.unwrap(subject, wrapped_key)
        told = old.open(subject, wrapped_key, content)
    except InvalidTag:
        raise Unavailable(
            "the vault does not open {subject}: restore its row of vault.sealed, or erase it, then"
            " rotate again; nothing was changed",
            subject=subject,
        ) from None
    # What was sealed before format 8 stands as it was written; its hash is of the eighteen signs.
    number = plain_number(told.get("id_number", "")) if subject.startswith("person:") else ""
    hashes = [each.number_of(number) if number else None for each in (old, new)]
    return (subject, wrapped_key, new.wrap(subject, key), *hashes, new.marks_of(subject, told))


def finish(connection: psycopg.Connection, old: Vault, new: Vault) -> KeyRotation:
    """Seal anew what came meanwhile, and let the ledger know the new key; nobody appends."""
    began = monotonic()
    wrap_anew(connection, old, new, late=True)
    connection.execute(UNMARK)
    connection.execute(MARK, (True,))
    schemes = keep_tag_keys(connection, old, new)
    wrapped = connection.execute(WRAP).rowcount
    connection.execute(NUMBER)
    of_office = sum(wrap_office(connection, table, old, new) for table in OFFICE)
    connection.execute(TELL, (new.print_, MASTER))
    return KeyRotation(
        former=old.print_,
        master=new.print_,
        entries=wrapped,
        schemes=schemes,
        papers_of_office=of_office,
        seconds_locked=round(monotonic() - began, 3),
    )


def keep_tag_keys(connection: psycopg.Connection, old: Vault, new: Vault) -> int:
    """Seal the key that names a scheme's payments, where it followed from the master key."""
    keyed = {scheme for (scheme,) in connection.execute(KEYED)}
    schemes = [s for s in event_log.subjects_of_kind(connection, "scheme") if s not in keyed]
    for scheme in schemes:
        key = old.tag_key_from_master(scheme)
        sealed = new.seal(scheme, {"tag_key": key.hex()})
        connection.execute(SEAL, (scheme, sealed.wrapped_key, sealed.content))
        connection.execute(KNOW, (scheme, sealed.fingerprint))
    return len(schemes)


def wrap_office(connection: psycopg.Connection, table: OfficeTable, old: Vault, new: Vault) -> int:
    """Wrap the keys of a table of the office; what does not open is let go with its row's time."""
    done = 0
    for *keys, wrapped_key in connection.execute(table.rows, binary=True).fetchall():
        name = table.name(*keys)
        try:
            anew_wrapped = new.wrap(name, old.unwrap(name, wrapped_key))
        except InvalidTag:
            continue
        done += connection.execute(table.keep, (anew_wrapped, *keys, wrapped_key)).rowcount
    return done
