"""Lives of pay runs: two runs of one month, and stops at any moment; each is paid once or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.payments.returned_lines import ReturnedLine
from tests.domain.benefits.stories import FUND, MONTH, RUN, SCHEME, a_crowd, first_of, mid
from tests.domain.life_machine import Move, Pots, lived
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger

RATE, CROWD = 300, 3
FREE, SPENT = "available:aid:general", "spent:aid:general:x"
OFFICERS = st.sampled_from(("officer-1", "officer-2", "officer-3"))
RUNS = st.sampled_from((RUN, f"{RUN}-2", f"{RUN}-3"))
HOLDERS = st.integers(0, CROWD - 1)


class Known(NamedTuple):
    """What the model knows of a run: its state, who made it, and who is on it."""

    state: str = ""
    drawer: str = ""
    makers: frozenset[str] = frozenset()
    digest: str = "0" * 64
    lines: frozenset[int] = frozenset()
    held: int = 0


class PayRunLives(Pots):
    """Three persons of 300 fen a month, a fund that holds five and a half; anybody may try."""

    OF = ("pay-run",)

    def __init__(self) -> None:
        """Begin without a run."""
        super().__init__()
        self.runs: dict[str, Known] = {}
        self.stopped: set[int] = set()
        # By holder: which run has paid, by which payment; and what the bank sent back.
        self.paid: dict[int, tuple[str, str]] = {}
        self.returned: set[int] = set()

    def begin(self) -> InMemoryLedger:
        """Bring the crowd in."""
        books, self.claims = a_crowd(CROWD, holding=5 * RATE + RATE // 2)
        return books

    def known(self, run: str) -> Known:
        """Return what is known of a run."""
        return self.runs.get(run, Known())

    @rule(run=RUNS, by=OFFICERS)
    def draw_up(self, run: str, by: str) -> None:
        """Draw up whom no stop bars and no other run has paid."""
        entitled = set(range(CROWD)) - self.stopped
        lines = frozenset(entitled - self.paid.keys())
        allowed = not self.known(run).state and (bool(lines) or not entitled)
        sent = self.moving("pay-run.draw-up", run, an_act(by, mid(MONTH)), (), allowed=allowed,
                           scheme=SCHEME, month=MONTH, fund=FUND, earmark="general")  # fmt: skip
        if sent:
            assert sent.answer["count"] == len(lines)
            assert sent.answer["total"] == {"value": RATE * len(lines), "unit": "fen"}
            self.runs[run] = Known("drawn-up", by, frozenset({by}), sent.answer["digest"], lines)

    @rule(run=RUNS, by=OFFICERS, right=st.integers(0, 5))
    def review(self, run: str, by: str, right: int) -> None:
        """Review it, now and then by another digest."""
        known = self.known(run)
        allowed = known.state == "drawn-up" and by not in known.makers and right > 0
        if self.moving("pay-run.review", run, an_act(by, mid(MONTH)), (), allowed=allowed,
                       digest=known.digest if right else "1" * 64):  # fmt: skip
            self.runs[run] = known._replace(state="reviewed", makers=known.makers | {by})

    @rule(run=RUNS, by=OFFICERS)
    def approve(self, run: str, by: str) -> None:
        """Approve it; the fund promises its total."""
        known = self.known(run)
        move = Move(RATE * len(known.lines), FREE, f"committed:aid:general:{run}")
        allowed = known.state == "reviewed" and by not in known.makers
        if self.moving("pay-run.approve", run, an_act(by, mid(MONTH)), (move,), allowed=allowed,
                       digest=known.digest):  # fmt: skip
            self.runs[run] = known._replace(state="approved")

    @rule(run=RUNS, by=OFFICERS)
    def reject(self, run: str, by: str) -> None:
        """Send it back before it is approved; whoever drew it up does not."""
        known = self.known(run)
        allowed = known.state in {"drawn-up", "reviewed"} and by != known.drawer
        if self.moving("pay-run.reject", run, an_act(by, mid(MONTH)), (), allowed=allowed,
                       reason="名单有误"):  # fmt: skip
            self.runs[run] = known._replace(state="rejected")

    @rule(run=RUNS, by=OFFICERS)
    def cancel(self, run: str, by: str) -> None:
        """Give it up before its release; what was promised to it is free again."""
        known = self.known(run)
        promised = RATE * len(known.lines) if known.state == "approved" else 0
        move = Move(promised, f"committed:aid:general:{run}", FREE)
        allowed = known.state in {"drawn-up", "reviewed", "approved"}
        if self.moving("pay-run.cancel", run, an_act(by, mid(MONTH)), (move,), allowed=allowed):
            self.runs[run] = known._replace(state="cancelled")

    @rule(run=RUNS)
    def release(self, run: str) -> None:
        """Pay whom nothing bars now."""
        known = self.known(run)
        due = known.lines - self.stopped - self.paid.keys()
        move = Move(RATE * len(due), f"committed:aid:general:{run}", SPENT)
        sent = self.moving("pay-run.release", run, an_act("treasurer-1", mid(MONTH)), (move,),
                           allowed=known.state == "approved")  # fmt: skip
        if sent:
            made = [event.originator_id for event in sent.events if event.TOPIC == "payment.made"]
            assert len(made) == len(due)
            tags = {self.payment_of(holder): holder for holder in due}
            self.paid |= {tags[payment]: (run, payment) for payment in made}
            held = len(known.lines) - len(due)
            self.runs[run] = known._replace(state="released", held=held)

    @rule(run=RUNS, back=st.sets(HOLDERS))
    def settle(self, run: str, back: set[int]) -> None:
        """Take in the bank's file; it names payments of this run, or it is refused."""
        known = self.known(run)
        mine = all(self.paid.get(each, ("", ""))[0] == run for each in back)
        lines = tuple(ReturnedLine(self.payment_of(each), "销户") for each in sorted(back))
        committed = f"committed:aid:general:{run}"
        moves = (
            Move(RATE * len(back), SPENT, f"returned:aid:general:{run}"),
            Move(RATE * known.held, committed, FREE),
        )
        if self.moving("pay-run.settle", run, an_act("treasurer-1", mid(MONTH)), moves,
                       allowed=known.state == "released" and mine, bank_ref="回盘-1",
                       returned=lines):  # fmt: skip
            self.runs[run] = known._replace(state="settled")

    @rule(holder=HOLDERS)
    def stop(self, holder: int) -> None:
        """Stop somebody from this month on."""
        taken = holder not in self.stopped
        what = {"reason": "迁出", "from_": first_of(MONTH)}
        self.tried("entitlement.stop", self.claims[holder], an_act("clerk-1", mid(MONTH)),
                   taken=taken, **what)  # fmt: skip
        self.stopped.add(holder)

    def payment_of(self, holder: int) -> str:
        """Name the payment of somebody."""
        person = self.claims[holder].replace("entitlement:x-", "person:")
        tag = self.books.unit().payments.tag(SCHEME, person, MONTH, "0")
        return f"payment:x:{MONTH}:{tag}"

    @invariant()
    def nobody_is_paid_twice(self) -> None:
        """Count the payments of each."""
        made = [event.originator_id for event in self.books.all() if event.TOPIC == "payment.made"]
        assert sorted(made) == sorted(payment for _, payment in self.paid.values())
        assert len(made) == len(set(made))


TestPayRunLives = lived(PayRunLives, examples=200, steps=40)
