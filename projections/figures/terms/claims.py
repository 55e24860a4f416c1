"""Claims in force on the last day: granted, begun, neither ended nor stopped, nor suspended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from projections import facts
from projections.core.block_sums import LinesQuery
from projections.core.sql import BOOKED
from projections.figures.terms.basic import Amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from projections.core.place_filter import LineChoice, Places
    from projections.figures.period import Span
    from projections.figures.query import FigureQuery

# Of two claims that a person has on one scheme under two ids, the first counts.
EACH_ONCE = """SELECT position, booked, area, whose AS holder,
    (row_number() OVER (PARTITION BY scheme, whose ORDER BY position) = 1)::int AS value FROM"""
# The last suspension or resumption that was recorded, of those that reach the day, decides; the
# dead hold a claim while the months are not over that the scheme pays after a death. Who holds
# none is found once for all, since a planner that takes them for a few asks for each claim anew.
IN_FORCE = """
    SELECT granted_at AS position, granted_on AS booked, 1 AS value, area, holder, scheme
    FROM views.roll_entitlements e
    WHERE programme = %(programme)s AND granted_at <= %(position)s
      AND since <= %(as_of)s::date AND (until = '' OR until::date >= %(as_of)s::date)
      AND entitlement NOT IN (
          SELECT entitlement FROM views.roll_changes
          WHERE kind IN ('stopped', 'suspended', 'resumed') AND position <= %(position)s
            AND day <= %(as_of)s::date AND coalesce(withdrawn_at > %(position)s, true)
          GROUP BY 1
          HAVING bool_or(kind = 'stopped') OR max(position) FILTER (WHERE kind = 'suspended')
                 > coalesce(max(position) FILTER (WHERE kind = 'resumed'), 0))
      AND (scheme, holder) NOT IN (
          SELECT s.scheme, person FROM views.roll_deaths d, views.roll_schemes s
          WHERE d.position <= %(position)s AND withdrawn_at > %(position)s
            AND day <= %(as_of)s::date
            AND (after_death_months = 0
                 OR date_trunc('month', day) + make_interval(months => after_death_months)
                    < date_trunc('month', %(as_of)s::date)))"""
LAST_DEATH = """SELECT coalesce(greatest(
        max(position), max(withdrawn_at) FILTER (WHERE withdrawn_at <= %(at)s)), 0)
    FROM views.roll_deaths WHERE position <= %(at)s"""


@dataclass(frozen=True, kw_only=True)
class ClaimsInForce:
    """Entitlements of a programme that are in force on the last day, each by its grant."""

    programme: str

    def total(self, query: FigureQuery, span: Span, /) -> Amount:
        """Count them; as many events have granted them."""
        asked = self.lines(query, span)
        sql = f"SELECT coalesce(sum(value), 0)::bigint, count(*) FROM ({asked.sql}) lines"
        counted = LinesQuery(sql, asked.given)
        found = query.count(("claims", self.programme), self.rests_on(query), counted)
        return Amount(*found)

    def lines(self, query: FigureQuery, _span: Span, /, *, apart: bool = True) -> LinesQuery:  # noqa: ARG002
        """Give the grant of each; a person's second on one scheme adds nothing."""
        within, given = in_areas(query.places)
        given |= {**query.until._asdict(), "programme": self.programme}
        claims = IN_FORCE
        if query.merged.ids:
            held = query.merged.holders(claims)
            claims, given = f"{EACH_ONCE} {held.sql}", given | held.given
        sql = f"SELECT position, booked, value, holder FROM ({claims}) claims WHERE {within}"
        return LinesQuery(sql, given)

    def rests_on(self, query: FigureQuery) -> LineChoice:
        """Return the last event that grants, rests or stops one, or tells of a death."""
        words = {"measure": ("entitlements",), "programme": (self.programme,)}
        chosen = query.series(facts.CELLS, words)
        log, last = chosen.rests_on
        return chosen._replace(rests_on=(log, max(last, last_death(query))))


def last_death(query: FigureQuery) -> int:
    """Return the position at which the last death became known, or was withdrawn."""
    given = {"at": query.moment.position}
    row = query.connection.execute(LAST_DEATH, given).fetchone()
    return row[0] if row else 0


def in_areas(places: Sequence[Places]) -> tuple[str, dict[str, object]]:
    """Write the test of some places over `area` and `booked`, and its parameters."""
    tests: list[str] = []
    given: dict[str, object] = {}
    for nth, where in enumerate(places):
        days = BOOKED.replace("since", f"since{nth}").replace("as_of", f"until{nth}")
        tests.append(f"area = ANY (%(areas{nth})s) AND {days}")
        given |= {
            f"areas{nth}": list(where.areas),
            f"since{nth}": where.since,
            f"until{nth}": where.until,
        }
    return f"({' OR '.join(tests)})" if tests else "true", given
