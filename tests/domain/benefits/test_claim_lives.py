"""Lives of households and entitlements."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.kernel.months import month_of
from tests.domain.benefits.stories import COMMUNITY, PERSON, a_city, adopt, rate, register
from tests.domain.life_machine import DAYS, NTH, Lives, Steps, Try, lived
from tests.domain.registers.stories import LUOHU, a_register, counted
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from tests.domain.in_memory_unit import InMemoryLedger

MEANS, PLAIN = "scheme:means", "scheme:plain"
IN_PAYMENT = ("granted", "suspended")
OPEN = ("applied", "assessed", "publicised", *IN_PAYMENT)


class EntitlementLives(Steps):
    """One person's claims on two schemes that exclude each other; one of them asks for means."""

    OF = ("entitlement",)
    STEPS: ClassVar = {
        ("", "apply"): "applied",
        ("", "bring-in"): "granted",
        **{(state, "assess"): "assessed" for state in ("applied", "assessed", "publicised")},
        **{(state, "assess"): state for state in IN_PAYMENT},
        **{(state, "publicise"): "publicised" for state in ("assessed", "publicised")},
        **{(state, "grant"): "granted" for state in ("assessed", "publicised")},
        **{(state, "adjust"): state for state in IN_PAYMENT},
        ("granted", "suspend"): "suspended",
        ("suspended", "resume"): "granted",
        **{(state, "stop"): "stopped" for state in OPEN},
    }
    STOCKS: ClassVar = {"entitlements": {"granted"}}
    FLOWS: ClassVar = {"entitlement-first": "grant"}

    def __init__(self) -> None:
        """Begin without a claim."""
        super().__init__()
        # By claim: the last act of each verb, and of those that give it: apply, bring-in, grant.
        self.last: defaultdict[str, dict[str, Try]] = defaultdict(dict)
        # By claim: the stops and suspensions that stand, with the states before them.
        self.standing: defaultdict[str, list[tuple[Try, str]]] = defaultdict(list)
        self.before = ""

    def begin(self) -> InMemoryLedger:
        """Adopt the schemes."""
        books = a_city()
        register(books, PERSON)
        adopt(books, MEANS, rate("a", 300), formula="top-up")
        adopt(books, PLAIN, rate("a", 500), excludes=(MEANS,))
        return books

    def says(self, verb: str, chance: st.DataObject) -> dict[str, Any]:
        """Say what is claimed, found, published or decided."""
        from_ = {"from_": chance.draw(DAYS)}
        if verb in {"apply", "bring-in"}:
            scheme = chance.draw(st.sampled_from((MEANS, PLAIN)))
            said = {"scheme": scheme, "holder": PERSON, "area": COMMUNITY}
            return said if verb == "apply" else said | {"tier": "a", **from_}
        if verb == "assess":
            return {"income": 0, "eligible": chance.draw(st.integers(0, 5)) > 0}
        if verb == "publicise":
            return from_ | {"to": chance.draw(DAYS)}
        return from_ | ({"tier": "a"} if verb in {"grant", "adjust"} else {"reason": "核查"})

    def allows(self, act: Try) -> bool:
        """Hold an act against what was said of this claim and of the person's others."""
        last = self.last[act.subject]
        self.before = self.known[act.subject].state
        match act.verb:
            case "apply" | "bring-in":
                scheme = act.what["scheme"]
                alone = not self.others(act.subject, OPEN, scheme)
                return alone and (act.verb == "apply" or self.only_one(act, scheme))
            case "publicise":
                return bool(last["assess"].what["eligible"]) and act.what["from_"] <= act.what["to"]
            case "grant":
                return self.may_be_granted(act)
            case "adjust":
                return bool(act.what["from_"] >= last["given"].what["from_"])
            case "resume":
                return bool(act.what["from_"] >= last["suspend"].what["from_"])
        return True

    @rule(nth=NTH, on=DAYS, reason=st.sampled_from(("", "误录")))
    def withdraw(self, nth: int, on: date, reason: str) -> None:
        """Take the last stop or suspension back."""
        subject = f"entitlement:{nth}"
        state, standing = self.known[subject].state, self.standing[subject]
        taken = bool(standing and reason) and on >= standing[-1][0].on
        if taken and state == "stopped":
            taken = self.may_stand_again(subject, standing[-1][1])
        act = an_act("clerk-1", on)
        if self.tried("entitlement.withdraw", subject, act, taken=taken, reason=reason or None):
            _, before = standing.pop()
            after = before if state in ("stopped", "suspended") else state
            self.known[subject] = self.known[subject]._replace(state=after)
            if state == "stopped":
                del self.last[subject]["stop"]

    def may_stand_again(self, subject: str, before: str) -> bool:
        """Tell whether nothing was applied for or given meanwhile that keeps a claim out."""
        alone = not self.others(subject, OPEN, self.scheme(subject))
        if before not in IN_PAYMENT:
            return alone
        given = self.last[subject]["given"]
        return alone and self.only_one(given, self.scheme(subject))

    def may_be_granted(self, act: Try) -> bool:
        """Tell whether others applied and found it eligible, and its neighbours had their time."""
        last, scheme = self.last[act.subject], self.scheme(act.subject)
        assessed, notice = last["assess"], last.get("publicise")
        waited = scheme == PLAIN if notice is None else act.on > notice.what["to"]
        found = assessed.what["eligible"] and act.by not in {assessed.by, last["claimed"].by}
        return found and waited and self.only_one(act, scheme)

    def scheme(self, subject: str) -> str:
        """Return the scheme that a claim is on."""
        return str(self.last[subject]["claimed"].what["scheme"])

    def others(self, subject: str, states: tuple[str, ...], scheme: str) -> list[str]:
        """Return the other claims on a scheme that are in some states."""
        there = [each for each in self.known if each != subject and self.known[each].state]
        return [
            each
            for each in there
            if self.known[each].state in states and self.scheme(each) == scheme
        ]

    def only_one(self, act: Try, scheme: str) -> bool:
        """Tell whether the other scheme pays for none of the months that an act gives."""
        other = PLAIN if scheme == MEANS else MEANS
        for each in self.others(act.subject, (*IN_PAYMENT, "stopped"), other):
            given, stop = (self.last[each].get(verb) for verb in ("given", "stop"))
            if given is None:
                continue
            first = month_of(max(given.what["from_"], act.what["from_"]))
            if stop is None or first < month_of(stop.what["from_"]):
                return False
        return True

    def noted(self, act: Try) -> None:
        """Keep what was said last; a new assessment needs a new notice."""
        last = self.last[act.subject]
        if act.verb in {"stop", "suspend"}:
            self.standing[act.subject].append((act, self.before))
        last[act.verb] = act
        if act.verb in {"apply", "bring-in"}:
            last["claimed"] = act
        if act.verb in {"bring-in", "grant"}:
            last["given"] = act
        if act.verb == "assess" and self.known[act.subject].state == "assessed":
            last.pop("publicise", None)

    @invariant()
    def schemes_that_exclude_each_other_are_not_both_in_payment(self) -> None:
        """Ask the books, as commands do."""
        mine = self.books.unit().entitlements.of(PERSON)
        for one, other in combinations([each for each in mine if each.given()], 2):
            assert one.scheme == other.scheme or not one.meets(other.first, other.last)


