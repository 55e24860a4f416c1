"""docs/data-model.md says what stands in the catalogue, all of it, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest

from infra.config.settings import Settings
from infra.ledger import prepare
from infra.postgres.database import connect_settings
from infra.projector.tracking import lay_out
from scripts.data_model import PLACE, page

ALL = """SELECT table_schema || '.' || table_name, column_name
    FROM information_schema.tables LEFT JOIN information_schema.columns
    USING (table_schema, table_name)
    WHERE table_schema IN ('ledger', 'vault', 'delivery', 'office', 'views', 'views_next')"""
SECTION = re.compile(r"^### `([a-z_]+\.[a-z_]+)`$(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
COLUMN = re.compile(r"^\| `([a-z_]+)` \| [^|]+ \| [^|]{4,} \|$", re.MULTILINE)


@pytest.fixture
def owner(ledger_settings: Settings) -> Iterator[psycopg.Connection]:
    """Give the owner's connection to a new ledger with its views."""
    database = connect_settings(ledger_settings)
    prepare(database)
    with psycopg.connect(database.app_url, autocommit=True) as app:
        lay_out(app)
    with psycopg.connect(database.owner_url) as connection:
        yield connection


def test_the_page_is_up_to_date(owner: psycopg.Connection) -> None:
    assert PLACE.read_text(encoding="utf-8") == page(owner), "make data-model writes it anew"


def test_every_table_and_column_stands_on_the_page_and_nothing_else(
    owner: psycopg.Connection,
) -> None:
    written = {
        (table, column)
        for table, section in SECTION.findall(PLACE.read_text(encoding="utf-8"))
        for column in COLUMN.findall(section) or [None]
    }
    found = set(owner.execute(ALL).fetchall())
    assert written == found
    assert len(found) > 100


@pytest.mark.parametrize(
    ("made", "missing"),
    [
        ("ALTER TABLE ledger.periods ADD COLUMN note text", "ledger.periods: .* note holds"),
        ("ALTER TABLE views.roll_runs ADD COLUMN note text", "views.roll_runs: .* note holds"),
        ("CREATE TABLE delivery.more ()", "delivery.more: .* it holds"),
    ],
)
def test_what_nothing_is_said_of_is_not_written_in_silence(
    owner: psycopg.Connection, made: str, missing: str
) -> None:
    owner.execute(made.encode())
    with pytest.raises(LookupError, match=missing):
        page(owner)


def test_the_page_follows_the_catalogue(owner: psycopg.Connection) -> None:
    """Rights, types and keys are read, not known."""
    owner.execute("GRANT SELECT ON vault.sealed TO mingzhang_append")
    owner.execute("CREATE INDEX ON ledger.events (topic)")
    owner.execute("ALTER TABLE ledger.periods ALTER closed_through TYPE timestamp")
    text = " ".join(page(owner).split())
    assert "Others: `mingzhang_append` SELECT. Written by `ledger.append()`" in text
    assert "- `INDEX btree (topic)`" in text
    assert "| `closed_through` | timestamp without time zone" in text
