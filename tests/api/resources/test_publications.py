"""A publication pins what was known before it: what becomes known later is told beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.scenarios.office import fen
from tests.faults.conftest import desk
from tests.faults.front_desk import TREASURER

if TYPE_CHECKING:
    from tests.faults.front_desk import FrontDesk, Json

__all__ = ["desk"]

PUBLISHER, TITLE = "publisher-1", "二〇〇七年民政事业数字"
SALES = "lottery.sales"


def sold(desk: FrontDesk, day: str, amount: int) -> None:
    """Report the sales of a day."""
    desk.take("clerk-1", "lottery.report-sales", "lottery:welfare", on=day, day=day,
              amount=fen(amount))  # fmt: skip


def test_what_is_published_stays_and_what_is_learnt_later_is_not_in_it(desk: FrontDesk) -> None:
    sold(desk, "2007-05-01", 500)
    receipt = desk.take(PUBLISHER, "publication.publish", "publication:2007", on="2007-12-31",
                        period="2007", title=TITLE)  # fmt: skip
    sold(desk, "2007-05-02", 70)

    row = desk.public("publications/2007")
    pinned = receipt["positions"][0] - 1
    assert (row["period"], row["title"], row["pinned_at"]) == ("2007", TITLE, pinned)
    assert desk.rows("publications")[0]["pinned_at"] == pinned
    said = desk.public(f"figures/{SALES}", period=row["period"], known_at=str(row["pinned_at"]))
    assert said["value"] == 500
    assert desk.public(f"figures/{SALES}", period="2007")["value"] == 570
    (event,) = desk.public("publications/2007/events")["rows"]
    assert TITLE in str(event["data"])
    assert "pinned_at" in desk.web.get("/open/v1/publications.csv").text


@pytest.mark.parametrize(
    ("period", "on", "code"),
    [
        ("2007", "2007-12-30", "not-yet"),
        ("2007-03", "2007-03-30", "not-yet"),
        ("2199", "2007-12-31", "not-yet"),
        ("2098", "2099-01-01", "not-yet"),
    ],
)
def test_a_period_that_is_not_over_is_not_published(
    desk: FrontDesk, period: str, on: str, code: str
) -> None:
    told = desk.refused(PUBLISHER, "publication.publish", "publication:early", on=on,
                        period=period, title=TITLE)  # fmt: skip
    assert told == code


@pytest.mark.parametrize("period", ["2007-13", "2007-3", "07", "2007-01-01", "1899", "2200", ""])
def test_a_period_is_a_year_or_a_month(desk: FrontDesk, period: str) -> None:
    answer = desk.post(PUBLISHER, "publication.publish", "publication:odd", on="2007-12-31",
                       period=period, title=TITLE)  # fmt: skip
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/what/period")


def test_a_publication_is_made_once_by_a_publisher(desk: FrontDesk) -> None:
    what: Json = {"on": "2007-04-01", "period": "2007-03", "title": TITLE}
    desk.take(PUBLISHER, "publication.publish", "publication:2007-03", **what)
    again = desk.refused(PUBLISHER, "publication.publish", "publication:2007-03", **what)
    assert again == "already-exists"
    assert desk.post(TREASURER, "publication.publish", "publication:x", **what).status_code == 403
