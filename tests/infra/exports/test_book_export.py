"""Other programs take the books: hledger and bean-check accept them, equal to the fen."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.cli import run
from infra.exports.book_export import FORMATS
from infra.exports.plain_text import BeancountLedger, amount, component
from tests.infra.exports.conftest import Balances, in_the_books

if TYPE_CHECKING:
    from collections.abc import Callable

    from infra.config.settings import Settings

OF_THE_STORY = pytest.mark.usefixtures("of_the_story")


def ran(*command: str) -> str:
    """Run a program that must be there and accept what it is given."""
    program = shutil.which(command[0]) or str(Path(sys.executable).parent / command[0])
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_hledger_accepts_the_books_and_has_their_balances(
    settings: Settings, exported: Callable[..., Path]
) -> None:
    file = exported("hledger") / "journal.hledger"
    ran("hledger", "check", "-f", str(file))
    found: Balances = defaultdict(int)
    rows = ran("hledger", "balance", "-f", str(file), "-O", "json", "--flat", "--no-total", "-E")
    for account, _, _, amounts in json.loads(rows)[0]:
        for each in amounts:
            unit = "fen" if each["acommodity"] == "CNY" else each["acommodity"]
            quantity = each["aquantity"]
            value = Decimal(quantity["decimalMantissa"]).scaleb(-quantity["decimalPlaces"])
            found[account, unit] += int(value * (100 if unit == "fen" else 1))
    assert {place: value for place, value in found.items() if value} == {
        place: value for place, value in in_the_books(settings).items() if value
    }


def test_bean_check_accepts_the_books_and_finds_a_missing_fen(
    settings: Settings, exported: Callable[..., Path]
) -> None:
    out = exported("beancount")
    file = out / "ledger.beancount"
    ran("bean-check", str(file))
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    stated: Balances = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if " balance " in line:
            _, _, account, value, commodity = line.split()
            unit = manifest["commodities"][commodity]
            fen = Decimal(value) * (100 if unit == "fen" else 1)
            stated[manifest["accounts"][account], unit] = int(fen)
    assert stated == in_the_books(settings)
    text = file.read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if " balance " in each and "CNY" in each)
    value = line.split()[3]
    spoilt = line.replace(value, str(Decimal(value) + Decimal("0.01")))
    file.write_text(text.replace(line, spoilt), encoding="utf-8")
    program = str(Path(sys.executable).parent / "bean-check")
    done = subprocess.run([program, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode != 0


def test_the_csv_has_every_posting_of_the_journal(
    settings: Settings, exported: Callable[..., Path]
) -> None:
    out = exported("journal-csv")
    with (out / "journal.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found: Balances = defaultdict(int)
    for row in rows:
        found[row["account"], row["unit"]] += int(row["value"])
    assert found == in_the_books(settings)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"][0]["rows"] == len(rows)


@pytest.mark.parametrize("form", FORMATS)
def test_a_moment_is_exported_alike_whenever_it_is(
    exported: Callable[..., Path], form: str, tmp_path: Path
) -> None:
    first = exported(form, "--known-at", "40", "--as-of", "2007-03-31")
    kept = {each.name: each.read_bytes() for each in first.iterdir()}
    first.rename(tmp_path / "first")
    again = exported(form, "--known-at", "40", "--as-of", "2007-03-31")
    assert {each.name: each.read_bytes() for each in again.iterdir()} == kept


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--known-at", "999999"], 2, "999999"),
        (["--known-at", "tomorrow"], 2, ""),
        (["--as-of", "2007-02-30"], 2, ""),
    ],
)
@OF_THE_STORY
def test_a_moment_that_is_not_there_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], code: int, said: str
) -> None:
    out = tmp_path / "out"
    assert run(["export", "hledger", "--out", str(out), *more]) == code
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@OF_THE_STORY
def test_a_folder_that_holds_something_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").write_text("x", encoding="utf-8")
    assert run(["export", "hledger", "--out", str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_no_two_accounts_or_goods_are_spelt_alike() -> None:
    written = BeancountLedger()
    spelt = [written.spelt(f"spent:x:general:{each}") for each in ("a.b", "a_b", "a-b")]
    assert len(set(spelt)) == 3
    kinds = [written.commodity(f"item:{each}") for each in ("quilt", "Quilt", "quilt.", "q" * 60)]
    assert len(set(kinds)) == 4


def test_fen_are_written_as_yuan() -> None:
    said: list[Any] = [amount(value, "fen") for value in (0, 5, -5, 100, -12_345)]
    assert said == ["0.00", "0.05", "-0.05", "1.00", "-123.45"]
    assert amount(7, "item:quilt") == "7"
    assert [component(part) for part in ("9a", "dibao", "_", "区")] == ["9a", "Dibao", "X", "X"]
