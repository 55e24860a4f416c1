"""Rows of statements: which of two that stand took the other's place."""

from __future__ import annotations

from projections.registers.queries import RegisterStore


class StatementStore(RegisterStore):
    """Answers for statements: of one keeper, figure and period the one published last counts.

    The others say which one that is. One that was reversed takes nobody's place.
    """

    def found(self, which: str) -> str:
        """Write a query for the rows, with what took their places at the moment."""
        of_kind = super().found(f"subject LIKE '{self.kind}:%%'")
        said = ", ".join(
            f"row ->> '{name}'" for name in ("figure", "keeper", "scope", "period")
        )  # fmt: skip
        return f"""
            SELECT told.subject, told.version, told.position, told.opened_on,
                   CASE WHEN last IS NULL OR last = told.subject THEN row
                        ELSE row || jsonb_build_object('replaced_by', last) END AS row
            FROM ({super().found(which)}) told LEFT JOIN (
                SELECT subject, first_value(subject) OVER (
                           PARTITION BY {said}, row -> 'value' ->> 'unit'
                           ORDER BY (row ->> 'published_on')::date DESC, position DESC) AS last
                FROM ({of_kind}) every WHERE row ->> 'state' = 'recorded'
            ) standing USING (subject)"""
