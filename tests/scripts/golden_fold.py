"""A small fold over the golden year's commands: its figures, without any ledger.

It answers the generator as the door would, keeps each fund's free money, and asserts on the way
that nothing is promised that is not there.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from scripts.golden.kernel.chance import Ids
from scripts.golden.year import commands
from tests.scripts.golden_payments import Paid, lacking
from tests.scripts.golden_roll import Rolls

if TYPE_CHECKING:
    from collections.abc import Callable

YEAR = "2007"
OF_TWO = {"donation.refund", "payment.supplement", "budget.adopt", "budget.adjust"}


class Fold:
    """Grows the figures from commands."""

    def __init__(self, seed: int) -> None:
        """Start with nothing."""
        self.ids = Ids(seed)
        self.rolls = Rolls()
        self.count: Counter[str] = Counter()
        self.spent: Counter[tuple[str, str]] = Counter()
        self.free: Counter[tuple[str, str]] = Counter()
        self.received: Counter[tuple[str, str]] = Counter()
        self.committed: Counter[str] = Counter()
        self.payments: dict[str, Paid] = {}
        self.runs: dict[str, dict[str, Any]] = {}
        self.grants: dict[str, dict[str, Any]] = {}
        self.relief: dict[str, dict[str, Any]] = {}
        self.funds: dict[str, dict[str, Any]] = {}
        self.stated: list[dict[str, Any]] = []
        self.sales: Counter[str] = Counter()
        self.gifts: dict[str, dict[str, Any]] = {}
        self.firsts: Counter[str] = Counter()
        self.contracts: dict[str, dict[str, Any]] = {}
        self.store, self.given = Counter[str](), Counter[str]()
        self.donated: Counter[str] = Counter()
        self.owed: dict[str, Counter[tuple[str, str]]] = {}
        self.told: dict[int, dict[str, Any]] = {}
        self.gone: set[int] = set()
        self.proposed: dict[str, dict[str, Any]] = {}

    def take(self, one: dict[str, Any]) -> dict[str, Any]:
        """Take in one command and answer it; what needs two persons waits for its confirmation."""
        if one["command"] in OF_TWO:
            self.proposed[f"proposal:{len(self.proposed)}"] = one
            return {"events": [], "proposed": [*self.proposed][-1]}
        if one["command"] == "proposal.confirm":
            self.count["proposal.confirm"] += 1
            assert one["by"] != self.proposed[one["subject"]]["by"]
            one = self.proposed[one["subject"]]
        command, subject, act, what = one["command"], one["subject"], one["act"], one["what"]
        self.count[command] += 1
        position = len(self.told) + 1
        self.told[position] = one
        self.rolls.take(command, subject, what, on=act["on"])
        kind, _, verb = command.partition(".")
        listener: Callable[..., dict[str, Any] | None] | None = getattr(
            self, f"{kind}_{verb}".replace("-", "_"), None
        )
        more = (listener(subject, act, what) if listener else None) or {}
        return {"events": [{"position": position, "subject": subject}], **more}

    def move(self, fund: str, earmark: str, amount: int) -> None:
        """Change what is free; it is never below zero."""
        self.free[fund, earmark] += amount
        assert self.free[fund, earmark] >= 0, (fund, earmark, self.free[fund, earmark])

    def promise(self, place: tuple[str, str], act: dict[str, str], amount: int) -> None:
        """Promise money, or take a promise back."""
        self.move(*place, -amount)
        if act.get("booked", act["on"])[:4] == YEAR:
            self.committed[place[0]] += amount

    def fund_open(self, subject: str, act: dict[str, str], what: dict[str, Any]) -> None:
        self.funds[subject] = what | {"on": act["on"]}

    def fund_bring_in(self, subject: str, _: object, what: dict[str, Any]) -> None:
        self.move(subject, what["earmark"], what["amount"]["value"])

    fund_allot = fund_receive = fund_bring_in

    def fund_surrender(self, subject: str, _: object, what: dict[str, Any]) -> None:
        self.move(subject, what["earmark"], -what["amount"]["value"])

    def fund_carry_over(self, subject: str, _: object, what: dict[str, Any]) -> None:
        self.move(subject, what["from_earmark"], -what["amount"]["value"])
        self.move(subject, what["to_earmark"], what["amount"]["value"])

    def fund_commit(self, subject: str, act: dict[str, str], what: dict[str, Any]) -> None:
        self.promise((subject, what["earmark"]), act, what["amount"]["value"])

    def fund_uncommit(self, subject: str, act: dict[str, str], what: dict[str, Any]) -> None:
        self.promise((subject, "general"), act, -what["amount"]["value"])

    def fund_gather(self, subject: str, _: object, what: dict[str, Any]) -> None:
        amount = self.received.pop((subject, what["earmark"]))
        assert amount > 0
        self.move(subject, what["earmark"], amount)

    def donation_receive(self, subject: str, _: object, what: dict[str, Any]) -> None:
        if "amount" not in what:
            self.in_kind(what)
            return
        self.received[what["fund"], what["earmark"]] += what["amount"]["value"]
        self.donated[self.funds[what["fund"]]["keeper"]] += what["amount"]["value"]
        self.gifts[subject] = what

    def in_kind(self, what: dict[str, Any]) -> None:
        """Take goods into store; a service is only noted."""
        pieces = sum(each["quantity"]["value"] for each in what.get("goods", ()))
        self.store[what["fund"]] += pieces
        self.given[self.funds[what["fund"]]["keeper"]] += pieces

    def goods_issue(self, _: object, __: object, what: dict[str, Any]) -> None:
        self.store[what["fund"]] -= sum(each["quantity"]["value"] for each in what["goods"])
        assert self.store[what["fund"]] >= 0

    def goods_sell(self, _: object, __: object, what: dict[str, Any]) -> None:
        self.goods_issue(_, __, what)
        self.move(what["fund"], what["earmark"], what["amount"]["value"])

    def contract_sign(self, subject: str, act: dict[str, str], what: dict[str, Any]) -> None:
        self.contracts[subject] = what | {"left": what["amount"]["value"]}
        self.promise((what["fund"], what["earmark"]), act, what["amount"]["value"])

    def contract_pay(self, subject: str, _: object, what: dict[str, Any]) -> None:
        self.contracts[subject]["left"] -= what["amount"]["value"]
        assert self.contracts[subject]["left"] >= 0

    def contract_end(self, subject: str, act: dict[str, str], _: object) -> None:
        contract = self.contracts[subject]
        self.promise((contract["fund"], contract["earmark"]), act, -contract["left"])

    def donation_refund(self, subject: str, _: object, what: dict[str, Any]) -> None:
        gift = self.gifts[subject]
        place, amount = (gift["fund"], gift["earmark"]), what["amount"]["value"]
        assert amount <= gift["amount"]["value"]
        ungathered = min(amount, self.received[place])
        self.received[place] -= ungathered
        self.move(*place, ungathered - amount)

    def event_reverse(self, subject: str, _: object, what: dict[str, Any]) -> None:
        one = self.told[what["of"]]
        assert one["subject"] == subject
        assert what["of"] not in self.gone
        self.gone.add(what["of"])
        said, kind = one["what"], one["command"]
        if kind == "fund.allot":
            self.move(subject, said["earmark"], -said["amount"]["value"])
        elif kind == "donation.receive":
            self.received[said["fund"], said["earmark"]] -= said["amount"]["value"]
            self.donated[self.funds[said["fund"]]["keeper"]] -= said["amount"]["value"]
        elif kind == "lottery.report-sales":
            del self.sales[said["day"]]
        else:
            assert kind == "grant.account"

    def lottery_report_sales(self, _: object, __: object, what: dict[str, Any]) -> None:
        assert what["day"] not in self.sales
        self.sales[what["day"]] = what["amount"]["value"]

    def statement_record(self, _: object, __: object, what: dict[str, Any]) -> None:
        self.stated.append(what)

    def entitlement_grant(self, subject: str, _: object, __: object) -> None:
        self.firsts[self.rolls.entitlements[subject].scheme] += 1

    def grant_apply(self, subject: str, _: object, what: dict[str, Any]) -> None:
        self.grants[subject] = what | {"paid": Counter(), "awarded": 0}

    def grant_award(self, subject: str, act: dict[str, str], what: dict[str, Any]) -> None:
        grant = self.grants[subject]
        grant.update(shares=what["shares"], round=what.get("round"))
        for share in what["shares"]:
            self.promise((share["fund"], share["earmark"]), act, share["amount"]["value"])
            grant["awarded"] += share["amount"]["value"]
        assert grant["awarded"] <= grant["amount"]["value"]

    def grant_pay(self, subject: str, _: object, what: dict[str, Any]) -> None:
        self.grants[subject]["paid"][what["fund"]] += what["amount"]["value"]

    def grant_close(self, subject: str, act: dict[str, str], _: object) -> None:
        grant = self.grants[subject]
        for share in grant["shares"]:
            rest = share["amount"]["value"] - grant["paid"][share["fund"]]
            assert rest >= 0
            self.promise((share["fund"], share["earmark"]), act, -rest)

    def relief_apply(self, subject: str, _: object, what: dict[str, Any]) -> None:
        self.relief[subject] = dict(what)

    def relief_decide(self, subject: str, act: dict[str, str], what: dict[str, Any]) -> None:
        case = self.relief[subject]
        case["given"] = what["amount"]["value"]
        self.promise((case["fund"], case["earmark"]), act, case["given"])

    def relief_pay(self, subject: str, act: dict[str, str], _: object) -> None:
        case = self.relief[subject]
        case["paid"] = act["on"]
        self.spent[case["fund"], case["programme"]] += case["given"]

    def pay_run_draw_up(self, subject: str, _: object, what: dict[str, Any]) -> dict[str, Any]:
        run = dict(what)
        run["lines"] = list(
            lacking(self.rolls, run, self.payments, self.ids)
            if what.get("kind") == "arrears"
            else self.rolls.lines(what["scheme"], what["month"])
        )
        run["total"] = sum(amount for _, amount, _ in run["lines"])
        assert all(amount > 0 for _, amount, _ in run["lines"])
        self.runs[subject] = run
        return {"digest": f"{run['total']:064x}"}

    def pay_run_reject(self, subject: str, _: object, __: object) -> None:
        del self.runs[subject]

    def pay_run_approve(self, subject: str, act: dict[str, str], what: dict[str, Any]) -> None:
        run = self.runs[subject]
        assert what["digest"] == f"{run['total']:064x}"
        self.promise((run["fund"], run["earmark"]), act, run["total"])

    def pay_run_release(self, subject: str, _: object, __: object) -> None:
        run = self.runs[subject]
        programme = run["scheme"].partition(":")[2]
        if run.get("kind") == "arrears":
            run["held"] = []
            self.count["arrears"] += len(run["lines"])
            self.spent[run["fund"], programme] += run["total"]
            return
        due = {holder for holder, _, _ in self.rolls.lines(run["scheme"], run["month"])}
        run["held"] = [line for line in run["lines"] if line[0] not in due]
        self.count["held"] += len(run["held"])
        for holder, amount, persons in run.pop("lines"):
            if holder in due:
                payment = self.ids.payment(programme, run["month"], holder)
                self.payments[payment] = Paid(programme, run["fund"], amount, persons)
                self.spent[run["fund"], programme] += amount

    def pay_run_settle(self, subject: str, act: dict[str, str], what: dict[str, Any]) -> None:
        run = self.runs[subject]
        for line in what.get("returned", ()):
            self.payment_return(line["payment"], act, what)
        self.promise((run["fund"], run["earmark"]), act, -sum(a for _, a, _ in run["held"]))

    def payment_return(self, subject: str, _: object, __: object) -> None:
        self.turn(subject, "paid", "returned", sign=-1)
        self.count["returned"] += 1

    def payment_reissue(self, subject: str, _: object, __: object) -> None:
        self.turn(subject, "returned", "reissued", sign=1)

    def payment_write_back(self, subject: str, _: object, __: object) -> None:
        paid = self.turn(subject, "returned", "written back", sign=0)
        self.move(paid.fund, YEAR, paid.amount)

    def turn(self, subject: str, before: str, after: str, *, sign: int) -> Paid:
        """Change a payment's state and what is spent."""
        paid = self.payments[subject]
        assert paid.state == before
        paid.state = after
        self.spent[paid.fund, paid.programme] += sign * paid.amount
        return paid

    def payment_supplement(self, subject: str, act: dict[str, str], what: dict[str, Any]) -> None:
        self.promise((what["fund"], what["earmark"]), act, what["amount"]["value"])
        self.spent[what["fund"], self.payments[subject].programme] += what["amount"]["value"]

    def recovery_establish(self, _: object, __: object, what: dict[str, Any]) -> None:
        known = [self.payments[payment] for payment in what["payments"]]
        assert all(paid.state == "paid" for paid in known)
        assert sum(paid.amount for paid in known) >= what["amount"]["value"]
        self.spent[known[0].fund, known[0].programme] -= what["amount"]["value"]


def fold(seed: int, scale: float) -> Fold:
    """Run a whole year."""
    year = commands(seed, scale)
    folded = Fold(seed)
    array = next(year)
    while True:
        assert 0 < len(array) <= 1_000
        try:
            array = year.send([folded.take(one) for one in array])
        except StopIteration:
            return folded
