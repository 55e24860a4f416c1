"""The one door for writing: one key one content, all or nothing, and nothing decided twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from api.commands.request import read_line
from domain.kernel.refusals import (
    AlreadyExists,
    InsufficientFund,
    KeyReused,
    Malformed,
    RoleMissing,
    UnknownSubject,
    VersionConflict,
)
from infra.commands.command import CommandRequest, Sender
from infra.config.settings import Settings
from infra.ledger import Ledger, open_ledger
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    OPERATOR,
    TREASURER,
    Office,
    an_order,
    fen,
    staffed,
)
from scripts.scenarios.stories import AREA, FUND, a_fund, commit
from tests.api.commands.executed_requests import codes_of, each, log, person, promise, request
from tests.api.commands.json_lines import encoded
from tests.fund_stages import stages


@pytest.fixture
def ledger(ledger_settings: Settings) -> Iterator[Ledger]:
    with open_ledger(ledger_settings) as parts:
        yield parts


@pytest.fixture
def office(ledger: Ledger) -> Office:
    office = staffed(Office(ledger))
    a_fund(office, holding=100)
    return office


def test_the_same_key_with_other_content_is_refused(office: Office) -> None:
    ledger = office.ledger
    first = ledger.execute(request(promise(1), key="k"))
    held = log(office)
    others = [
        request(promise(2), key="k"),
        request(promise(1) | {"act": {"on": DAY, "reason": "x"}}, key="k"),
        request(promise(1) | {"subject": "fund:y"}, key="k"),
        request(promise(1), promise(1), key="k"),
        request(promise(1), by=CLERK, key="k"),
    ]
    for other in others:
        with pytest.raises(KeyReused):
            ledger.execute(other)
        assert isinstance(each(office, other)[0], KeyReused)
    assert ledger.execute(request(promise(1), key="k")) == [first[0] | {"replayed": True}]
    assert log(office) == held


def test_the_same_content_in_another_order_of_names_is_the_same(office: Office) -> None:
    first, second = promise(), dict(reversed(promise().items()))
    second["what"] = dict(reversed(second["what"].items()))
    assert list(first["what"]) != list(second["what"])
    office.ledger.execute(request(first, key="k"))
    assert office.ledger.execute(request(second, key="k"))[0]["replayed"]


def test_a_replay_answers_also_when_the_act_would_be_refused_now(office: Office) -> None:
    """Opened twice is refused; but this is the same act, told again."""
    order = an_order("area.open", AREA, on=EVE, title="全市", level="city")
    first = office.ledger.execute(request(order, by=APPROVER, key="k"))[0]
    office.send("role.withdraw", f"role:{APPROVER}", by=OPERATOR, who=APPROVER, role="approver")
    again = office.ledger.execute(request(order, by=APPROVER, key="k"))[0]
    assert again == first | {"replayed": True}


def test_an_array_is_all_or_nothing(office: Office) -> None:
    held = log(office)
    with pytest.raises(InsufficientFund):
        office.ledger.execute(request(promise(60), promise(40), promise(1)))
    assert log(office) == held
    made = office.ledger.execute(request(promise(60), promise(40)))
    assert [receipt["version"] for receipt in made] == [3, 4]
    assert [receipt["positions"] for receipt in made] == [[8], [9]]
    assert len({receipt["recorded_at"] for receipt in made}) == 1
    assert stages(office).committed == 100


def test_an_array_sees_what_its_own_orders_have_done(office: Office) -> None:
    more = an_order(
        "fund.receive", FUND, on=EVE, amount=fen(1), earmark="general", source="s", document="d"
    )
    office.ledger.execute(request(promise(100), more, promise(1)))
    assert stages(office).available == 0


def test_each_line_stands_alone(office: Office) -> None:
    """The good ones count, the bad ones are listed, in their order."""
    lines = [
        encoded(promise(60), "l-1"),
        b"{not json",
        encoded(promise(60), "l-3"),
        encoded(promise(40), "l-4"),
        encoded(promise(1) | {"what": {}}, "l-5"),
        encoded(promise(1)),
        encoded(promise(60), "l-1"),
        encoded(person("p"), "l-8"),
    ]
    read = [read_line(line, Sender(TREASURER)) for line in lines]
    requests = [one for one in read if isinstance(one, CommandRequest)]
    outcomes = each(office, *requests)
    assert codes_of(outcomes) == [None, "insufficient-fund", None, None, "role-missing"]
    assert [one.CODE for one in read if not isinstance(one, CommandRequest)] == [
        "malformed",
        "malformed",
        "key-missing",
    ]
    assert outcomes[3][0]["replayed"] if isinstance(outcomes[3], list) else False
    assert stages(office).committed == 100
    assert office.positions() == list(range(1, 10))


def test_a_refused_neighbour_leaves_no_trace_in_memory(office: Office) -> None:
    """It may have recorded something before it was refused: that is taken back."""
    nothing_moves = person("p") | {"act": {"on": EVE, "booked": EVE}}
    outcomes = each(
        office,
        request(person("p0"), by=CLERK),
        request(nothing_moves, by=CLERK),
        request(person("p"), by=CLERK),
        request(promise(30)),
        request(promise(10) | {"act": {"on": "2005-01-01"}}),
        request(promise(100)),
        request(promise(70)),
    )
    assert codes_of(outcomes) == [
        None,
        "malformed",
        None,
        None,
        "wrong-state",
        "insufficient-fund",
        None,
    ]
    with pytest.raises(InsufficientFund):
        commit(office, 1)
    assert [e.originator_version for e in office.events(FUND)] == [1, 2, 3, 4]
    assert [e.originator_version for e in office.events("person:p")] == [1, 1]


@pytest.mark.parametrize("dry", [False, True])
def test_what_was_decided_and_not_saved_is_forgotten(office: Office, *, dry: bool) -> None:
    for _ in range(3):
        if dry:
            office.ledger.execute(request(promise(100)), dry_run=True)
        with pytest.raises(InsufficientFund):
            office.ledger.execute(request(promise(100), promise(1)), dry_run=dry)
    assert commit(office, 100)["version"] == 3


def test_a_dry_run_gives_the_receipt_and_writes_nothing(office: Office) -> None:
    held = log(office)
    order = request(promise(60), key="k")
    dry = office.ledger.execute(order, dry_run=True)[0]
    assert dry["positions"] == []
    assert dry["recorded_at"] is None
    assert log(office) == held
    wet = office.ledger.execute(order)[0]
    assert [e["topic"] for e in wet["events"]] == [e["topic"] for e in dry["events"]]
    assert (wet["version"], wet["key"]) == (dry["version"], dry["key"])
    again = office.ledger.execute(order, dry_run=True)[0]
    assert again == wet | {"replayed": True}


def test_lines_can_be_run_dry(office: Office) -> None:
    held = log(office)
    outcomes = office.ledger.executor.execute(
        [request(promise(60)), request(promise(60)), request(promise(40))], dry_run=True
    )
    assert [isinstance(o, list) and o[0]["positions"] for o in outcomes] == [[], False, []]
    assert log(office) == held


def test_a_version_that_has_moved_on_is_told(office: Office) -> None:
    for expected in (0, 1, 3):
        with pytest.raises(VersionConflict) as moved:
            office.ledger.execute(request(promise() | {"expect": expected}))
        assert moved.value.numbers == {"expected": expected, "found": 2}
    assert commit(office, 1)["version"] == 3
    assert office.ledger.execute(request(promise() | {"expect": 3}))[0]["version"] == 4


def test_a_role_is_held_and_carried(office: Office) -> None:
    ledger = office.ledger
    with pytest.raises(RoleMissing):
        ledger.execute(request(promise(), by="stranger"))
    with pytest.raises(RoleMissing):
        ledger.execute(request(promise(), by=CLERK))
    for carried in (frozenset({"clerk"}), frozenset[str]()):
        with pytest.raises(RoleMissing):
            ledger.execute(request(promise(), roles=carried))
    with pytest.raises(RoleMissing):
        ledger.execute(request(promise(), by=CLERK, roles=frozenset({"treasurer"})))
    ledger.execute(request(promise(), roles=frozenset({"treasurer", "auditor"})))


def test_a_role_withdrawn_at_another_door_is_gone_at_once(office: Office) -> None:
    """The first door has seen it held and keeps it in memory; the database's door finds out."""
    commit(office, 1)
    with open_ledger(office.ledger.settings) as other:
        Office(other).send(
            "role.withdraw", f"role:{TREASURER}", by=OPERATOR, who=TREASURER, role="treasurer"
        )
        with pytest.raises(RoleMissing):
            commit(office, 1)
        Office(other).send(
            "role.grant", f"role:{TREASURER}", by=OPERATOR, who=TREASURER, role="treasurer"
        )
        commit(office, 1)


