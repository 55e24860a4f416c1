"""What commands decide by is at the head, or nothing is decided by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.commands.command import Receipts, Undecided
from infra.config.errors import Unavailable
from infra.projector.rebuild import rebuild
from scripts.scenarios.office import DAY, TREASURER, Office, an_order, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled, release
from tests.infra.commands.test_goods import RAISER, STORE, a_charity, give, issue, pieces
from tests.infra.commands.test_group_commit import a_request, group_commit

if TYPE_CHECKING:
    from infra.commands.command import CommandRequest
    from infra.ledger import Ledger

STOP = "UPDATE views.positions SET stopped = 'position 9: a poison' WHERE view = 'stock'"


def test_nothing_is_decided_by_a_view_that_has_stopped(ledger: Ledger) -> None:
    office = a_charity(staffed(Office(ledger)))
    give(office, "a", 3)
    issue(office, "a", 1)
    with ledger.connection() as connection:
        connection.execute(STOP)
    give(office, "b", 3)

    with pytest.raises(Unavailable, match="the view stock has stopped at position 9"):
        issue(office, "b", 1)

    rebuild(ledger.pool, ["stock"])
    assert issue(office, "b", 5)["events"]


def test_a_command_that_asks_a_stopped_view_harms_no_neighbour(ledger: Ledger) -> None:
    office = a_charity(staffed(Office(ledger)))
    give(office, "a", 3)
    issue(office, "a", 1)
    with ledger.connection() as connection:
        connection.execute(STOP)

    for outcomes in (
        ledger.executor.execute(three("b")),
        group_commit(office)._decided(three("c")),
    ):
        assert [type(each) for each in outcomes] == [Receipts, Undecided, Receipts]
    rebuild(ledger.pool, ["stock"])
    assert issue(office, "d", 6)["events"]


def test_a_command_that_asks_another_view_is_decided(ledger: Ledger) -> None:
    office = staffed(Office(ledger))
    a_fund(office, holding=1000)
    a_scheme(office, rate=10)
    entitled(office, 2)
    with ledger.connection() as connection:
        connection.execute(STOP)

    assert approved(office)["events"]
    with ledger.connection() as connection:
        connection.execute(STOP.replace("'stock'", "'roll'"))
    with pytest.raises(Unavailable, match="the view roll has stopped"):
        release(office)


def three(key: str) -> list[CommandRequest]:
    """Give, issue and give clothing, each by a command of its own."""
    given = {"goods": pieces(1), **STORE}
    issued = an_order("goods.issue", f"goods:{key}", on=DAY, programme="temporary-relief", **given)
    gifts = (
        an_order("donation.receive", f"donation:{key}-{n}", on=DAY, name_shown=False, **given)
        for n in (1, 2)
    )
    first, last = (a_request(gift, RAISER) for gift in gifts)
    return [first, a_request(issued, TREASURER), last]
