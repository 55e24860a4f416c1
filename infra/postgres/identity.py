"""Whose ledger a database holds, and with which keys: asked at every start.

A ledger is made with an id, a jurisdiction, a time zone and two keys of the data folder; what
differs later is refused by name. Keys are never made where there is a ledger: another master key
would open nothing, and name payments anew that were made.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag

from domain import EVENTS
from domain.kernel.aggregate import Event
from domain.kernel.money import MoneyEvent
from infra.config.data_folder import note_ledger
from infra.config.errors import Unavailable
from infra.master_keys import MASTER, fingerprint, settle
from infra.vault import Vault
from projections.disclosure.cloud_event import Origin

if TYPE_CHECKING:
    import psycopg

    from infra.config.settings import Settings

LOG = logging.getLogger("mingzhang.store")
CONTENT, TOKEN = "content-key", "token-key"
# What a ledger is sealed with: what the vault holds, and the hashes of what was sent.
KEYS = (MASTER, CONTENT)
# Those whose fingerprints it keeps: nothing that is stored rests on the key of tokens.
KNOWN = (*KEYS, TOKEN)
IDENTITY = "SELECT ledger, jurisdiction, zone FROM ledger.identity"
FINGERPRINTS = "SELECT name, fingerprint FROM ledger.keys WHERE name = ANY (%s)"
TOPICS = "SELECT topic, books, empties FROM ledger.topics"
SEALED = """SELECT subject, wrapped_key, content FROM vault.sealed
    WHERE wrapped_key IS NOT NULL OR subject LIKE 'scheme:%' ORDER BY subject"""


class LedgerIdentity(NamedTuple):
    """A ledger's id, and what is bound to it."""

    ledger: UUID
    jurisdiction: str
    zone: str

    @property
    def origin(self) -> Origin:
        """Give what its events say of it."""
        return Origin(self.jurisdiction, str(self.ledger))

    def __str__(self) -> str:
        """Write it as a line of the data folder, and in sentences."""
        return f"{self.ledger} ({self.jurisdiction}, {self.zone})"


def identity_of(connection: psycopg.Connection) -> LedgerIdentity:
    """Return whose ledger it is."""
    row = connection.execute(IDENTITY).fetchone()
    if row is None:
        raise Unavailable("the ledger in this database has lost its id: restore ledger.identity")
    return LedgerIdentity(*row)


def found_ledger(connection: psycopg.Connection, settings: Settings) -> None:
    """Give a ledger that was just laid out its id, and the keys that it is sealed with."""
    keys = {name: settings.secret(name) for name in KEYS}
    _bind(connection, settings, keys)
    know_token_key(connection, settings)


def know_token_key(connection: psycopg.Connection, settings: Settings) -> None:
    """Let a ledger know the key that signs its tokens; a folder without one gets one."""
    _keep(connection, TOKEN, fingerprint(settings.secret(TOKEN)))


def adopt_ledger(connection: psycopg.Connection, settings: Settings) -> None:
    """Give a ledger of an earlier format its id, if the keys open what it has sealed."""
    keys = {name: settings.saved_secret(name) for name in KEYS}
    vault = Vault(keys[MASTER])
    named = {}
    for subject, wrapped_key, content in connection.execute(SEALED).fetchall():
        named[subject] = _opened(vault, subject, wrapped_key, content)
    _bind(connection, settings, keys)
    for subject, print_ in named.items():
        if print_ is not None:
            _keep(connection, subject, print_)


def _opened(
    vault: Vault, subject: str, wrapped_key: bytes | None, content: bytes | None
) -> str | None:
    """Open an entry of the vault; return the fingerprint of a scheme's key."""
    if wrapped_key is None or content is None:
        raise Unavailable(
            "the vault holds no key of {scheme} any more, which names its payments: restore its"
            " row of vault.sealed before the ledger is brought up",
            scheme=subject,
        )
    try:
        tag_key = vault.open(subject, wrapped_key, content).get("tag_key")
    except InvalidTag as error:
        raise Unavailable(
            "the {name} of the data folder does not open what this ledger has sealed: put the"
            " saved one back",
            name=MASTER,
        ) from error
    return fingerprint(bytes.fromhex(tag_key)) if tag_key else None