def test_a_refusal_counts_only_from_fresh_state(office: Office) -> None:
    """Money that came in at another door can be promised here."""
    commit(office, 100)
    with open_ledger(office.ledger.settings) as other:
        Office(other).send(
            "fund.receive",
            FUND,
            by=TREASURER,
            amount=fen(5),
            earmark="general",
            source="s",
            document="d",
        )
    assert commit(office, 5)["version"] == 5


def test_what_is_not_there_cannot_act(office: Office) -> None:
    held = log(office)
    there: dict[str, Any] = {"to_fund": "fund:none", "to_earmark": "general"}
    transfer = an_order(
        "fund.transfer", FUND, on=DAY, amount=fen(1), earmark="general", purpose="aid-poor", **there
    )
    for order in (promise() | {"subject": "fund:none"}, transfer):
        with pytest.raises(UnknownSubject):
            office.ledger.execute(request(order))
    with pytest.raises(AlreadyExists):
        a_fund(office)
    assert log(office) == held


def test_a_day_is_booked_only_where_money_moves(office: Office) -> None:
    order = person("p") | {"act": {"on": EVE, "booked": EVE}}
    with pytest.raises(Malformed) as refused:
        office.ledger.execute(request(order, by=CLERK))
    assert refused.value.pointer == "/act/booked"
    assert list(office.events("person:")) == []


def test_a_streaming_command_is_sent_alone(office: Office) -> None:
    release = an_order("pay-run.release", "pay-run:aid:2007-03", on=DAY)
    with pytest.raises(Malformed):
        office.ledger.execute(request(release, release))
