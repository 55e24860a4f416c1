"""Turnover (发生额): what came in and went out, by fund, programme and year, gross and net.

Gross is what was booked at first, reversed what was taken back as never said (corrections of gifts
too), given back what came back or went back in truth; net is what the accounts say. Nothing is
counted here: each number is a sum of postings, told apart by the topics of their events.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from domain import EVENTS, decode
from domain.kernel.accounts import parse
from domain.kernel.reversals import Reversal
from projections.accounts.published_accounts import STAGES, PublishedLine
from projections.core import event_log
from projections.core.sql import BOOKED
from projections.disclosure.public_record import PERSONAL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from psycopg import Connection

    from domain.kernel.money import Posting
    from projections.core.view import Moment, Row

REVERSALS = tuple(sorted(kind.TOPIC for kind in EVENTS.values() if issubclass(kind, Reversal)))
# These say what a gift really was; they are no money that went back to a donor.
CORRECTIONS = ("donation.corrected", "fund.gift-corrected")
# The part of the table in which money of a stage stands.
PARTS = {"out": "in", "spent": "out", "lost": "written-off"}
PASSED_ON = "passed-on"
IN_PUBLIC = f"""a.class <> ALL ('{{{",".join(STAGES)}}}')
    AND split_part(split_part(a.account, ':', 4), ':', 1)
        <> ALL ('{{{",".join(sorted(PERSONAL))}}}')
    AND a.account NOT IN (SELECT account FROM views.balance_personal)"""
CHOSEN = f"""
    FROM views.journal j JOIN views.journal_accounts a ON a.id = j.account
        JOIN views.journal_sayings s ON s.id = j.said
    WHERE j.account = ANY (ARRAY (
            SELECT a.id FROM views.journal_accounts a
            WHERE a.unit = 'fen' AND a.class = ANY (%(stages)s)
              AND (%(funds)s::text[] IS NULL OR a.fund = ANY (%(funds)s)) AND {{public}}))
      AND j.position <= %(position)s AND {BOOKED.replace("booked", "j.booked")}"""
SUMS = f"""
    SELECT a.account, extract(year FROM j.booked)::int, s.topic = ANY (%(undoing)s),
           coalesce(sum(j.value) FILTER (WHERE j.value > 0), 0),
           coalesce(sum(j.value) FILTER (WHERE j.value < 0), 0)
    {CHOSEN} GROUP BY 1, 2, 3"""
UNDONE = f"SELECT DISTINCT j.position {CHOSEN} AND s.topic = ANY (%(reversals)s)"


class TurnoverKey(NamedTuple):
    """Which row: a year, a part of the table, a fund, and a programme or where money came from."""

    year: int
    part: str
    fund: str
    name: str


@dataclass
class Turnover:
    """What moved under one key, in fen; `published` is all that is told of money to persons."""

    gross: int = 0
    reversed: int = 0
    given_back: int = 0
    # Of `gross`, what a later year's reversal took back; of `reversed`, what earlier years' was.
    reversed_later: int = 0
    of_earlier: int = 0
    reversals: set[int] = field(default_factory=set)
    published: int | None = None

    @property
    def net(self) -> int:
        """Return what the accounts say."""
        return self.gross - self.reversed - self.given_back + (self.published or 0)


def turnover(
    connection: Connection[Any],
    moment: Moment,
    *,
    funds: Collection[str] | None = None,
    published: Sequence[PublishedLine] | None = None,
) -> list[Row]:
    """Return the rows of the table in the order of their keys, of some funds or of all.

    In public money to persons stands as it is `published`: net, and nothing beside.
    """
    keys = None if funds is None else [fund.partition(":")[2] for fund in funds]
    given = asked(moment) | {"funds": keys}
    public = "true" if published is None else IN_PUBLIC
    found: defaultdict[TurnoverKey, Turnover] = defaultdict(Turnover)
    rows = connection.execute(SUMS.format(public=public).encode(), given).fetchall()
    for account, year, undoes, gained, lost in rows:
        add(found[key_of(account, year)], account, (gained, lost), undoes=undoes)
    undone = connection.execute(UNDONE.format(public=public).encode(), given).fetchall()
    follow(connection, found, [position for (position,) in undone])
    for line in published or ():
        of_fund = keys is None or parse(line.account).fund in keys
        if of_fund and (moment.as_of is None or line.month <= moment.as_of):
            one = found[key_of(line.account, line.month.year)]
            one.published = (one.published or 0) + line.value
    return [row_of(key, one) for key, one in sorted(found.items()) if one != Turnover()]


def asked(moment: Moment) -> dict[str, Any]:
    """Return the parameters of a moment."""
    return {
        "stages": list(PARTS),
        "position": moment.position,
        "as_of": moment.as_of,
        "since": None,
        "undoing": [*REVERSALS, *CORRECTIONS],
        "reversals": list(REVERSALS),
    }


def key_of(account: str, year: int) -> TurnoverKey:
    """Return the row of an account in a year."""
    parts = parse(account)
    return TurnoverKey(year, PARTS[parts.class_], f"fund:{parts.fund}", parts.detail)


def add(one: Turnover, account: str, moved: tuple[int, int], *, undoes: bool) -> None:
    """Add what was booked on an account: what gained and what lost."""
    # What comes in leaves the account of what is outside.
    gained, lost = moved if not account.startswith("out:") else (-moved[1], -moved[0])
    if undoes:
        one.reversed -= gained + lost
    else:
        one.gross += gained
        one.given_back -= lost


def follow(
    connection: Connection[Any],
    found: defaultdict[TurnoverKey, Turnover],
    positions: Sequence[int],
) -> None:
    """Tell of what each year a reversal takes back, where it is another one than its own."""
    for stored in event_log.at_each(connection, positions) if positions else ():
        event = decode(stored.topic, stored.state)
        if not isinstance(event, Reversal):
            continue
        original, year = event.event(), event.act.booked.year
        first = original.act.booked.year
        for line in moved_by(original.postings()):
            now, then = found[key_of(line.account, year)], found[key_of(line.account, first)]
            now.reversals.add(stored.position)
            if first != year:
                value = -line.value if line.account.startswith("out:") else line.value
                then.reversed_later += value
                then.reversals.add(stored.position)
                now.of_earlier += value


def moved_by(lines: Iterable[Posting]) -> Iterable[Posting]:
    """Give the postings that the table is about."""
    return (
        line for line in lines if line.unit == "fen" and line.account.partition(":")[0] in PARTS
    )


def row_of(key: TurnoverKey, one: Turnover) -> Row:
    """Write a row. What only leaves a fund for elsewhere was passed on, not given back."""
    gross, given_back, part, sign = one.gross, one.given_back, key.part, 1
    if part == "in" and not gross and given_back > 0:
        gross, given_back, part, sign = given_back, 0, PASSED_ON, -1
    told: dict[str, int | None] = {
        "gross": gross,
        "reversed": sign * one.reversed,
        "given_back": given_back,
        "reversed_later": sign * one.reversed_later,
        "of_earlier": sign * one.of_earlier,
    }
    if one.published is not None:
        told = dict.fromkeys(told)
    return {
        "id": f"{key.year}:{part}:{key.fund.partition(':')[2]}:{key.name}",
        "year": str(key.year),
        "part": part,
        "fund": key.fund,
        "programme": key.name if key.part != "in" else "",
        "source": key.name if key.part == "in" else "",
        **told,
        "net": sign * one.net,
        "unit": "fen",
        "reversals": sorted(one.reversals),
    }
