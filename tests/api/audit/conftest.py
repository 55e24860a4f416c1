"""One ledger that tells the story of `verify`, for all tests of the auditor's addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infra.ledger import open_ledger
from tests.api.audit.audit_desk import AuditDesk, audited
from tests.api.conftest import catch_up, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infra.config.settings import Settings


@pytest.fixture(scope="session")
def desk(new_settings: Callable[[], Settings]) -> Iterator[AuditDesk]:
    """Tell the story of `verify`, and open the desk."""
    with open_ledger(new_settings()) as ledger:
        audited(ledger)
        catch_up(ledger)
        with served(ledger) as client:
            yield AuditDesk(ledger, client)
