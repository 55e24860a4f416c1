"""Journal, balances and statements as an officer asks them."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from infra.projector.projector import Projector
from projections.accounts import balances, fund_statement, journal_queries
from projections.accounts.journal_queries import JournalFilter
from projections.core.sql import pattern
from projections.core.view import Moment
from scripts.scenarios.office import TREASURER, fen
from scripts.scenarios.stories import FUND
from tests.projections.small_quarter import GIFTS, RUNS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from scripts.scenarios.office import Office

    Database = psycopg.Connection[Any]

FEBRUARY: dict[str, Any] = {"from_": date(2007, 2, 1), "to": date(2007, 2, 28)}


@pytest.fixture
def head(office: Office, connection: Database) -> Moment:
    Projector(connection).catch_up()
    return Moment(office.positions()[-1])


def value(totals: Sequence[dict[str, Any]]) -> int:
    return sum(row["value"] for row in totals if row["unit"] == "fen")


@pytest.mark.parametrize(
    "account",
    ["spent:*:*:*", "available:x:general", "committed:x:*", "*:gifts:general", "*:gifts:*:*"],
)
def test_opening_and_rows_make_the_closing(
    connection: Database, head: Moment, account: str
) -> None:
    which = JournalFilter(where={"account": (account,)}, from_=FEBRUARY["from_"], to=FEBRUARY["to"])
    rows = list(journal_queries.rows(connection, head, which))
    assert value(journal_queries.totals(connection, head, which)) == sum(
        row["value"] for row in rows
    )
    opening = value(journal_queries.opening(connection, head, which))
    closing = value(journal_queries.closing(connection, head, which))
    assert opening + sum(row["value"] for row in rows) == closing
    assert all(FEBRUARY["from_"] <= row["booked"] <= FEBRUARY["to"] for row in rows)


def test_the_journal_in_pages_is_the_journal(connection: Database, head: Moment) -> None:
    for where in ({}, {"account": ("spent:*:*:aid",)}, {"fund": (FUND,)}, {"subject": (FUND,)}):
        which = JournalFilter(where=where)
        whole = list(journal_queries.rows(connection, head, which))
        paged: list[dict[str, Any]] = []
        while page := list(
            journal_queries.rows(
                connection,
                head,
                which,
                after=journal_queries.key_of(paged[-1]) if paged else (0, 0),
                limit=9,
            )
        ):
            paged += page
        assert paged == whole
        assert len(whole) > 9
        keys = [journal_queries.key_of(row) for row in whole]
        assert all(before < after for before, after in pairwise(keys))


def test_a_row_says_who_moved_what_when(connection: Database, head: Moment) -> None:
    which = JournalFilter(where={"subject": ("grant:g",), "topic": ("grant.accounted",)})
    gone, spent = journal_queries.rows(connection, head, which, limit=9)
    assert gone | {"recorded_at": None, "position": 0, "voucher": ""} == {
        "position": 0,
        "line": 1,
        "booked": date(2007, 3, 20),
        "on": date(2007, 3, 20),
        "recorded_at": None,
        "voucher": "",
        "account": "advanced:x:general:grant:g",
        "value": -300,
        "unit": "fen",
        "subject": "grant:g",
        "topic": "grant.accounted",
        "programme": "",
        "area": gone["area"],
        "class": "",
        "by": "clerk-1",
    }
    assert (spent["account"], spent["programme"]) == ("spent:x:general:joy", "joy")
    assert gone["voucher"] == spent["voucher"]
    assert re.fullmatch("2007-03-[0-9]{4}", gone["voucher"])


def vouchers_of(connection: Database, head: Moment) -> dict[int, str]:
    """Return the voucher of each event with postings; all its lines have it."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for row in journal_queries.rows(connection, head, JournalFilter()):
        found[row["position"]].add(row["voucher"])
    assert all(len(numbers) == 1 for numbers in found.values())
    return {position: number for position, (number,) in found.items()}


