"""Bad input is refused with the contract's code, says what to do, and writes nothing."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import pytest

from api.commands.request import MOST_BYTES, MOST_LINE_BYTES, line_of, request_of
from api.http.problems import Problem, Unreadable, errors_of
from domain.kernel.refusals import Refused
from infra.commands.command import Sender
from scripts.scenarios.office import DAY, TREASURER, an_order
from scripts.scenarios.stories import FUND
from tests.api.commands.json_lines import encoded

WHO = Sender(TREASURER)
KEY = {"idempotency-key": "k"}


def promise(**more: Any) -> dict[str, Any]:
    """Write a commitment that is taken as it is."""
    what = {
        "amount": {"value": 1, "unit": "fen"},
        "earmark": "general",
        "to": "grant:g",
        "purpose": "aid-poor",
    }
    return an_order("fund.commit", FUND, on=DAY, **(what | more))


def body(order: object) -> bytes:
    return json.dumps(order).encode()


def refusal(sent: bytes, headers: dict[str, str] | None = None) -> Refused | Problem:
    """Read a body that cannot be read; return why."""
    with pytest.raises((Refused, Problem)) as refused:
        request_of(sent, {"idempotency-key": "k"} if headers is None else headers, WHO)
    assert isinstance(refused.value, Refused | Problem)
    return refused.value


def pointers(problem: Refused | Problem) -> list[str]:
    assert isinstance(problem, Unreadable)
    assert problem.CODE == "malformed"
    errors = errors_of(problem, "en")
    assert all(error["detail"] for error in errors)
    assert all(CHINESE.search(error["detail"]) for error in errors_of(problem, "zh"))
    return [error["pointer"] for error in errors]


CHINESE = re.compile("[一-鿿]")
HUGE = 10**30
NO_AMOUNTS: list[object] = [
    *(1.0, 0.5, 1e3, "1", "1.00", True, None, [], {}),
    *(0, -1, 2**53 + 1, 2**63, HUGE, -HUGE),
]
NO_QUANTITIES: list[object] = [
    *(1, "1", None, [], [1, "fen"], {}, {"value": 1}, {"unit": "fen"}),
    {"value": 1, "unit": "fen", "more": 1},
    *({"value": 1, "unit": unit} for unit in ("yuan", "FEN", "person", "", None, 1, "item:X")),
]
NO_IDS: list[object] = [
    *("lottery", "fund:", ":x", "fund:X", "fund:x y", "fund:-x", "Fund:x", "fund:é", "fund:x\n"),
    *("fund:" + "x" * 97, "fund:x/y", "fund:x\x00", "", 1, None, ["fund:x"], {"fund": "x"}),
]
NO_DAYS: list[object] = [
    *("2007-02-29", "2007-13-01", "2007-00-10", "2007-01-32", "07-01-01", "2007-1-1", "20070101"),
    *(
        "2007-01-01T00:00:00",
        "0000-00-00",
        "1899-12-31",
        "2200-01-01",
        "２００７-01-01",
        "2007-01-01 ",
    ),
    *("", 20070101, 2007.5, None, True, [], {}, ["2007-01-01"]),
]
UNPRINTED = [*map(chr, (0, 7, 9, 10, 13, 27, 31, 127, 0x80, 0x85, 0x9F))]
UNPRINTED += [*map(chr, (0x2028, 0x2029, 0x202E, 0x2066, 0xFFFE, 0xFFFF))]


@pytest.mark.parametrize("value", NO_AMOUNTS, ids=repr)
def test_an_amount_is_a_whole_number_above_nothing(value: object) -> None:
    problem = refusal(body(promise(amount={"value": value, "unit": "fen"})))
    assert pointers(problem) == ["/what/amount"]


@pytest.mark.parametrize("value", NO_QUANTITIES, ids=repr)
def test_a_quantity_has_a_value_and_the_right_unit(value: object) -> None:
    assert pointers(refusal(body(promise(amount=value)))) == ["/what/amount"]


def test_beds_and_posts_may_be_bare_numbers_but_money_never() -> None:
    for beds in (120, {"value": 120, "unit": "bed"}):
        sent = an_order("facility.resize", "facility:f", on=DAY, beds=beds)
        (order,) = request_of(body(sent), {"idempotency-key": "k"}, WHO).commands
        assert order.what == {"beds": 120}
    wrong: list[object] = [1.0, "120", 0, True, {"value": 120, "unit": "post"}]
    for said in wrong:
        sent = an_order("facility.resize", "facility:f", on=DAY, beds=said)
        assert pointers(refusal(body(sent))) == ["/what/beds"]


@pytest.mark.parametrize("value", NO_IDS, ids=repr)
def test_an_id_keeps_its_grammar(value: object) -> None:
    assert pointers(refusal(body(promise() | {"subject": value}))) == ["/subject"]
    assert pointers(refusal(body(promise(to=value)))) == ["/what/to"]


def test_the_key_of_a_fund_or_a_scheme_holds_no_colon() -> None:
    for subject, order in (("fund:a:b", "fund.open"), ("scheme:a:b", "scheme.adopt")):
        assert pointers(refusal(body(an_order(order, subject, on=DAY)))) == ["/subject"]


def test_only_what_the_vault_has_a_place_for_is_sealed() -> None:
    wrong: list[object] = [{"shoe": "43"}, {"tag_key": "0" * 32}, {"name": 1}, [], "x"]
    for sealed in wrong:
        sent = an_order("person.register", "person:p", on=DAY, sealed=sealed)
        assert pointers(refusal(body(sent))) == ["/what/sealed"]


@pytest.mark.parametrize("value", NO_DAYS, ids=repr)
def test_a_day_is_one_of_the_calendar(value: object) -> None:
    assert pointers(refusal(body(promise() | {"act": {"on": value}}))) == ["/act/on"]


@pytest.mark.parametrize("mark", UNPRINTED, ids=ascii)
def test_a_text_holds_nothing_unprinted(mark: str) -> None:
    for text in (mark, f"a{mark}b", f"a{mark}"):
        for field in ("authority", "reason"):
            sent = promise() | {"act": {"on": DAY, field: text}}
            assert pointers(refusal(body(sent))) == [f"/act/{field}"]
        evidence = [{"name": text, "sha256": "0" * 64}]
        sent = promise() | {"act": {"on": DAY, "evidence": evidence}}
        assert pointers(refusal(body(sent))) == ["/act/evidence/0/name"]
        person = an_order("person.register", "person:p", on=DAY, sealed={"name": text})
        assert pointers(refusal(body(person))) == ["/what/sealed"]
        opened = an_order("project.open", "project:p", on=DAY, title=text, programme="x")
        assert "/what/title" in pointers(refusal(body(opened)))


@pytest.mark.parametrize("nothing", ["\u200b", "\u3164", "\u2800", "\ufeff", "\u00ad \u2060"])
def test_a_text_shows_something(nothing: str) -> None:
    what: dict[str, Any] = {"title": nothing, "kind": "fiscal", "basis": "cash",
                            "keeper": "organisation:x", "purposes": ["aid-poor"]}  # fmt: skip
    fund = an_order("fund.open", FUND, on=DAY, **what)
    assert "/what/title" in pointers(refusal(body(fund)))
    request_of(
        body(an_order("fund.open", FUND, on=DAY, **what | {"title": f"{nothing}金"})), KEY, WHO
    )
    named = an_order("person.register", "person:p", on=DAY, sealed={"name": nothing})
    assert pointers(refusal(body(named))) == ["/what/sealed"]
    act = {"on": DAY, "reason": nothing}
    assert pointers(refusal(body(promise() | {"act": act}))) == ["/act/reason"]


def test_names_that_the_contract_does_not_have_are_refused() -> None:
    wrong = [
        (promise() | {"more": 1}, "/more"),
        (promise(more=1), "/what/more"),
        (promise() | {"act": {"on": DAY, "by": "me"}}, "/act/by"),
        (promise() | {"act": {"on": DAY, "a/b~c": 1}}, "/act/a~1b~0c"),
        (promise() | {"command": "fund.steal"}, "/command"),
        (promise() | {"command": "fund.Commit"}, "/command"),
        (promise() | {"command": "person.register"}, "/subject"),
        (promise() | {"subject": "person:x"}, "/subject"),
        (promise(purpose="fun"), "/what/purpose"),
        (promise() | {"expect": -1}, "/expect"),
        (promise() | {"expect": HUGE}, "/expect"),
        (promise() | {"expect": "1"}, "/expect"),
        (promise() | {"expect": True}, "/expect"),
        (promise() | {"key": 1}, "/key"),
        (promise() | {"by": TREASURER}, "/by"),
        (promise() | {"what": []}, "/what"),
        (promise() | {"act": "today"}, "/act"),
    ]
    for sent, place in wrong:
        assert pointers(refusal(body(sent))) == [place], sent


@pytest.mark.parametrize("missing", ["command", "subject", "act"])
def test_what_an_order_must_have(missing: str) -> None:
    sent = {name: value for name, value in promise().items() if name != missing}
    assert pointers(refusal(body(sent))) == [f"/{missing}"]


def test_every_wrong_part_is_named_up_to_a_bound() -> None:
    sent = promise(amount=1, earmark="A", to="x") | {"what": {"amount": 1}}
    assert len(pointers(refusal(body(sent)))) == 4
    many = promise() | {"act": {"on": DAY, "evidence": [{}] * 5000}}
    assert 0 < len(pointers(refusal(body(many)))) <= 20


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b" ",
        b"{",
        b"null",
        b"1",
        b'"x"',
        b"[]",
        b"[[]]",
        b"[null]",
        b"{}",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b'{"command": "\xed\xa0\x80"}',
        b'{"command": "\\ud800"}',
        body(promise())[:-1],
        body(promise()) + b"x",
        body(promise()).replace(b"1,", b"NaN,"),
        body(promise()).replace(b"1,", b"Infinity,"),
        body(promise()).replace(b"1,", b"01,"),
        body(promise()).replace(b"1,", b"1" * 5000 + b","),
        body(promise()).replace(b"1,", b"1e400,"),
        body(promise()).replace(b'"value": 1', b'"value": 1, "value": 2'),
        body(promise()).replace(b'"subject"', b'"command": "fund.commit", "subject"'),
        b"[" * 100_000,
        b'{"what":' * 5000 + b"1" + b"}" * 5000,
        b"[" * 900 + b"]" * 900,
    ],
    ids=lambda sent: sent[:40].decode(errors="replace"),
)
def test_a_body_is_json_that_reads_in_one_way(sent: bytes) -> None:
    assert refusal(sent).CODE == "malformed"


def test_nesting_is_refused_wherever_it_stands() -> None:
    deep: object = 1
    for _ in range(min(900, sys.getrecursionlimit() - 200)):
        deep = [deep]
    for sent in (promise(amount=deep), promise(to=deep), promise() | {"act": {"on": deep}}):
        assert refusal(body(sent)).CODE == "malformed"


def test_a_body_or_a_line_that_is_too_long() -> None:
    spaces = b" " * MOST_BYTES
    assert refusal(spaces + body(promise())).CODE == "too-large"
    with pytest.raises(Problem) as long:
        line_of(encoded(promise(), "k") + b" " * MOST_LINE_BYTES, WHO)
    assert long.value.CODE == "too-large"
    line_of(encoded(promise(), "k").ljust(MOST_LINE_BYTES), WHO)


@pytest.mark.parametrize("key", ["", " ", "k" * 65, "a\nb", " k", "k ", "\x00", "k\u2028"])
def test_a_key_has_one_to_64_printed_characters(key: str) -> None:
    assert refusal(body(promise()), {"idempotency-key": key}).CODE == "key-missing"
    assert refusal(body(promise() | {"key": key}), {}).CODE == "key-missing"


@pytest.mark.parametrize("key", ["k", "k" * 64, "k-1:2.3_4", "a b", "导入-1", "A/B", "{}", "é"])
def test_any_printed_key_will_do(key: str) -> None:
    sent_as_utf8 = key.encode().decode("latin-1")
    assert request_of(body(promise()), {"idempotency-key": sent_as_utf8}, WHO).key == key
    assert request_of(body(promise() | {"key": key}), {}, WHO).key == key


def test_there_is_one_key() -> None:
    assert refusal(body(promise()), {}).CODE == "key-missing"
    assert refusal(body([promise(), promise()]), {}).CODE == "key-missing"
    both = body(promise() | {"key": "other"})
    assert refusal(both, {"idempotency-key": "k"}).CODE == "key-missing"
    two = body([promise() | {"key": "a"}, promise() | {"key": "b"}])
    assert refusal(two, {}).CODE == "key-missing"
    one = body([promise() | {"key": "a"}, promise() | {"key": "a"}])
    assert request_of(one, {"idempotency-key": "a"}, WHO).key == "a"
    with pytest.raises(Problem) as missing:
        line_of(encoded(promise()), WHO)
    assert missing.value.CODE == "key-missing"


@pytest.mark.parametrize("version", ["", "x", '"x"', "-1", '"1" "2"', "W/1", "1" * 30])
def test_if_match_names_a_version(version: str) -> None:
    headers = {"idempotency-key": "k", "if-match": version}
    assert refusal(body(promise()), headers).CODE == "malformed"
    headers["if-match"] = '"1"'
    assert refusal(body([promise(), promise()]), headers).CODE == "malformed"


def test_mistakes_in_an_array_point_below_their_place() -> None:
    assert pointers(refusal(body([promise(), promise(amount=1)]))) == ["/1/what/amount"]
