"""Filters that name a programme, a fund, an area or a period: what they name must be there."""

from __future__ import annotations

from api.http.problems import NotFound
from api.queries import parameters
from api.queries.resource import Query
from domain.kernel.refusals import RoleMissing, UnknownSubject
from projections import figures, registers
from projections.accounts import balances
from projections.disclosure.clearance import CLOSE, hidden_filters, names_persons
from projections.disclosure.public_record import kind_of
from projections.figures import FigurePeriod

# Filters that name a subject, which must be there.
NAMED = {
    **{kind: kind for kind in ("fund", "project", "scheme", "campaign", "area")},
    "area_exact": "area",
}
# The collections whose subjects belong to a programme.
OF_PROGRAMMES = ("schemes", "projects", "contracts", "grants", "relief-cases")


def check_names(query: Query) -> None:
    """Refuse a filter that names nothing: it would be answered by an empty list.

    Raise `UnknownSubject` for an id, `Unreadable` for a programme.
    """
    moment = query.moment._replace(as_of=None)
    for name, kind in NAMED.items():
        for each in query.where.get(name, ()):
            subject = each if ":" in each else f"{kind}:{each}"
            if kind_of(subject) != kind or registers.one(query.connection, subject, moment) is None:
                raise UnknownSubject(subject)
    for word in query.where.get("programme", ()):
        if not is_programme(query, word):
            raise parameters.wrong("/programme", "no programme is called {word}", word=word)


def check_filters(query: Query, kind: str = "") -> None:
    """Refuse a filter on what is not shown to the reader: its answers would tell it.

    Raise `RoleMissing`, whether or not there is anything that the filter would find.
    """
    if not query.is_guarded:
        return
    hidden = hidden_filters(kind)
    for name, words in query.where.items():
        if name in hidden or names_persons(words):
            raise RoleMissing(
                query.reader.by,
                "asking by this {name} is open to the roles {roles}",
                name=name,
                roles=sorted(CLOSE),
            )


def is_programme(query: Query, word: str) -> bool:
    """Tell whether anything that there is belongs to a programme of this name."""
    connection, moment = query.connection, query.moment._replace(as_of=None)
    return (
        any(figure.programme == word for figure in figures.FIGURES)
        or balances.is_programme(connection, word)
        or any(
            next(
                registers.rows(connection, each, moment, where={"programme": (word,)}, limit=1),
                None,
            )
            for each in OF_PROGRAMMES
        )
    )


def check_period(query: Query, named: FigurePeriod | None) -> None:
    """Refuse a period before the first day that is told of, or after the last."""
    connection, moment = query.connection, query.moment
    if named is None or figures.is_told(connection, moment, named):
        return
    if there := figures.years(connection, moment):
        raise NotFound(
            "nothing is known of {period}; there are the years {years}",
            period=named.text,
            years=", ".join(there),
        )
