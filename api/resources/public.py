"""The public reading addresses: an allow-list of collections, and of fields in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from api.queries.formats import Row, Total
from api.queries.resource import Answer, Ask, Question, Source
from api.resources.registers import BALANCES, STATEMENTS, collection, history, one
from domain import COLLECTIONS
from domain.bodies.facilities import Facility
from domain.bodies.facility_events import SECRET
from domain.kernel.refusals import UnknownSubject
from projections import registers
from projections.core.event_log import Reading
from projections.disclosure.public_record import ANONYMOUS, kind_of, without_persons
from projections.disclosure.small_counts import (
    OF_PEOPLE,
    may_be_summed,
    without_small_counts,
)

# What every public row says first; then, per collection, what else may be seen.
ENVELOPE = ("id", "state", "version", "position", "opened_on", "area")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "areas": ("title", "level", "parent", "code"),
    "funds": ("title", "kind", "basis", "keeper", "purposes"),
    "campaigns": ("title", "permit", "fund", "starts", "ends", "goal"),
    "donations": ("donor", "fund", "earmark", "amount", "goods", "campaign", "keeper"),
    "goods": ("fund", "earmark", "programme", "goods", "amount", "method", "source", "of"),
    "projects": ("title", "programme", "purpose"),
    "grants": ("title", "body", "project", "programme", "purpose", "amount", "shares", "awarded",
               "round"),
    "contracts": ("body", "project", "programme", "purpose", "fund", "earmark", "amount", "posts",
                  "from", "until", "month", "units", "outcomes", "grade", "released"),
    "facilities": ("title", "kind", "body", "beds"),
    "organisations": ("title", "kind", "activity", "credit_code", "body", "year"),
    "entries": ("register", "title", "links"),
    "honours": ("award", "level", "recipient"),
    "tallies": ("measure", "count", "base", "qualifier", "from", "to"),
    "schemes": ("title", "programme", "purpose", "per", "pays", "formula", "excludes", "follows",
                "after_death_months", "rates"),
    "pay-runs": ("scheme", "programme", "purpose", "month", "fund", "earmark", "persons", "total"),
    "rules": ("rule", "amount", "from"),
    "lottery-reports": ("day", "month", "amount"),
    "statements": ("figure", "keeper", "value", "qualifier", "scope", "period", "source",
                   "published_on"),
    "periods": ("through",),
}  # fmt: skip


def shown(row: Row, allowed: frozenset[str]) -> Row:
    """Return what the public may see of a row."""
    seen = {
        name: without_persons(without_small_counts(value))
        for name, value in row.items()
        if name in allowed
    }
    if "donor" in allowed:
        seen["donor"] = donor(row)
    return seen


def secret(row: Row) -> bool:
    """Tell whether the row is a refuge, which nobody is to find."""
    return kind_of(str(row["id"])) == Facility.KIND and row.get("kind") == SECRET


def donor(row: Row) -> str:
    """Return a body that let itself be named; the names of persons lie in the vault."""
    name = str(row.get("donor") or "")
    return name if row.get("name_shown") and kind_of(name) == "organisation" else ANONYMOUS


def shared(source: Source, name: str) -> Source:
    """Make a public source of an office one, with the collection's allow-list."""
    allowed = frozenset((*ENVELOPE, *FIELDS[name]))
    kept = {n: r for n, r in source.filters.items() if n in allowed and n not in HIDING}
    return replace(
        source, ask=partial(ask_public, source.ask, allowed), filters=kept, roles=frozenset()
    )


# A filter on these would tell what the rows keep back.
HIDING = OF_PEOPLE | {"donor", "recipient"}


def ask_public(
    ask: Ask, allowed: frozenset[str], connection: Reading, question: Question
) -> Answer:
    """Ask the office's question, and show of its answer what may be seen."""
    answer = ask(connection, question)
    if answer.whole is not None and secret(answer.whole):
        raise UnknownSubject(str(answer.whole["id"]))
    return answer._replace(
        rows=(shown(row, allowed) for row in answer.rows),
        columns=[column for column in answer.columns if column.name in allowed],
        totals=lambda: summed(answer.totals(), allowed),
        whole=None if answer.whole is None else shown(answer.whole, allowed),
    )


def ask_facilities(ask: Ask, connection: Reading, question: Question) -> Answer:
    """Ask for facilities and leave the refuges out; the page is cut from what then comes."""
    answer = ask(connection, replace(question, limit=None))
    return answer._replace(rows=(row for row in answer.rows if not secret(row)))


def ask_history(ask: Ask, connection: Reading, question: Question) -> Answer:
    """Ask for the events of a facility; a refuge is not there."""
    row = registers.one(connection, f"{Facility.KIND}:{question.key}", question.moment)
    if row is not None and secret(row):
        raise UnknownSubject(str(row["id"]))
    return ask(connection, question)


def listed(name: str) -> Source:
    """Make the office's list of a collection, without what nobody is to find."""
    source = collection(COLLECTIONS[name])
    if name != Facility.COLLECTION:
        return source
    return replace(source, ask=partial(ask_facilities, source.ask))


def history_of(name: str) -> Source:
    """Make the public history of a collection's subjects."""
    source = replace(history(COLLECTIONS[name]), roles=frozenset())
    if name != Facility.COLLECTION:
        return source
    return replace(source, ask=partial(ask_history, source.ask))


def summed(totals: Iterable[Total], allowed: frozenset[str]) -> tuple[Total, ...]:
    """Keep the sums of shown fields; people are not summed, a sum could tell what is kept back."""
    return tuple(t for t in totals if t.field in allowed and may_be_summed(t.unit))


OPEN: tuple[Source, ...] = (
    *(shared(listed(name), name) for name in FIELDS),
    *(shared(one(COLLECTIONS[name]), name) for name in FIELDS),
    *(history_of(name) for name in FIELDS),
    replace(BALANCES, roles=frozenset()),
    replace(STATEMENTS, roles=frozenset()),
)
