"""The journal (序时账): every posting ever made, line by line, append-only."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from psycopg.rows import dict_row

from domain.kernel.accounts import parse
from projections.accounts.areas import followed
from projections.core import event_log
from projections.core.copy_writer import CopyWriter
from projections.core.dictionary import Dictionary, with_numbers
from projections.core.meanings import ACCOUNT
from projections.core.sql import BOOKED, matching, streamed
from projections.core.view import BLOCK, Table, View, told_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from psycopg import Connection

    from projections.accounts.areas import PlacedLines
    from projections.core.dictionary import Key
    from projections.core.view import Moment, Recorded, Row

    # Another view may know the sums of the same postings.
    Sums = Callable[[Connection[Any], Moment, "JournalFilter"], Sequence[Row]]

# What many events say alike: of which area, under which budget class, by which topic, by whom.
SAID = ("area", "class", "topic", "by")
# Up to so many accounts, a look at each is cheaper than a walk along all positions.
FEW = 50
BY_ACCOUNT = ("account", "fund", "programme", "unit")
# The log knows by its own key where a subject's events are.
OF_SUBJECTS = f"SELECT notification_id FROM {event_log.rows_of_subjects('%(subject)s::text[]')} e"
COLUMN_OF = {"by": "by_"}
# The filters on accounts; here `class` is the budget class, and the account's is its stage.
OF_ACCOUNTS = (*BY_ACCOUNT, "stage")
FILTERS = (*BY_ACCOUNT, *SAID, "subject")


def names() -> Dictionary:
    """Return the accounts, apart by unit, with their numbers."""
    return Dictionary(
        "journal_accounts",
        "account unit",
        more="class fund programme",
        describe=_parts,
        says={"": "Accounts, apart by unit, with numbers and their parts."} | ACCOUNT,
    )


def sayings() -> Dictionary:
    """Return what events say alike, with numbers."""
    says = {
        "": "What many events say alike, with numbers.",
        "area": "The area of the event, if it has one.",
        "class": "The budget class of the event, if it has one.",
        "topic": "The topic of the event, without version.",
        "by_": "Who sent the command.",
    }
    return Dictionary("journal_sayings", "area class topic by_", says=says)


def _parts(key: Key) -> Key:
    account = parse(key[0])
    return account.class_, account.fund, account.programme


class Journal(View):
    """Rows of postings. What else is shown of their events stands in the log."""

    NAME = "journal"
    EDITION = 2
    TABLES = (
        names().layout(),
        sayings().layout(),
        Table(
            "journal",
            "position bigint NOT NULL, line smallint NOT NULL, account int NOT NULL,"
            " said int NOT NULL, value bigint NOT NULL, booked date NOT NULL, on_ date NOT NULL,"
            " PRIMARY KEY (position, line)",
            indexes=("(account, position)",),
            digest="SELECT count(*), md5(string_agg(concat_ws('|', position, line, a.account,"
            " value, unit, booked, on_, area, s.class, topic, by_), ',' ORDER BY position, line))"
            " FROM journal j JOIN journal_accounts a ON a.id = j.account"
            " JOIN journal_sayings s ON s.id = j.said"
            f" GROUP BY position / {BLOCK} ORDER BY position / {BLOCK}",
            says={
                "": "The journal: one row a posting.",
                "position": "The position of the event.",
                "line": "The number of the posting in its event: 1, 2 ...",
                "account": "The number of the account.",
                "said": "The number of what many events say alike.",
                "value": "What the posting adds to the account, in its unit.",
                "booked": "The day on which it counts.",
                "on_": "The day on which the event takes effect.",
            },
        ),
    )

    def __init__(self) -> None:
        """Know no account yet."""
        self.accounts = names()
        self.sayings = sayings()

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Write a row per posting."""
        posted = [one for one in page if one.lines]
        areas = {place: one_area(lines) for place, lines in followed(writer, posted).items()}

        def learn() -> None:
            lines = [line for one in posted for line in one.lines]
            self.accounts.learn(writer, {(line.account, line.unit) for line in lines})
            self.sayings.learn(writer, {_said(one, areas.get(one.position)) for one in posted})

        rows = with_numbers(lambda: self._rows(posted, areas), learn)
        writer.copy("journal (position, said, booked, on_, line, account, value)", rows)

    def _rows(self, posted: Sequence[Recorded], areas: Mapping[int, str]) -> list[str]:
        """Write the rows of events; `KeyError` where a name has no number yet."""
        accounts, sayings = self.accounts.ids, self.sayings.ids
        rows = []
        for one in posted:
            act = one.event.act
            on, said = act.on.isoformat(), sayings[_said(one, areas.get(one.position))]
            booked = on if act.booked == act.on else act.booked.isoformat()
            start = f"{one.position}\t{said}\t{booked}\t{on}\t"
            rows += [
                f"{start}{nth}\t{accounts[line.account, line.unit]}\t{line.value}\n"
                for nth, line in enumerate(one.lines, 1)
            ]
        return rows

    def forget(self) -> None:
        """Look the numbers up again."""
        self.accounts.ids.clear()
        self.sayings.ids.clear()


def _said(one: Recorded, area: str | None) -> Key:
    """Return what an event says as many do; `area` is that of what it follows, if it does."""
    told = told_by(one.event)
    own, class_ = getattr(told, "area", None), getattr(told, "class_", None)
    return area or own or "", class_ or "", one.topic, one.event.act.by


