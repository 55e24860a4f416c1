"""The files of the master keys: which one is in use, whatever stands there or is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.master_keys import FORMER, MASTER, NEXT, MasterKeys, exchange, fingerprint, settle

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW = b"\x01" * 32, b"\x02" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder in which a rotation has written the next key."""
    (tmp_path / MASTER).write_bytes(OLD)
    (tmp_path / NEXT).write_bytes(NEW)
    return tmp_path


def test_one_that_is_gone_or_not_whole_is_not_taken(folder: Path) -> None:
    keys = MasterKeys(OLD, folder)
    (folder / MASTER).unlink()
    assert keys.now.key == OLD
    (folder / MASTER).write_bytes(NEW[:31])
    assert keys.now.key == OLD
    (folder / MASTER).write_bytes(NEW)
    assert keys.now.key == NEW


def test_an_exchange_is_seen_and_both_are_there(folder: Path) -> None:
    keys = MasterKeys(OLD, folder)
    exchange(folder)
    assert keys.now.key == NEW
    assert [*keys.others()] == [OLD]


def test_files_behind_the_ledger_are_exchanged_and_the_former_stays(folder: Path) -> None:
    assert settle(folder, fingerprint(NEW))
    assert (folder / MASTER).read_bytes() == NEW
    assert not (folder / NEXT).exists()
    assert [each.read_bytes() for each in folder.glob(f"{FORMER}*")] == [OLD]


def test_a_key_in_use_is_no_next_one(folder: Path) -> None:
    (folder / NEXT).unlink()
    (folder / NEXT).hardlink_to(folder / MASTER)
    assert settle(folder, fingerprint(OLD))
    assert (folder / MASTER).read_bytes() == OLD
    assert not (folder / NEXT).exists()


def test_files_before_the_ledger_are_exchanged_back(folder: Path) -> None:
    exchange(folder)
    assert settle(folder, fingerprint(OLD))
    assert (folder / MASTER).read_bytes() == OLD
    assert (folder / NEXT).read_bytes() == NEW
    assert not settle(folder, fingerprint(b"\x03" * 32))
