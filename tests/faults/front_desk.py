"""Who lays the inputs of faults.md before a ledger: commands and questions over HTTP alone."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from infra.verify.runner import verify
from scripts.scenarios.office import DAY, EVE, Office, an_order, fen, new_key
from tests.api.commands.served_office import COMMANDS, bearer
from tests.api.conftest import catch_up

if TYPE_CHECKING:
    from httpx import Client, Response

Json = dict[str, Any]

CITY, DISTRICT = "area:city", "area:440304"
CLERK, CLERK_2, REVIEWER = "clerk-1", "clerk-2", "reviewer-1"
APPROVER, APPROVER_2 = "approver-1", "approver-2"
TREASURER, TREASURER_2 = "treasurer-1", "treasurer-2"
FUNDRAISER, FUNDRAISER_2 = "fundraiser-1", "fundraiser-2"
REGISTRAR, AUDITOR, SUBSCRIBER = "registrar-1", "auditor-1", "subscriber-1"
STAFF = (CLERK, CLERK_2, REVIEWER, APPROVER, APPROVER_2, TREASURER, TREASURER_2, FUNDRAISER,
         FUNDRAISER_2, REGISTRAR, AUDITOR, SUBSCRIBER, "publisher-1", "supervisor-1",
         "operator-1", "operator-2")  # fmt: skip
# Who holds two roles, which do not exclude each other.
MANY = {"many-1": ("clerk", "approver"), "many-2": ("clerk", "treasurer")}
PAPER = {"evidence": [{"name": "批复", "sha256": "a" * 64}], "reason": "复核"}
YUAN = 100

_numbers = count(1)


def a_key(word: str) -> str:
    """Give a name that no test of this process has used."""
    return f"{word}-{next(_numbers)}"


class FrontDesk(NamedTuple):
    """A client of a ledger, with a token for whoever sends or asks."""

    office: Office
    web: Client

    def headers(self, by: str) -> dict[str, str]:
        """Return the headers of somebody of the staff."""
        roles = MANY.get(by) or (by.rpartition("-")[0],)
        return {"Authorization": bearer(self.office, by, *roles)}

    # Sending

    def post(
        self,
        by: str,
        command: str,
        subject: str,
        *,
        on: str = DAY,
        act: Json | None = None,
        **what: Any,
    ) -> Response:
        """Post a command as somebody of the staff."""
        headers = self.headers(by) | {"Idempotency-Key": new_key()}
        order = an_order(command, subject, on=on, act=act, **what)
        return self.web.post(COMMANDS, json=order, headers=headers)

    def take(self, by: str, command: str, subject: str, **what: Any) -> Json:
        """Post a command that is taken; return its receipt."""
        answer = self.post(by, command, subject, **what)
        assert answer.status_code == 201, answer.text
        receipt: Json = answer.json()
        return receipt

    def refused(self, by: str, command: str, subject: str, **what: Any) -> str:
        """Post a command that is refused by a rule; return the code."""
        held = self.office.positions()
        answer = self.post(by, command, subject, **what)
        assert answer.status_code == 409, answer.text
        assert self.office.positions() == held
        return str(answer.json()["code"])

    def agreed(self, by: str, second: str, command: str, subject: str, **what: Any) -> Json:
        """Propose, and let another confirm."""
        proposal = self.take(by, command, subject, **what)["proposed"]
        return self.take(second, "proposal.confirm", proposal, on=what.get("on", DAY))

    # Asking

    def ask(self, path: str, by: str = AUDITOR, **asked: str) -> Response:
        """Ask an address of the office of the views as they are now."""
        catch_up(self.office.ledger)
        params = {name.rstrip("_"): value for name, value in asked.items()}
        return self.web.get(f"/v1/{path}", params=params, headers=self.headers(by))

    def get(self, path: str, by: str = AUDITOR, **asked: str) -> Json:
        """Ask an address that answers."""
        answer = self.ask(path, by, **asked)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def rows(self, path: str, by: str = AUDITOR, **asked: str) -> list[Json]:
        """Ask for a list."""
        found: list[Json] = self.get(path, by, **asked)["rows"]
        return found

    def public(self, path: str, **asked: str) -> Json:
        """Ask an address of the public zone."""
        catch_up(self.office.ledger)
        params = {name.rstrip("_"): value for name, value in asked.items()}
        answer = self.web.get(f"/open/v1/{path}", params=params)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def page(self, path: str, **asked: str) -> str:
        """Read a public page."""
        catch_up(self.office.ledger)
        answer = self.web.get(path, params=asked, headers={"Accept": "text/html"})
        assert answer.status_code == 200, answer.text
        return answer.text

    def value(self, figure: str, **asked: str) -> Any:
        """Read the value of a figure, of 2007 unless another period is asked for."""
        return self.get(f"figures/{figure}", **({"period": "2007"} | asked))["value"]

    def holds(self, *checks: str) -> dict[str, Json]:
        """Let `verify` look; every check that is named holds."""
        catch_up(self.office.ledger)
        ledger = self.office.ledger
        given = verify(ledger.pool, list(checks), decisions=ledger.decisions, vault=ledger.vault)
        answers = {answer["check"]: answer for answer in given}
        assert answers.keys() == set(checks)
        assert all(answer["holds"] for answer in answers.values()), answers
        return answers

    # What a story needs

    def fund(self, holding: int = 0, **more: Any) -> str:
        """Open a cash fund of the treasury that has received so many fen."""
        fund = f"fund:{a_key('f')}"
        terms: Json = {
            "title": "救助资金",
            "kind": "fiscal",
            "basis": "cash",
            "keeper": "organisation:civil-affairs-bureau",
            "purposes": ["aid-poor"],
        }
        self.take(TREASURER, "fund.open", fund, on=EVE, **(terms | more))
        if holding:
            self.take(TREASURER, "fund.receive", fund, on=EVE, amount=fen(holding),
                      earmark="general", source="fiscal", document=a_key("拨款单"))  # fmt: skip
        return fund

    def scheme(self, rate: int = 300 * YUAN, **more: Any) -> str:
        """Adopt a scheme, of single persons and a flat rate unless told otherwise."""
        scheme = f"scheme:{a_key('s')}"
        rates = [{"tier": "a", "from": EVE, "amount": fen(rate), "authority": "市政府令第1号"}]
        terms: Json = {
            "title": "补助",
            "programme": scheme.partition(":")[2],
            "purpose": "aid-poor",
            "per": "person",
            "pays": "monthly",
            "formula": "flat",
            "rates": rates,
        }
        self.take(APPROVER, "scheme.adopt", scheme, on=EVE, **(terms | more))
        return scheme

    def persons(self, number: int) -> list[str]:
        """Register so many persons."""
        people = [f"person:{a_key('p')}" for _ in range(number)]
        for person in people:
            self.take(CLERK, "person.register", person, on=EVE)
        return people

    def household(self, size: int, area: str = DISTRICT) -> tuple[str, list[str]]:
        """Form a household of so many persons."""
        people, home = self.persons(size), f"household:{a_key('h')}"
        self.take(CLERK, "household.form", home, on=EVE, members=people, area=area)
        return home, people

    def claim(self, scheme: str, holder: str, **more: Any) -> str:
        """Bring an entitlement in."""
        claim = f"entitlement:{a_key('e')}"
        terms: Json = {"scheme": scheme, "holder": holder, "area": DISTRICT, "tier": "a"}
        self.take(CLERK, "entitlement.bring-in", claim, on=EVE, **(terms | {"from": EVE} | more))
        return claim

    def draw_up(self, scheme: str, month: str, fund: str, **more: Any) -> Json:
        """Draw a month up; return what is answered, with the run."""
        run = f"pay-run:{a_key(scheme.partition(':')[2])}-{month}"
        what: Json = {"scheme": scheme, "month": month, "fund": fund, "earmark": "general"}
        drawn = self.take(CLERK, "pay-run.draw-up", run, **({"on": f"{month}-15"} | what | more))
        return drawn | {"run": run}

    def approve(self, drawn: Json, month: str) -> str:
        """Let a run be reviewed and approved; return it."""
        run: str = drawn["run"]
        for by, act in ((REVIEWER, "review"), (APPROVER, "approve")):
            self.take(by, f"pay-run.{act}", run, on=f"{month}-16", digest=drawn["digest"])
        return run

    def pay(self, scheme: str, month: str, fund: str) -> list[str]:
        """Pay a month by the acts of four persons; return the payments that were made."""
        run = self.approve(self.draw_up(scheme, month, fund), month)
        self.take(TREASURER, "pay-run.release", run, on=f"{month}-16")
        return [row["payment"] for row in self.lines(run, state="made")]

    def lines(self, run: str, by: str = CLERK, **asked: str) -> list[Json]:
        """List the lines of a run."""
        return self.rows(f"pay-runs/{run.partition(':')[2]}/lines", by, **asked)

    def state(self, claim: str, day: str) -> str:
        """Tell the state of a claim on a day, by the register."""
        found = self.get(f"entitlements/{claim.partition(':')[2]}", as_of=day)
        return str(found["state"])

    def waiting(self, kind: str, day: str) -> dict[str, Json]:
        """Return the warnings of a kind on a day, by their entitlements."""
        rows = self.rows("warnings", kind=kind, as_of=day)
        return {row["entitlement"]: row for row in rows}