def _bind(connection: psycopg.Connection, settings: Settings, keys: dict[str, bytes]) -> None:
    """Write the id and the fingerprints, once."""
    connection.execute(
        "INSERT INTO ledger.identity (ledger, jurisdiction, zone) VALUES (%s, %s, %s)",
        (uuid4(), settings.jurisdiction, settings.zone),
    )
    for name, key in keys.items():
        _keep(connection, name, fingerprint(key))


def _keep(connection: psycopg.Connection, name: str, print_: str) -> None:
    connection.execute("INSERT INTO ledger.keys VALUES (%s, %s)", (name, print_))


def require_same(connection: psycopg.Connection, settings: Settings) -> LedgerIdentity:
    """Refuse settings and keys that are not the ledger's, and say which ledger it is."""
    found = identity_of(connection)
    for name, said, wanted in (
        ("MINGZHANG_JURISDICTION", settings.jurisdiction, found.jurisdiction),
        ("MINGZHANG_ZONE", settings.zone, found.zone),
    ):
        if said != wanted:
            raise Unavailable(
                "the ledger {ledger} was made with {name}={wanted}, not {said}: set it so, or"
                " point to another ledger",
                ledger=found,
                name=name,
                wanted=wanted,
                said=said,
            )
    known = settled_prints(connection, settings, str(found))
    for name in KEYS:
        if known.get(name) != fingerprint(settings.saved_secret(name, ledger=str(found))):
            raise Unavailable(
                "the {name} in {folder} is not that of the ledger {ledger}: put back the one that"
                " was saved with it, or point to another ledger",
                name=name,
                folder=settings.key_folder(),
                ledger=found,
            )
    if TOKEN in known and known[TOKEN] != fingerprint(settings.secret(TOKEN)):
        LOG.warning("the %s is not the one of before: what that one signed is void", TOKEN)
    note_ledger(settings.data_folder, str(found))
    return found


def settled_prints(
    connection: psycopg.Connection, settings: Settings, ledger: str
) -> dict[str, str]:
    """Return the fingerprints that a ledger knows; settle a rotation that was cut off."""
    known = prints_of(connection)
    if known.get(MASTER) != fingerprint(settings.saved_secret(MASTER, ledger=ledger)):
        # One that is under way ends first.
        connection.execute("SELECT ledger.take_turn()")
        known = prints_of(connection)
        settle(settings.key_folder(), known.get(MASTER, ""))
    return known


def prints_of(connection: psycopg.Connection) -> dict[str, str]:
    """Return the fingerprints of the keys that a ledger knows."""
    return dict(connection.execute(FINGERPRINTS, (list(KNOWN),)).fetchall())


def topics_of_events() -> dict[str, tuple[bool, bool]]:
    """Tell of each stored name whether its events are booked, and whether they empty the vault."""
    return {
        stored: (issubclass(kind, MoneyEvent), kind.unsealed is not Event.unsealed)
        for stored, kind in EVENTS.items()
    }


def knows_topics(connection: psycopg.Connection) -> bool:
    """Tell whether the ledger knows of every topic of this program what append() asks."""
    known = {topic: (books, empties) for topic, books, empties in connection.execute(TOPICS)}
    return topics_of_events().items() <= known.items()


def tell_topics(connection: psycopg.Connection) -> None:
    """Let append() know the topics of this program; those of a later one stay."""
    told = [(topic, *said) for topic, said in topics_of_events().items()]
    topics, books, empties = (list(column) for column in zip(*told, strict=True))
    connection.execute(
        "INSERT INTO ledger.topics SELECT * FROM unnest(%s::text[], %s::bool[], %s::bool[])"
        " ON CONFLICT (topic) DO UPDATE SET books = excluded.books, empties = excluded.empties",
        (topics, books, empties),
    )