@pytest.mark.parametrize("seed", range(3))
def test_vouchers_have_no_gaps_in_a_month_and_never_change(
    seed: int, office: Office, connection: Database
) -> None:
    chance, before = random.Random(seed), dict[int, str]()
    for _ in range(4):
        for _ in range(chance.randint(1, 9)):
            booked = f"2007-0{chance.randint(1, 3)}-{chance.randint(10, 28)}"
            office.send("fund.receive", FUND, by=TREASURER, on="2007-01-02",
                        act={"booked": booked}, amount=fen(1), earmark="general",
                        source="fiscal", document=f"{chance.random()}")  # fmt: skip
        Projector(connection).catch_up()
        now = vouchers_of(connection, Moment(office.positions()[-1]))
        assert before.items() <= now.items(), "what comes later changes no number"
        by_month: defaultdict[str, list[int]] = defaultdict(list)
        for _, number in sorted(now.items()):
            month, _, place = number.rpartition("-")
            by_month[month].append(int(place))
        for numbers in by_month.values():
            assert numbers == [*range(1, len(numbers) + 1)]
        before = now


@pytest.mark.parametrize("group_by", balances.GROUPS)
def test_every_grouping_has_the_same_total(
    connection: Database, head: Moment, group_by: str
) -> None:
    which = balances.BalanceFilter(where={"class": ("spent", "committed")})
    rows = list(balances.rows(connection, head, which, group_by=group_by))
    assert sum(row["value"] for row in rows) == value(balances.totals(connection, head, which))
    first = list(balances.rows(connection, head, which, group_by=group_by, limit=1))
    after = (first[0][group_by], "fen")
    assert first + list(balances.rows(connection, head, which, group_by=group_by, after=after)) == (
        rows
    )


def test_a_statement_joins_its_ends(connection: Database, head: Moment) -> None:
    for fund in (FUND, GIFTS):
        before = fund_statement.statement(connection, fund, head, to=date(2007, 1, 31))
        now = fund_statement.statement(connection, fund, head, **FEBRUARY)
        assert now["holds"]
        assert now["opening"] == before["closing"]
        came = sum(row["value"] for row in now["in"])
        assert now["closing"]["out"] == now["opening"]["out"] - came
    spent = fund_statement.statement(connection, FUND, head)
    by_programme = {row["programme"]: row["value"] for row in spent["out"]}
    assert len(by_programme) == len(spent["out"])
    assert by_programme["joy"] == 300
    assert sum(by_programme.values()) == spent["closing"]["spent"]
    everything = fund_statement.statements(connection, head)
    assert everything == {
        fund: fund_statement.statement(connection, fund, head) for fund in (GIFTS, FUND)
    }


def test_money_goes_through_its_stages(connection: Database, head: Moment) -> None:
    closing = fund_statement.statement(connection, FUND, head)["closing"]
    returned = balances.totals(
        connection, head, balances.BalanceFilter(where={"account": ("returned:*:*:pay-run:*",)})
    )
    assert value(returned) == closing["returned"] == 10 * len(RUNS)
    assert closing["advanced"] == 0
    assert sum(closing.values()) == 0


@pytest.mark.parametrize(
    ("glob", "account", "fits"),
    [
        ("spent:*:*:dibao", "spent:x:general:dibao", True),
        ("spent:*:*:dibao", "spent:x:general:a:dibao", False),
        ("spent:*:dibao", "spent:x:general:dibao", False),
        ("committed:x:*", "committed:x:general:grant:g", True),
        ("committed:x:*:grant:*", "committed:x:general:grant:g", True),
        ("available:x:gen*", "available:x:general", True),
        ("available:x:general", "available:xxgeneral", False),
        ("available:x.y:general", "available:xzy:general", False),
    ],
)
def test_a_star_stands_for_a_part_and_the_last_for_all_the_rest(
    connection: Database, glob: str, account: str, *, fits: bool
) -> None:
    found = connection.execute("SELECT %s ~ %s", (account, pattern(glob))).fetchone()
    assert found == (fits,)
