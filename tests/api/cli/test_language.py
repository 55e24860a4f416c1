"""The command line speaks the language of its user's locale, and keeps its codes."""

from __future__ import annotations

import pytest

from api.cli import explained, run
from api.cli.output import REFUSED, UNAVAILABLE, language
from domain.kernel.refusals import InsufficientFund

LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture
def locale(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Give an environment without a locale."""
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("settings", "spoken"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_HK.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ],
)
def test_the_locale_names_the_language(
    locale: pytest.MonkeyPatch, settings: dict[str, str], spoken: str
) -> None:
    for name, value in settings.items():
        locale.setenv(name, value)
    assert language() == spoken


def test_a_refusal_is_told_in_the_users_language(
    locale: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = InsufficientFund("fund:x", earmark="general", wanted=1001, available=1000)
    assert explained(refused) == REFUSED
    assert capsys.readouterr().err == (
        "mingzhang: insufficient-fund: fund:x: ¥10.01 is wanted,"
        " ¥10.00 is available under earmark general\n"
    )
    locale.setenv("LANG", "zh_CN.UTF-8")
    assert explained(refused) == REFUSED
    assert capsys.readouterr().err == (
        "mingzhang: insufficient-fund: fund:x: 需要 10.01 元，口径 general 下可用 10.00 元\n"
    )


def test_what_is_missing_is_told_in_the_users_language(
    locale: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    locale.setenv("LANG", "zh_CN.UTF-8")
    locale.setenv("DATABASE_URL", "postgresql://x?nothing=1")
    assert run(["balances"]) == UNAVAILABLE
    assert "DATABASE_URL 不是 PostgreSQL 的地址" in capsys.readouterr().err