def one_area(lines: PlacedLines) -> str:
    """Return the area of all these lines; none where they lie in several."""
    areas = {area for _, area in lines}
    return areas.pop() if len(areas) == 1 else ""


@dataclass(frozen=True, kw_only=True)
class JournalFilter:
    """Which rows: filters by field (`account` takes globs; repeat = or), and booked days."""

    where: Mapping[str, Sequence[str]] = field(default_factory=dict)
    from_: date | None = None
    to: date | None = None


def rows(
    connection: Connection[Any],
    moment: Moment,
    which: JournalFilter,
    *,
    after: tuple[int, int] = (0, 0),
    limit: int | None = None,
) -> Iterator[Row]:
    """Give the rows in order of position and line, after one of them; all if there is no limit."""
    source, given = _chosen(connection, moment, which)
    given |= {"after": after[0], "after_line": after[1], "limit": limit}
    sql = f"""
        SELECT j.position, j.line, j.booked, j.on_ AS "on", e.recorded_at,
               to_char(j.booked, 'YYYY-MM-') || j.position AS voucher, j.account, j.value, j.unit,
               e.originator_id AS subject, s.topic, j.programme, s.area, s.class, s.by_ AS "by"
        FROM (
            SELECT position, line, said, value, booked, on_, a.account, a.unit, a.programme
            {source.format(limit="ORDER BY position, line LIMIT %(limit)s" if limit else "")}
            ORDER BY position, line LIMIT %(limit)s
        ) j JOIN views.journal_sayings s ON s.id = j.said
            {event_log.joined("j.position")}
        ORDER BY j.position, j.line"""
    if limit is None:
        return streamed(connection, sql, given)
    return iter(connection.cursor(row_factory=dict_row).execute(sql, given).fetchall())


def key_of(row: Row) -> tuple[int, int]:
    """Return what `after` takes to go on behind this row."""
    return row["position"], row["line"]


def totals(connection: Connection[Any], moment: Moment, which: JournalFilter) -> list[Row]:
    """Sum the rows per unit: `{"field", "value", "unit"}`."""
    source, given = _chosen(connection, moment, which)
    sql = f"""
        SELECT 'value' AS field, sum(j.value)::bigint AS value, a.unit
        {source.format(limit="")} GROUP BY a.unit ORDER BY a.unit"""
    given |= {"after": 0, "after_line": 0}
    return connection.cursor(row_factory=dict_row).execute(sql, given).fetchall()


def opening(
    connection: Connection[Any], moment: Moment, which: JournalFilter, *, total: Sums = totals
) -> Sequence[Row]:
    """Sum per unit what was booked before the first day asked for."""
    if which.from_ is None:
        return []
    before = replace(which, from_=None, to=which.from_ - timedelta(days=1))
    return total(connection, moment, before)


def closing(
    connection: Connection[Any], moment: Moment, which: JournalFilter, *, total: Sums = totals
) -> Sequence[Row]:
    """Sum per unit what was booked up to the last day asked for."""
    return total(connection, moment, replace(which, from_=None))


def _chosen(connection: Connection[Any], moment: Moment, which: JournalFilter) -> tuple[str, Row]:
    """Write FROM and WHERE, with a place for `{limit}`; give the parameters."""
    given: Row = {
        "position": moment.position,
        "since": which.from_,
        "as_of": min(filter(None, (which.to, moment.as_of)), default=None),
        "ids": _numbers(connection, "accounts", matching(which.where, OF_ACCOUNTS)),
        "sayings": _numbers(connection, "sayings", _saying(which.where)),
    }
    tests = [
        "j.position BETWEEN greatest(%(after)s, 0) AND %(position)s",
        "(j.position, j.line) > (%(after)s, %(after_line)s)",
        BOOKED.replace("booked", "j.booked"),
    ]
    if "subject" in which.where:
        tests.append(f"j.position = ANY (ARRAY ({OF_SUBJECTS}))")
        given["subject"] = list(which.where["subject"])
    if given["sayings"] is not None:
        tests.append("j.said = ANY (%(sayings)s)")
    where = " AND ".join(tests)
    accounts = "JOIN views.journal_accounts a ON a.id = j.account"
    if given["ids"] is None:
        return f"FROM views.journal j {accounts} WHERE {where}", given
    if len(given["ids"]) > FEW:
        return f"FROM views.journal j {accounts} WHERE j.account = ANY (%(ids)s) AND {where}", given
    each = f"SELECT * FROM views.journal j WHERE account = wanted.id AND {where} {{limit}}"
    return f"FROM unnest(%(ids)s::int[]) wanted (id), LATERAL ({each}) j {accounts}", given


def _saying(where: Mapping[str, Sequence[str]]) -> tuple[list[str], Row]:
    """Write the tests of the filters on what events say alike."""
    wanted = {name: list(where[name]) for name in SAID if name in where}
    return [f"{COLUMN_OF.get(name, name)} = ANY (%({name})s)" for name in wanted], wanted


def _numbers(
    connection: Connection[Any], kind: str, asked: tuple[list[str], Row]
) -> list[int] | None:
    """Find the numbers of the accounts or sayings that filters leave; None if there are none."""
    tests, given = asked
    if not tests:
        return None
    sql = f"SELECT id FROM views.journal_{kind} WHERE {' AND '.join(tests)} ORDER BY id"
    return [row[0] for row in connection.execute(sql, given).fetchall()]
