"""Grants after the 360Giving Data Standard 1.4: one JSON object, a grant an award that stands.

https://standard.threesixtygiving.org; amounts are 元, organisations and grants have ids of their
own below `360G-<jurisdiction>-`.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from domain.grants.grant_events import GrantAwarded
from domain.kernel.sentences import FEN_A_YUAN
from infra.verify.check import LogAtHead
from infra.verify.topic_reader import read_topics
from projections import registers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from domain.kernel.money import Posting
    from projections.core.event_log import Reading
    from projections.core.view import Moment

FILE = "grants.json"


class AwardDays:
    """The day of each grant's last award."""

    TOPICS = ("grant.awarded",)

    def __init__(self) -> None:
        """Start without awards."""
        self.days: dict[str, date] = {}

    def see(self, position: int, event: Any, lines: Sequence[Posting]) -> None:  # noqa: ARG002
        """Note an award."""
        if isinstance(event, GrantAwarded):
            self.days[event.originator_id] = event.act.on


class GrantsStandard:
    """Writes the grants that were awarded by a moment."""

    def __init__(self, connection: Reading, moment: Moment, jurisdiction: str) -> None:
        """Read what grants name: awards, bodies, funds, projects."""
        self.moment, self.connection = moment, connection
        self.prefix = f"360G-{jurisdiction}"
        awards = AwardDays()
        log = LogAtHead(connection, moment.position, no_tag)
        read_topics(log, [awards], moment.as_of)
        self.days = awards.days
        self.titles = {
            collection: {row["id"]: row for row in self.rows(collection)}
            for collection in ("organisations", "funds", "projects")
        }
        self.counted = 0

    def rows(self, collection: str) -> Iterator[dict[str, Any]]:
        """Read the rows of a collection."""
        return registers.rows(self.connection, collection, self.moment, where={})

    def lines(self) -> Iterator[str]:
        """Give the whole file."""
        yield '{"version": "1.4", "grants": [\n'
        for row in self.rows("grants"):
            if row.get("awarded") and row["id"] in self.days:
                self.counted += 1
                yield ("" if self.counted == 1 else ",\n") + self.grant(row)
        yield "\n]}\n"

    def grant(self, row: dict[str, Any]) -> str:
        """Write a grant."""
        project = self.titles["projects"].get(row["project"], {})
        said = {
            "id": self.named(row["id"]),
            "title": row["title"],
            "description": f"{row['programme']}: {project.get('title') or row['title']}",
            "currency": "CNY",
            "amountAppliedFor": yuan(row["amount"]),
            "amountAwarded": yuan(row["awarded"]),
            "awardDate": self.days[row["id"]].isoformat(),
            "recipientOrganization": [self.organisation(row["body"])],
            "fundingOrganization": [self.organisation(each) for each in self.keepers(row)],
            "grantProgramme": [
                {"code": row["project"], "title": project.get("title") or row["project"]}
            ],
        }
        return json.dumps(said, ensure_ascii=False)

    def keepers(self, row: dict[str, Any]) -> list[str]:
        """Return who keeps the funds that pay a grant."""
        funds = [self.titles["funds"].get(share["fund"], {}) for share in row["shares"]]
        return [*dict.fromkeys(str(fund["keeper"]) for fund in funds if "keeper" in fund)]

    def organisation(self, name: str) -> dict[str, str]:
        """Write an organisation; one that is not registered goes by its id."""
        title = self.titles["organisations"].get(name, {}).get("title")
        return {"id": self.named(name), "name": title or name}

    def named(self, name: str) -> str:
        """Return the id of something in the standard."""
        return f"{self.prefix}-{name}"


def yuan(quantity: Any) -> float:
    """Return fen as 元: a number of JSON."""
    value = quantity["value"] if isinstance(quantity, dict) else quantity
    return float(Decimal(value) / FEN_A_YUAN)


def no_tag(scheme: str, *parts: str) -> str:
    """Name no payment: grants have none."""
    raise LookupError(scheme, parts)
