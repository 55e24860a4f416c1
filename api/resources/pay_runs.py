"""What the checkers of a pay run sign: its lines from the drawing-up on, and what has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from api.queries import parameters
from api.queries.formats import Column, Row, Total, columns, quantity
from api.queries.resource import Address, ShortList
from api.resources.parameters import check_names
from api.resources.registers import subject_row
from domain.payments.pay_run_lines import PAID_BEFORE
from projections import registers
from projections.accounts import run_sums
from projections.casework.pay_run_lines import CHANGES, ComparedLine, PayRunComparison
from projections.disclosure.clearance import CLOSE

LINES = columns(
    "payment holder entitlement payee amount persons rate rate_from area tier change before reason"
    " causes state held_back_for",
    quantities="amount persons rate before",
)
MONEY = "drawn paid returned reissued written_back out"
SUMS = columns(f"id state scheme month fund count held_back {MONEY}", quantities=MONEY)
COMPARED = columns("holder change before after causes reason", quantities="before after")


class PayRunAnswer(ShortList):
    """A resource of one run, compared with the scheme's last one."""

    @cached_property
    def compared(self) -> PayRunComparison:
        """Return the run and the last one, drawn again."""
        query = self.query
        run = str(subject_row(query, f"pay-run:{query.key}")["id"])

        def tags(scheme: str, holders: Iterable[str], parts: tuple[str, ...]) -> list[str]:
            return query.vault.tags(query.connection, scheme, holders, parts)

        position = query.moment.position
        return PayRunComparison(query.connection, run, position, tags, query.drawings)

    def filtered(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Keep the rows whose fields equal one of the words asked for."""
        where = self.query.where.items()
        return [row for row in rows if all(row.get(name) in words for name, words in where)]


class PayRunLines(PayRunAnswer):
    """The lines of a pay run: what is paid, what is held back and why, who is gone."""

    KEY = "payment"

    def columns(self) -> Sequence[Column]:
        """Return what a line says."""
        return LINES

    def listed(self) -> Sequence[Row]:
        """Return the lines in the order of their payments."""
        return self.filtered(self.drawn() if self.compared.is_as_drawn else self.stored())

    def drawn(self) -> list[Row]:
        """Return the lines as they were drawn up, with what became of them."""
        query, compared = self.query, self.compared
        paid = registers.rows(
            query.connection, "payments", query.moment, where={"run": (compared.run,)}
        )
        states = {str(row["id"]): str(row["state"]) for row in paid}
        persons = {tag: terms.persons for tag, _, terms in compared.drawn.lines}
        return [self.line(one, states, persons) for one in compared.lines]

    def line(self, one: ComparedLine, states: Mapping[str, str], persons: Mapping[str, int]) -> Row:
        """Write a line; `states` are those of payments made, `persons` those of what is drawn."""
        compared = self.compared
        payment, held_for = compared.drawn.prefix + one.tag, compared.held_for(one)
        state = states.get(payment) or compared.history.over or "drawn-up"
        if held_for or one.after is None:
            state = "held-back" if held_for else "gone"
        return {
            "payment": payment,
            "holder": one.holder,
            "entitlement": one.line.entitlement,
            "payee": one.line.payee or None,
            "amount": quantity(one.after),
            "persons": None if one.after is None else quantity(persons[one.tag], "person"),
            "rate": quantity(compared.rate_of(one)),
            "rate_from": one.line.rate_from or None,
            "area": one.line.area,
            "tier": one.line.tier,
            "change": one.change,
            "before": quantity(one.before),
            "reason": one.reason,
            "causes": list(one.causes),
            "state": state,
            "held_back_for": held_for or None,
        }

    def stored(self) -> list[Row]:
        """Return what the log itself says, of a run that an earlier edition drew up otherwise."""
        query = self.query
        found = registers.lines(query.connection, self.compared.run, query.moment)
        return list(found)

    def totals(self) -> Sequence[Total]:
        """Return the sums of what was drawn up: those that the digest stands for."""
        sums: Counter[tuple[str, str]] = Counter({("amount", "fen"): 0, ("persons", "person"): 0})
        for row in self.found:
            for field, unit in list(sums):
                sums[field, unit] += row[field]["value"] if row[field] else 0
        return tuple(Total(field, value, unit) for (field, unit), value in sums.items())

    def extra(self) -> Mapping[str, Any]:
        """Return what is signed, and with which runs it is compared."""
        drawn_up = self.compared.history.drawn_up
        return {
            "run": self.compared.run,
            "digest": drawn_up.digest,
            "held_back": drawn_up.held_back,
            "compared_with": [each.drawn_up.originator_id for each in self.compared.before],
        }


class PayRunChanges(PayRunAnswer):
    """Who is new, gone, paid more, less or the same as in the scheme's last run, and why."""

    KEY = "holder"

    def columns(self) -> Sequence[Column]:
        """Return what a comparison says."""
        return COMPARED

    def listed(self) -> Sequence[Row]:
        """Return all that either run pays; what another run of the month pays is not gone."""
        rows = [
            {
                "holder": one.holder,
                "change": one.change,
                "before": quantity(one.before),
                "after": quantity(one.after),
                "causes": list(one.causes),
                "reason": one.reason,
            }
            for one in self.compared.lines
            if one.held_for != PAID_BEFORE and (one.before, one.after) != (None, None)
        ]
        return self.filtered(sorted(rows, key=lambda row: str(row["holder"])))

    def totals(self) -> Sequence[Total]:
        """Return how many there are of each change, and what they were and are paid."""
        numbers = Counter(str(row["change"]) for row in self.found)
        counts = [Total(change, numbers[change], "line") for change in CHANGES]
        sums = [
            Total(field, sum(row[field]["value"] for row in self.found if row[field]), "fen")
            for field in ("before", "after")
        ]
        return (*counts, *sums)

    def extra(self) -> Mapping[str, Any]:
        """Return which runs are compared."""
        before = [each.drawn_up.originator_id for each in self.compared.before]
        return {"run": self.compared.run, "compared_with": before}


class PayRunSums(ShortList):
    """What each run has drawn and paid, and what of it came back, as its payments stand."""

    def columns(self) -> Sequence[Column]:
        """Return what is told of a run."""
        return SUMS

    def listed(self) -> Sequence[Row]:
        """Return the runs in the order of their ids."""
        query = self.query
        check_names(query)
        runs = registers.rows(query.connection, "pay-runs", query.moment, where=query.where)
        found = run_sums.run_sums(query.connection, query.moment, runs)
        return [{**row, **{name: quantity(row[name]) for name in MONEY.split()}} for row in found]

    def totals(self) -> Sequence[Total]:
        """Return the sums of all runs."""
        return tuple(
            Total(name, sum(row[name]["value"] for row in self.found), "fen")
            for name in MONEY.split()
        )


VIEWS = ("registers", "payments", "roll")
PAY_RUNS: tuple[Address, ...] = (
    Address(
        path="/pay-run-sums",
        summary="What each pay run has drawn, paid, got back, paid again and given up.",
        resource=PayRunSums,
        views=("registers", "journal"),
        filters=dict.fromkeys(("id", "state", "scheme", "month", "fund"), parameters.text),
        roles=CLOSE,
    ),
    Address(
        path="/pay-runs/{key}/lines",
        summary="The lines of a pay run from the drawing-up on: paid, held back and why, or gone.",
        resource=PayRunLines,
        views=VIEWS,
        filters={
            "change": parameters.one_of(*CHANGES),
            "state": parameters.text,
            "held_back_for": parameters.text,
            "holder": parameters.text,
            "area": parameters.area,
            "tier": parameters.text,
        },
        roles=CLOSE,
    ),
    Address(
        path="/pay-runs/{key}/comparison",
        summary="Who is new, gone, paid more, less or the same as in the scheme's last run.",
        resource=PayRunChanges,
        views=VIEWS,
        filters={"change": parameters.one_of(*CHANGES), "holder": parameters.text},
        roles=CLOSE,
    ),
)
