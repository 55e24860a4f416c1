"""Which PostgreSQL this ledger stands on: the one it was given, or one of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import scrypt
from hmac import digest
from urllib.parse import quote, urlencode

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.embedded.server import EmbeddedPostgres
from infra.postgres.roles import login_of


@dataclass(frozen=True)
class Database:
    """The addresses of a PostgreSQL that runs: its owner's, and the application's.

    `restart_if_dead` gives True if an embedded server had died and runs again at its address.
    """

    owner_url: str = field(repr=False)
    app_url: str = field(repr=False)
    embedded: bool
    restart_if_dead: Callable[[], bool]
    settings: Settings = field(repr=False)


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """Give the database of these settings for as long as the block runs."""
    if settings.database_url:
        yield connect_settings(settings)
        return
    server = EmbeddedPostgres(settings)
    with server.lease() as owner_url:
        yield Database(
            owner_url=owner_url,
            app_url=app_url(settings, owner_url),
            embedded=True,
            restart_if_dead=server.restart_if_dead,
            settings=settings,
        )


def connect_settings(settings: Settings) -> Database:
    """Give the addresses of the PostgreSQL that DATABASE_URL names; it is not ours to start."""
    owner_url = settings.database_url or ""
    return Database(
        owner_url=owner_url,
        app_url=app_url(settings, owner_url),
        embedded=False,
        restart_if_dead=lambda: False,
        settings=settings,
    )


def app_url(settings: Settings, owner_url: str) -> str:
    """Give the same database's address for the role that may only append and read.

    Its password follows from the owner's where that is said, so that data folders on several
    machines agree on it, else from a key of the data folder. Each ledger has its own.
    """
    parts = _parts_of(owner_url)
    role = login_of(parts.get("dbname") or parts.get("user", ""))
    owners = str(parts.get("password") or os.environ.get("PGPASSWORD") or "")
    if settings.database_url and owners:
        password = scrypt(owners.encode(), salt=role.encode(), n=2**14, r=8, p=1, dklen=32)
    else:
        password = digest(settings.secret("app-password"), role.encode(), "sha256")
    return with_role(owner_url, role=role, password=password.hex())


def with_role(url: str, *, role: str, password: str) -> str:
    """Rewrite a libpq address (URL or key=value) as a URL for another role."""
    parts = _parts_of(url)
    database = quote(parts.pop("dbname", parts.get("user", "")), safe="")
    for owners in ("user", "password", "passfile"):
        parts.pop(owners, None)
    host = parts.pop("host", "") if _fits_a_url(parts.get("host", "")) else ""
    port = f":{parts.pop('port')}" if host and "port" in parts else ""
    login = f"{quote(role, safe='')}:{quote(password, safe='')}"
    query = f"?{urlencode(parts, quote_via=quote)}" if parts else ""
    return f"postgresql://{login}@{host}{port}/{database}{query}"


def _parts_of(url: str) -> dict[str, str]:
    """Take an address apart."""
    try:
        return {key: str(value) for key, value in conninfo_to_dict(url).items()}
    except ProgrammingError as mistake:
        raise Unavailable(
            "DATABASE_URL is no address of a PostgreSQL: {reason}", reason=mistake
        ) from mistake


def _fits_a_url(host: str) -> bool:
    """Say whether it is one plain host: no socket folder, no list, no IPv6 address."""
    return bool(host) and not set(host) & set("/,:")
