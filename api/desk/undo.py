"""What takes an act back: never a deletion, always a new act, which a receipt offers filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from api.commands.schemas import SCHEMAS
from api.desk.command_form import roles_of
from domain import EVENTS
from domain.kernel.reversals import Reversal, can_undo

REVERSE = "event.reverse"
# Acts that another command on the same subject takes back.
TAKEN_BACK_BY: Mapping[str, str] = {
    "household.joined": "household.withdraw-join",
    "household.left": "household.withdraw-leave",
    "person.death-reported": "person.withdraw-death",
    "entitlement.stopped": "entitlement.withdraw",
    "entitlement.suspended": "entitlement.withdraw",
    "relief.applied": "relief.withdraw",
    "relief.decided": "relief.reject",
    "pay-run.drawn-up": "pay-run.cancel",
    "role.granted": "role.withdraw",
    "webhook.added": "webhook.remove",
    "honour.conferred": "honour.withdraw",
}
REVERSIBLE = frozenset(
    event.TOPIC
    for event in EVENTS.values()
    if can_undo(event) and not issubclass(event, Reversal)  # type: ignore[arg-type]
)


class Undoing(NamedTuple):
    """A command that takes an event back: the address of its form, who may, the reader too."""

    command: str
    topic: str
    link: str
    roles: tuple[str, ...]
    is_open: bool


def of_receipt(receipt: Mapping[str, Any], roles: frozenset[str]) -> Iterator[Undoing]:
    """Give what takes back the events of a receipt; `roles` are the reader's."""
    seen = set()
    for event in receipt["events"]:
        topic, subject = str(event["topic"]), str(event["subject"])
        if topic in TAKEN_BACK_BY:
            command, filled = TAKEN_BACK_BY[topic], {"subject": subject}
            if command == "entitlement.withdraw":
                filled["what.of"] = event["position"]
        elif topic in REVERSIBLE and subject.partition(":")[0] in SCHEMAS[REVERSE]:
            command, filled = REVERSE, {"subject": subject, "what.of": event["position"]}
        else:
            continue
        if (command, subject, topic) not in seen:
            seen.add((command, subject, topic))
            link = f"/desk/commands/{command}?{urlencode(filled, safe=':')}"
            may = roles_of(command)
            yield Undoing(command, topic, link, tuple(sorted(may)), bool(may & roles))
