"""A publication is made once, of a period that is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.refusals import AlreadyExists, NotYet
from domain.office.publications import last_day
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.stories import an_act

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(DAYS, DAYS)
def test_a_period_is_published_from_its_last_day_on_and_once(day: date, on: date) -> None:
    for period in (f"{day:%Y}", f"{day:%Y-%m}"):
        books, what = InMemoryLedger(), {"period": period, "title": "公布"}
        last = last_day(period)
        assert period == last.isoformat()[: len(period)]
        assert period != (last + timedelta(1)).isoformat()[: len(period)]
        if on < last:
            with pytest.raises(NotYet):
                books.send("publication.publish", "publication:p", an_act(on=on), **what)
            continue
        books.send("publication.publish", "publication:p", an_act(on=on), **what)
        with pytest.raises(AlreadyExists):
            books.send("publication.publish", "publication:p", an_act(on=on), **what)
