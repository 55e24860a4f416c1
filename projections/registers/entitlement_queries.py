"""Rows of entitlements: their states on the day that is asked for."""

from __future__ import annotations

from projections.registers.queries import FOR_EVER, RegisterStore

IN_PAYMENT = "('granted', 'suspended')"


class EntitlementStore(RegisterStore):
    """Answers for entitlements: their states are those of the day asked for; of no day, of today.

    A stop or a suspension that counts from a later day has not come. One that lapsed has ended,
    without an event: its last day has passed, or its holder is dead for more months than the scheme
    pays after a death. A decision that was withdrawn was not, on any day.
    """

    def found(self, which: str) -> str:
        """Write a query for the rows, with their states on the day."""
        return f"""
            SELECT subject, version, position, opened_on,
                   CASE WHEN row ->> 'state' IN {IN_PAYMENT}
                             AND ((row ->> 'until')::date < day OR EXISTS ({self.dead()}))
                        THEN row || '{{"state": "ended"}}' ELSE row END AS row
            FROM (
                SELECT subject, version, position, opened_on, day,
                       CASE WHEN (row ->> 'counts_from')::date > day OR row ? 'withdraws'
                            THEN row || jsonb_build_object('state', ({self.before()}))
                            ELSE row END AS row
                FROM ({super().found(which)}) newest
                CROSS JOIN (
                    SELECT coalesce(nullif(%(as_of)s::date, '{FOR_EVER}'), current_date)
                ) asked (day)
            ) told"""

    def before(self) -> str:
        """Write a query for the state of `newest` on the day, without what counts from a later one.

        An assessment after the grant repeats a state and says none; nor does a withdrawal, or what
        it takes back.
        """
        return f"""SELECT p.row ->> 'state' FROM views.{self.heads.patches} p
            WHERE p.subject = newest.subject AND p.position <= %(position)s
              AND p.on_ <= %(as_of)s AND p.row ? 'state'
              AND coalesce((p.row ->> 'counts_from')::date <= day, true)
              AND NOT (p.row ? 'eligible' AND p.row ->> 'state' IN {IN_PAYMENT})
              AND NOT p.row ? 'withdraws' AND NOT EXISTS (
                  SELECT FROM views.{self.heads.patches} w
                  WHERE w.subject = p.subject AND w.position <= %(position)s
                    AND (w.row ->> 'withdraws')::bigint = p.version)
            ORDER BY p.position DESC LIMIT 1"""

    def dead(self) -> str:
        """Write a query for the death of the holder of `told.row`, if its claim has ended by it."""
        months = f"""coalesce((SELECT (s.row ->> 'after_death_months')::int
            FROM views.{self.heads.heads} s WHERE s.subject = told.row ->> 'scheme'), 0)"""
        died = "(p.row ->> 'date')::date"
        return f"""SELECT FROM views.{self.heads.patches} p
            WHERE p.subject = told.row ->> 'holder' AND p.subject LIKE 'person:%%'
              AND p.position <= %(position)s AND {died} <= day
              AND NOT EXISTS (
                  SELECT FROM views.{self.heads.patches} w
                  WHERE w.subject = p.subject AND w.row -> 'date' = 'null'
                    AND w.position > p.position AND w.position <= %(position)s)
              AND ({months} = 0 OR date_trunc('month', {died}) + make_interval(months => {months})
                                   < date_trunc('month', day))"""
