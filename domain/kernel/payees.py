"""Bodies that are paid or entrusted with something (收款机构): one that has ended is not."""

from __future__ import annotations

from domain.kernel.aggregate import Act
from domain.kernel.refusals import Refused
from domain.kernel.unit import Unit


class BodyEnded(Refused):
    """A body that is no more is promised, paid and entrusted with nothing."""

    CODE, ZH, EN = "body-ended", "机构已注销或撤销", "The body has ended"
    SAYS = "{body} ended on {ended}: from that day on nothing is promised, paid or entrusted to it"


def require_body(act: Act, unit: Unit, subject: str, body: str | None) -> None:
    """Refuse what is promised, paid or entrusted to a body that had ended by the day of the act.

    A body that is not in the register is no concern of this rule.
    """
    ended = unit.bodies.ended_on(body) if body else None
    if ended is not None and act.on >= ended:
        raise BodyEnded(subject, body=body, ended=ended)
