"""Every sentence that a person is told stands in both languages, with the same parts."""

from __future__ import annotations

from datetime import date

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from api.http.language import Language
from api.http.problems import describe, of_the_store
from api.http.translation import CATALOGUE, catalogue, told
from domain.kernel.refusals import InsufficientFund, PeriodClosed, WrongState
from domain.kernel.rules import RULES
from domain.kernel.sentences import Sentence
from infra.config.errors import Unavailable
from scripts.messages import extracted, placeholders, told_in_code

CODE = told_in_code()


def kept() -> Catalog:
    with CATALOGUE.open(encoding="utf-8") as file:
        return read_po(file, locale="zh")


def test_the_catalogue_holds_what_the_code_tells_and_nothing_else() -> None:
    wanted = {(entry.id, entry.context) for entry in extracted() if entry.id}
    assert {(entry.id, entry.context) for entry in kept() if entry.id} == wanted


def test_every_sentence_is_translated_and_none_is_fuzzy_or_given_up() -> None:
    catalog = kept()
    entries = [entry for entry in catalog if entry.id]
    assert [entry.id for entry in entries if not entry.string or entry.fuzzy] == []
    assert not catalog.obsolete
    alike = {entry.id for entry in entries if entry.id == entry.string}
    assert alike == {"{reason}"}


def test_a_translation_names_the_same_parts() -> None:
    sentences, _ = catalogue()
    unlike = {s for s, chinese in sentences.items() if placeholders(s) != placeholders(chinese)}
    assert unlike == set()


def test_every_place_that_tells_gives_a_sentence_and_all_its_parts() -> None:
    assert len(CODE) > 250
    speechless = [each.place for each in CODE if each.text is None and each.parts is not None]
    assert speechless == []
    assert {each.place: each.missing for each in CODE if each.missing} == {}


@pytest.mark.parametrize(
    ("language", "detail"),
    [
        ("en", "fund:x: ¥12,345.01 is wanted, ¥10.00 is available under earmark general"),
        ("zh", "fund:x: 需要 12,345.01 元，口径 general 下可用 10.00 元"),
    ],
)
def test_money_is_told_in_yuan_and_kept_in_fen(language: Language, detail: str) -> None:
    refused = InsufficientFund("fund:x", earmark="general", wanted=1_234_501, available=1_000)
    problem = describe(refused, instance="/", language=language)
    assert problem["detail"] == detail
    assert problem["numbers"]["wanted"] == {"value": 1_234_501, "unit": "fen"}


def test_a_state_is_told_in_the_readers_language() -> None:
    refused = WrongState("grant:g", "wrong-stage", state="applied", states=("awarded", "closed"))
    assert refused.tell(lambda s: told(s, "en")) == (
        "grant:g: it is applied; this needs one of: awarded, closed"
    )
    assert refused.tell(lambda s: told(s, "zh")) == (
        "grant:g: 状态为“已申请”；此项操作要求：已立项、已结"
    )
    assert str(PeriodClosed.reported("soft-closed through 2007-12-31")) == (
        "the books are soft-closed through 2007-12-31: book on a later day"
    )


def test_a_wrong_state_names_its_rule() -> None:
    refused = WrongState("fund:x", "not-open-yet", first=date(2007, 1, 1))
    problem = describe(refused, instance="/", language="en")
    assert (problem["code"], problem["rule"]) == ("wrong-state", "not-open-yet")
    assert "rule" not in describe(InsufficientFund("f", "no"), instance="/", language="en")


def test_every_rule_is_told_by_some_refusal() -> None:
    assert {each.text for each in CODE} >= {*RULES.values()} - {RULES["not-a-demonstration"]}


def test_a_sentence_within_a_sentence_is_told_in_the_same_language() -> None:
    error = of_the_store(Unavailable("the database in {folder} does not run", folder="/x"))
    chinese = describe(error, instance="/", language="zh")["detail"]
    assert chinese == "/x 中的数据库没有运行"
    assert told(Sentence("is not valid: {reason}", reason="x"), "zh") == "无效：x"