class HouseholdLives(Lives):
    """Two households and three persons, who come and go."""

    OF = ("household",)
    PERSONS = st.sampled_from(("person:1", "person:2", "person:3"))
    HOMES = st.sampled_from(("household:1", "household:2"))

    def __init__(self) -> None:
        """Begin without a household."""
        super().__init__()
        # By household: who lives there, and since when; and when it was formed.
        self.homes: dict[str, dict[str, date]] = {}
        self.formed: dict[str, date] = {}
        # Who lived where up to which day.
        self.gone: list[tuple[str, str, date]] = []
        # By household and person: the first and the last day of the last stay that has ended.
        self.last: dict[tuple[str, str], tuple[date, date]] = {}

    def begin(self) -> InMemoryLedger:
        """Register the persons."""
        return a_register("person:1", "person:2", "person:3")

    @rule(home=HOMES, members=st.lists(PERSONS, max_size=3), on=DAYS)
    def form(self, home: str, members: list[str], on: date) -> None:
        """Form a household of some, each named once."""
        taken = home not in self.homes and 0 < len(members) == len(set(members))
        taken = taken and all(self.free(person, home, on) for person in members)
        act = an_act("clerk-1", on)
        if self.tried("household.form", home, act, taken=taken, members=tuple(members),
                      area=LUOHU):  # fmt: skip
            self.homes[home] = dict.fromkeys(members, on)
            self.formed[home] = on

    @rule(home=HOMES, person=PERSONS, on=DAYS)
    def join(self, home: str, person: str, on: date) -> None:
        """Let somebody join."""
        there = self.homes.get(home)
        taken = there is not None and person not in there and on >= self.formed[home]
        taken = taken and self.free(person, home, on)
        act = an_act("clerk-1", on)
        if self.tried("household.join", home, act, taken=taken, person=person):
            self.homes[home][person] = on

    @rule(home=HOMES, person=PERSONS, on=DAYS)
    def leave(self, home: str, person: str, on: date) -> None:
        """Let somebody leave."""
        taken = on >= self.homes.get(home, {}).get(person, date.max)
        act = an_act("clerk-1", on)
        if self.tried("household.leave", home, act, taken=taken, person=person):
            self.let_go(home, person, on)

    @rule(home=HOMES, person=PERSONS, from_=HOMES, on=DAYS)
    def move(self, home: str, person: str, from_: str, on: date) -> None:
        """Let somebody move from one household to another."""
        there = self.homes.get(home)
        taken = there is not None and person not in there and on >= self.formed[home]
        taken = taken and from_ != home
        taken = taken and on >= self.homes.get(from_, {}).get(person, date.max)
        taken = taken and self.free(person, home, on, leaving=from_)
        act = an_act("clerk-1", on)
        if self.tried("household.move", home, act, taken=taken, person=person, from_=from_):
            self.let_go(from_, person, on)
            self.homes[home][person] = on

    @rule(home=HOMES, person=PERSONS, on=DAYS)
    def withdraw_join(self, home: str, person: str, on: date) -> None:
        """Take back that somebody came."""
        taken = on >= self.homes.get(home, {}).get(person, date.max)
        act = an_act("clerk-1", on)
        if self.tried("household.withdraw-join", home, act, taken=taken, person=person):
            del self.homes[home][person]

    @rule(home=HOMES, person=PERSONS, on=DAYS)
    def withdraw_leave(self, home: str, person: str, on: date) -> None:
        """Take back that somebody left, if nobody has had the person since."""
        there = self.homes.get(home)
        last = self.last.get((home, person))
        taken = there is not None and last is not None and person not in there and on >= last[1]
        taken = taken and last is not None and self.free(person, home, last[1])
        act = an_act("clerk-1", on)
        if self.tried("household.withdraw-leave", home, act, taken=taken, person=person):
            since, until = self.last.pop((home, person))
            self.gone.remove((home, person, until))
            self.homes[home][person] = since

    def let_go(self, home: str, person: str, on: date) -> None:
        """Note that somebody left."""
        self.last[home, person] = self.homes[home].pop(person), on
        self.gone.append((home, person, on))

    def free(self, person: str, home: str, on: date, leaving: str = "") -> bool:
        """Tell whether nobody else has a person on a day or later."""
        now = any(
            person in there for each, there in self.homes.items() if each not in (home, leaving)
        )
        then = any(each != home and who == person and until > on for each, who, until in self.gone)
        return not now and not then

    @invariant()
    def nobody_lives_in_two_households(self) -> None:
        """Ask the books, as commands do."""
        for person in ("person:1", "person:2", "person:3"):
            stays = self.books.unit().households.of(person)
            for one, other in combinations(stays, 2):
                ends = one.until or date.max, other.until or date.max
                apart = max(one.since, other.since) >= min(ends)
                assert apart or one.household == other.household

    @invariant()
    def members_are_counted(self) -> None:
        """Compare the members that are counted with those that are there."""
        there = sum(len(members) for members in self.homes.values())
        assert counted(self.books, "household-members") == there


TestEntitlementLives = lived(EntitlementLives, steps=30)
TestHouseholdLives = lived(HouseholdLives)
