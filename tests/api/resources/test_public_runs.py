"""Pay runs in public: those of few persons are nowhere, the others tell no money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infra.ledger import open_ledger
from scripts.scenarios.office import Office, staffed
from scripts.scenarios.stories import a_fund, a_scheme, approved, entitled
from tests.api.conftest import catch_up, code_of, served

if TYPE_CHECKING:
    from infra.config.settings import Settings


def test_a_run_of_few_persons_is_nowhere_in_public_and_one_of_five_tells_no_money(
    settings: Settings,
) -> None:
    with open_ledger(settings) as ledger:
        teller = staffed(Office(ledger))
        a_fund(teller, holding=100_000)
        for many in (1, 4, 5):
            scheme = f"scheme:of-{many}"
            a_scheme(teller, scheme, rate=1000)
            entitled(teller, many, scheme)
            approved(teller, f"pay-run:of-{many}:2007-03")
        catch_up(ledger)
        with served(ledger) as web:
            said = web.get("/open/v1/pay-runs").json()
            assert [row["id"] for row in said["rows"]] == ["pay-run:of-5:2007-03"]
            assert not {"count", "persons", "total", "held_back"} & set(said["rows"][0])
            assert said["totals"] == []
            assert code_of(web.get("/open/v1/pay-runs?persons=3")) == (422, "malformed")
            for name in ("of-1", "of-4", "of-0"):
                assert (
                    web.get(f"/open/v1/pay-runs?scheme=scheme:{name}").json().get("rows", []) == []
                )
                for path in (f"{name}:2007-03", f"{name}:2007-03/events"):
                    answer = web.get(f"/open/v1/pay-runs/{path}")
                    assert code_of(answer) == (404, "unknown-subject")
            assert web.get("/open/v1/pay-runs/of-5:2007-03/events").json()["rows"]
            assert "of-4" not in web.get("/open/v1/events?limit=1000&subject=pay-run:*").text
