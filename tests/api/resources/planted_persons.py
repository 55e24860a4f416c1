"""A ledger in which everything that is of a person bears a mark.

Ids of persons, households and what is theirs, words written by hand of them, keys of commands, what
the vault keeps, a refuge, and donors who are not to be named: MARK stands in each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.commands.parsing import read_command
from infra.commands.command import CommandRequest, Sender
from projections.disclosure.clearance import CLOSE, READERS
from scripts.scenarios.office import (
    APPROVER,
    CLERK,
    DAY,
    EVE,
    OPERATOR,
    REVIEWER,
    TREASURER,
    Office,
    an_order,
    fen,
    staffed,
)
from scripts.scenarios.stories import (
    AREA,
    RUN,
    a_fund,
    a_scheme,
    approved,
    draw_up,
    payments_of,
    release,
)

if TYPE_CHECKING:
    from infra.ledger import Ledger

# No hash or base64 holds it by chance.
MARK = "zzq-zzq"
GIFTS = "fund:gifts"
# They send what is of persons; others of their roles read.
FUNDRAISER, REGISTRAR = "fundraiser-2", "registrar-2"
OTHERS = {
    "fundraiser-1": "fundraiser",
    "registrar-1": "registrar",
    FUNDRAISER: "fundraiser",
    REGISTRAR: "registrar",
    "supervisor-1": "supervisor",
    "publisher-1": "publisher",
    "operator-1": "operator",
    "auditor-1": "auditor",
    "subscriber-1": "subscriber",
}
# Who reads the collections without persons.
GUARDED = sorted(READERS - CLOSE)
PERSONS = tuple(f"person:{MARK}-{nth}" for nth in range(8))
HOUSEHOLD, RELIEF, RECOVERY = f"household:{MARK}", f"relief:{MARK}", f"recovery:{MARK}"
VETERAN, WORKER, PLACEMENT = f"veteran:{MARK}", f"worker:{MARK}", f"placement:{MARK}"
HOMES = "pay-run:home:2007-03"
REFUGE, QUIET = f"facility:{MARK}-refuge", f"organisation:{MARK}-quiet"
# Ids that stand in rows, and are found by who may see persons.
IDS = (*PERSONS, HOUSEHOLD, RELIEF, RECOVERY, VETERAN, WORKER, PLACEMENT, REFUGE, QUIET)
ODD = f'{MARK}="=1+1",\u4e00\U0001f9ff;\\'
RETURNED_FOR, BANK_REF = f"{MARK}户名不符", f"{MARK}-bank"


def planted(ledger: Ledger) -> Office:
    """Tell the story."""
    office = Office(ledger)
    staffed(office)
    for who, role in OTHERS.items():
        office.send("role.grant", f"role:{who}", by=OPERATOR, on=EVE, who=who, role=role)
    a_fund(office, holding=10_000_000, purposes=("aid-poor", "community"))
    a_scheme(office, rate=1000)
    a_scheme(office, "scheme:home", rate=500, per="household")
    people(office)
    money(office)
    gifts(office)
    bodies(office)
    return office


def marked(office: Office, command: str, subject: str, *, by: str, **what: Any) -> Any:
    """Send a command about a person: its key and its reasons bear the mark."""
    on = what.pop("on", DAY)
    evidence = [{"name": f"{MARK}-evidence", "sha256": "0" * 64}]
    act = {"authority": f"{MARK}-authority", "reason": ODD, "evidence": evidence}
    order = an_order(command, subject, on=on, act=act, **what)
    key = f"{MARK}-{command}-{subject}"[:64]
    return office.ledger.execute(CommandRequest([read_command(order)], key, Sender(by)))[0]


def people(office: Office) -> None:
    """Register persons with papers, a household, and what they are entitled to."""
    for person in PERSONS:
        papers = {"name": f"{MARK}张三", "account": f"{MARK}-6222"}
        marked(office, "person.register", person, by=CLERK, on=EVE, sealed=papers)
    marked(office, "household.form", HOUSEHOLD, by=CLERK, on=EVE, members=[*PERSONS[6:]], area=AREA)
    for person in PERSONS[:6]:
        entitlement = person.replace("person:", "entitlement:")
        marked(office, "entitlement.bring-in", entitlement, by=CLERK, on=EVE, scheme="scheme:aid",
               holder=person, area=AREA, tier="a", from_=EVE)  # fmt: skip
    marked(office, "entitlement.bring-in", f"entitlement:{MARK}-home", by=CLERK, on=EVE,
           scheme="scheme:home", holder=HOUSEHOLD, area=AREA, tier="a", from_=EVE)  # fmt: skip


def money(office: Office) -> None:
    """Pay persons, help one, ask one for money back, and promise one some."""
    for run in (RUN, HOMES):
        approved(office, run)
        release(office, run)
    first, second, *_ = payments_of(office)
    lines = [{"payment": first, "reason": RETURNED_FOR}]
    marked(office, "pay-run.settle", RUN, by=TREASURER, bank_ref=BANK_REF, returned=lines)
    marked(office, "recovery.establish", RECOVERY, by=CLERK, payments=[second], amount=fen(300),
           reason=ODD)  # fmt: skip
    marked(office, "recovery.receive", RECOVERY, by=TREASURER, amount=fen(100))
    marked(office, "relief.apply", RELIEF, by=CLERK, person=PERSONS[0], fund="fund:x",
           earmark="general", programme="hospice", purpose="aid-poor", area=AREA)  # fmt: skip
    marked(office, "relief.decide", RELIEF, by=APPROVER, amount=fen(2500))
    marked(office, "relief.pay", RELIEF, by=TREASURER)
    marked(office, "fund.commit", "fund:x", by=TREASURER, amount=fen(77), earmark="general",
           to=PERSONS[0], purpose="aid-poor")  # fmt: skip
    draw_up(office, "pay-run:aid:2007-02")
    marked(office, "pay-run.reject", "pay-run:aid:2007-02", by=REVIEWER, reason=ODD)
    proposals(office)
    office.send("fund.commit", "fund:x", by=TREASURER, amount=fen(500), earmark="general",
                to="contract:plain", purpose="aid-poor")  # fmt: skip


def proposals(office: Office) -> None:
    """Propose two supplements: one is rejected, of the other the second person has yet to say."""
    for nth, payment in enumerate(payments_of(office)[2:4]):
        proposed = marked(office, "payment.supplement", payment, by=TREASURER, amount=fen(40),
                          fund="fund:x", earmark="general", reason=ODD)["proposed"]  # fmt: skip
        if nth:
            marked(office, "proposal.reject", proposed, by=TREASURER, reason=ODD)
    office.send("role.grant", "role:new", by="operator-1", who="new", role="publisher")


def marks(office: Office) -> tuple[str, ...]:
    """Return all that is to be looked for: the mark, and the tags of the payments."""
    runs = {str(event.run) for event in office.events("payment:") if event.TOPIC == "payment.made"}  # type: ignore[attr-defined]
    paid = [payment for run in sorted(runs) for payment in payments_of(office, run)]
    return (MARK, *(payment.rpartition(":")[2] for payment in paid))


def gifts(office: Office) -> None:
    """Take in gifts of a person, of a body that is not to be named, of one that is, of nobody."""
    office.send("fund.open", GIFTS, by=TREASURER, on=EVE, title="慈善基金", kind="charity",
                basis="cash", keeper="organisation:federation", purposes=["aid-poor"])  # fmt: skip
    for nth, (donor, shown) in enumerate(((PERSONS[1], True), (QUIET, False))):
        marked(office, "donation.receive", f"donation:d-{nth}", by=FUNDRAISER, fund=GIFTS,
               earmark="general", amount=fen(700), donor=donor, name_shown=shown)  # fmt: skip
        marked(office, "donation.receipt", f"donation:d-{nth}", by=FUNDRAISER,
               number=f"{MARK}-no-{nth}")  # fmt: skip
    office.send("donation.receive", "donation:named", by=FUNDRAISER, fund=GIFTS, earmark="general",
                amount=fen(900), donor="organisation:acme", name_shown=True)  # fmt: skip
    office.send("fund.gather", GIFTS, by=TREASURER, earmark="general", through=DAY)
    marked(office, "donation.refund", "donation:d-1", by=FUNDRAISER, amount=fen(30))
    refused = marked(office, "donation.refund", "donation:d-0", by=FUNDRAISER, amount=fen(20))
    marked(office, "proposal.reject", refused["proposed"], by=TREASURER, reason=ODD)


def bodies(office: Office) -> None:
    """Enter persons in registers, and open a refuge."""
    marked(office, "veteran.receive", VETERAN, by=CLERK, person=PERSONS[2], category=ODD,
           cohort=2007)  # fmt: skip
    marked(office, "worker.register", WORKER, by=REGISTRAR, person=PERSONS[3])
    marked(office, "worker.grade", WORKER, by=REGISTRAR, grade=ODD)
    marked(office, "honour.confer", "honour:h", by=CLERK, award="model", level="city",
           recipient=PERSONS[4])  # fmt: skip
    office.send("entry.open", "entry:plain", by=CLERK, register_="charity-shop", title="店",
                area=AREA, links=["community-1"])  # fmt: skip
    marked(office, "entry.open", "entry:e", by=CLERK, register_="charity-shop", title="站",
           area=AREA, links=[PERSONS[5]])  # fmt: skip
    home: dict[str, Any] = {
        "body": "organisation:x",
        "area": AREA,
        "beds": {"value": 9, "unit": "bed"},
    }
    office.send("facility.open", "facility:home", by=CLERK, kind="elder-home", title="院",
                **home)  # fmt: skip
    marked(office, "facility.open", REFUGE, by=CLERK, kind="refuge", title=f"{MARK}所",
           **home)  # fmt: skip
    marked(office, "placement.admit", PLACEMENT, by=CLERK, kind="elder-home", area=AREA,
           person=PERSONS[5], facility="facility:home")  # fmt: skip
    marked(office, "registration.enter", "registration:m", by=REGISTRAR, kind="marriage",
           office_="罗湖", area=AREA)  # fmt: skip
    marked(office, "registration.annul", "registration:m", by=REGISTRAR, reason=ODD)
