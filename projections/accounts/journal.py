"""The journal (序时账): every posting ever made, line by line, append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.accounts import parse
from projections.accounts import journal_summaries, vouchers
from projections.accounts.areas import followed
from projections.accounts.journal_summaries import is_paid_by_run, keys_of, numbers_of
from projections.accounts.vouchers import VoucherNumbers
from projections.core.copy_writer import CopyWriter
from projections.core.dictionary import Dictionary, with_numbers
from projections.core.meanings import ACCOUNT
from projections.core.view import BLOCK, Table, View, told_by

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from projections.accounts.areas import PlacedLines
    from projections.core.dictionary import Key
    from projections.core.view import Recorded

# What many events say alike: of which area, under which budget class, by which topic, by whom.
SAID = ("area", "class", "topic", "by")
WRITTEN = "position, said, booked, on_, voucher, line, account, value, summary"
# Where in the table postings of a summary are: most lie side by side, as they were paid.
BY_SUMMARY = "USING brin (summary int4_minmax_multi_ops) WITH (pages_per_range = 8)"


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
    EDITION = 4
    TABLES = (
        names().layout(),
        sayings().layout(),
        journal_summaries.names().layout(),
        vouchers.MONTHS,
        Table(
            "journal",
            "position bigint NOT NULL, line smallint NOT NULL, account int NOT NULL,"
            " said int NOT NULL, value bigint NOT NULL, booked date NOT NULL, on_ date NOT NULL,"
            " summary int, voucher int NOT NULL,"
            " PRIMARY KEY (position, line)",
            indexes=("(account, position)", BY_SUMMARY),
            digest="SELECT count(*), md5(string_agg(concat_ws('|', j.position, j.line, a.account,"
            " value, a.unit, booked, on_, area, s.class, s.topic, by_, m.account, m.subject,"
            " m.topic, period, voucher), ',' ORDER BY j.position, j.line))"
            " FROM journal j JOIN journal_accounts a ON a.id = j.account"
            " JOIN journal_sayings s ON s.id = j.said"
            " LEFT JOIN journal_summaries m ON m.id = j.summary"
            f" GROUP BY j.position / {BLOCK} ORDER BY j.position / {BLOCK}",
            says={
                "": "The journal: one row a posting.",
                "position": "The position of the event.",
                "line": "The number of the posting in its event: 1, 2 ...",
                "account": "The number of the account.",
                "said": "The number of what many events say alike.",
                "value": "What the posting adds to the account, in its unit.",
                "booked": "The day on which it counts.",
                "on_": "The day on which the event takes effect.",
                "voucher": "The number of the event among those booked in its month.",
                "summary": "The number of the row that stands for it where persons are not shown.",
            },
        ),
    )

    def __init__(self) -> None:
        """Know no account yet."""
        self.accounts = names()
        self.sayings = sayings()
        self.firsts: dict[Key, tuple[int, int]] = {}
        self.summaries = journal_summaries.names(self.firsts)
        self.vouchers = VoucherNumbers()

    def fold(self, writer: CopyWriter, page: Sequence[Recorded], through: int) -> None:  # noqa: ARG002
        """Write a row per posting."""
        posted = [one for one in page if one.lines]
        areas = {place: one_area(lines) for place, lines in followed(writer, posted).items()}

        def learn() -> None:
            lines = [line for one in posted for line in one.lines]
            self.accounts.learn(writer, {(line.account, line.unit) for line in lines})
            self.sayings.learn(writer, {_said(one, areas.get(one.position)) for one in posted})
            self.summaries.learn(writer, self._firsts(posted))

        given = self.vouchers.give(writer, posted)
        rows = with_numbers(lambda: self._rows(posted, areas, given), learn)
        writer.copy(f"journal ({WRITTEN})", rows)

    def _firsts(self, posted: Sequence[Recorded]) -> Collection[Key]:
        """Note the first posting of each summary of a page, for those that are new."""
        self.firsts.clear()
        for one in posted:
            for line, key in enumerate(keys_of(one) or (), 1):
                self.firsts.setdefault(key, (one.position, line))
        return self.firsts

    def _rows(
        self, posted: Sequence[Recorded], areas: Mapping[int, str], given: Sequence[int]
    ) -> list[str]:
        """Write the rows of events; `KeyError` where a name has no number yet."""
        accounts, sayings, summaries = self.accounts.ids, self.sayings.ids, self.summaries.ids
        known: dict[Key | None, Sequence[object]] = {}
        rows = []
        for one, voucher in zip(posted, given, strict=True):
            act = one.event.act
            on, said = act.on.isoformat(), sayings[_said(one, areas.get(one.position))]
            booked = on if act.booked == act.on else act.booked.isoformat()
            head = f"{one.position}\t{said}\t{booked}\t{on}\t{voucher}\t"
            # The payments of a run on one day have the same summaries.
            alike = (one.lines[0].account, booked) if is_paid_by_run(one.event) else None
            ends = known.get(alike) if alike else None
            if ends is None:
                ends = known[alike] = numbers_of(one, summaries)
            rows += [
                f"{head}{nth + 1}\t{accounts[line.account, line.unit]}\t{line.value}\t{ends[nth]}\n"
                for nth, line in enumerate(one.lines)
            ]
        return rows

    def forget(self) -> None:
        """Look the numbers up again."""
        self.accounts.ids.clear()
        self.sayings.ids.clear()
        self.summaries.ids.clear()
        self.vouchers.forget()


def _said(one: Recorded, area: str | None) -> Key:
    """Return what an event says as many do; `area` is that of what it follows, if it does."""
    told = told_by(one.event)
    own, class_ = getattr(told, "area", None), getattr(told, "class_", None)
    return area or own or "", class_ or "", one.topic, one.event.act.by


def one_area(lines: PlacedLines) -> str:
    """Return the area of all these lines; none where they lie in several."""
    areas = {area for _, area in lines}
    return areas.pop() if len(areas) == 1 else ""
