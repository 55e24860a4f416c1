"""What keeps the database from answering is told by name, and in the log."""

from __future__ import annotations

import logging

import psycopg
import pytest
from psycopg import errors

from api.http.problems import describe, of_the_store
from infra.postgres.troubles import TOLD, trouble_of


@pytest.mark.parametrize(
    ("error", "name", "lasts"),
    [
        (errors.DiskFull("no space left on device"), "is full", True),
        (errors.DataCorrupted("invalid page in block 7"), "is damaged", True),
        (errors.IndexCorrupted("unexpected zero page"), "is damaged", True),
        (errors.IoError("could not read block 7"), "disk of the database fails", True),
        (errors.CannotConnectNow("the database system is starting up"), "starting", False),
        (errors.AdminShutdown("terminating connection"), "stopping", False),
        (psycopg.OperationalError("connection refused"), "does not answer", False),
    ],
)
def test_a_trouble_is_told_by_name_and_one_that_lasts_stands_in_the_log(
    error: psycopg.Error, name: str, *, lasts: bool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "mingzhang.store"):
        told = of_the_store(error)
    assert (told.STATUS, told.CODE) == (503, "store-unavailable")
    assert name in describe(told, instance="/readyz", language="en")["detail"]
    assert (str(error) in caplog.text) == lasts
    assert isinstance(error, TOLD)


@pytest.mark.parametrize("error", [errors.SyntaxError("x"), errors.InFailedSqlTransaction("x")])
def test_a_mistake_of_ours_is_no_trouble(error: psycopg.Error) -> None:
    assert trouble_of(error) is None
    assert of_the_store(error).CODE == "internal-error"
