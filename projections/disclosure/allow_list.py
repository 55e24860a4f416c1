"""What the public sees of each topic; what no list names shows nothing but a commitment."""

from __future__ import annotations

from typing import NamedTuple


class Shown(NamedTuple):
    """What the public sees of a topic: these of its words; whether its reasons; its postings."""

    fields: tuple[str, ...]
    reasons: bool = True
    postings: bool = True


def shown(fields: str = "", **more: bool) -> Shown:
    """List the fields of a topic."""
    return Shown(tuple(fields.split()), **more)


def withheld(fields: str = "") -> Shown:
    """List the fields of a topic that may be about one person."""
    return shown(fields, reasons=False, postings=False)


REVERSED = shown("of original_topic")
OPEN: dict[str, Shown] = {
    "area.opened": shown("title level parent code"),
    "area.moved": shown("title level parent code"),
    "area.closed": shown(),
    "campaign.filed": shown("title permit fund starts ends goal"),
    "campaign.started": shown(),
    "campaign.ended": shown(),
    "contract.signed": shown("body project programme purpose fund earmark amount posts from until"),
    "contract.month-confirmed": shown("month units outcomes programme"),
    "contract.paid": shown("month amount fund earmark programme"),
    "contract.evaluated": shown("grade"),
    "contract.ended": shown("released"),
    "contract.reversed": REVERSED,
    # A donated service is told in free words, which may name its donor: they stay inside.
    # The number of a receipt opens its page: only who holds the receipt knows it.
    "donation.pledged": shown("fund earmark amount goods campaign", reasons=False),
    "donation.received": shown(
        "fund earmark amount goods campaign name_shown keeper", reasons=False
    ),
    "donation.receipted": shown(reasons=False),
    "donation.refunded": shown("fund earmark amount ungathered remaining state", reasons=False),
    "donation.reversed": shown("of original_topic", reasons=False),
    "entry.opened": shown("register title area links"),
    "entry.brought-in": shown("register title area links"),
    "entry.changed": shown("title area links"),
    "entry.ended": shown(),
    "facility.planned": shown("title kind body area beds"),
    "facility.opened": shown("title kind body area beds"),
    "facility.brought-in": shown("title kind body area beds"),
    "facility.resized": shown("kind beds"),
    "facility.closed": shown("kind"),
    "fund.opened": shown("title kind basis keeper purposes"),
    "fund.brought-in": shown("amount earmark as_stated_in"),
    "fund.received": shown("amount earmark source document class"),
    "fund.allotted": shown("amount earmark source document class"),
    "fund.gathered": shown("amount earmark through"),
    "fund.committed": shown("amount earmark to purpose class"),
    "fund.uncommitted": shown("amount earmark of"),
    "fund.recovered": shown("amount earmark source"),
    "fund.refunded": shown("amount earmark cause", reasons=False),
    "fund.sale-received": shown("amount earmark cause"),
    "fund.sale-returned": shown("amount earmark cause"),
    "fund.carried-over": shown("from_earmark to_earmark amount"),
    "fund.surrendered": shown("amount earmark to"),
    "fund.transferred": shown("amount earmark to_fund to_earmark purpose"),
    "fund.transfer-received": shown("amount earmark from_fund from_earmark purpose"),
    "fund.purpose-changed": shown("purposes consent"),
    "fund.reversed": REVERSED,
    "goods.issued": shown("fund earmark programme goods"),
    "goods.sold": shown("fund earmark goods amount"),
    "goods.valued": shown("amount method source of fund"),
    "goods.reversed": REVERSED,
    "grant.applied": shown("body project programme purpose title area amount"),
    "grant.awarded": shown("shares awarded round body project programme area"),
    "grant.paid": shown("fund earmark amount instalment"),
    "grant.accounted": shown("amount shares programme"),
    "grant.given-back": shown("amount shares"),
    "grant.closed": shown("shares"),
    "grant.reversed": REVERSED,
    "honour.conferred": shown("award level recipient"),
    "honour.withdrawn": shown("award level recipient"),
    "lottery.sales-reported": shown("day amount"),
    "lottery.extracted": shown("month amount"),
    "lottery.remitted": shown("month amount"),
    "lottery.reversed": REVERSED,
    "organisation.registered": shown("title kind activity area credit_code body"),
    "organisation.recorded": shown("title kind activity area credit_code body"),
    "organisation.brought-in": shown("title kind activity area credit_code body"),
    "organisation.changed": shown("title kind activity area credit_code body"),
    "organisation.report-filed": shown("year"),
    "organisation.deregistered": shown(),
    "organisation.revoked": shown(),
    # The digest of the lines stays inside: of a short run they could be guessed from it.
    "pay-run.drawn-up": shown(
        "scheme programme purpose month fund earmark roll_at count persons total held_back"
    ),
    "pay-run.reviewed": shown(),
    "pay-run.approved": shown(),
    "pay-run.chunk-released": shown("scheme month"),
    "pay-run.released": shown("paid paid_persons paid_amount held_lines"),
    "pay-run.settled": shown("returned_lines returned_amount"),
    # What links two payments of one person stays inside: what a recovery names, and
    # payment.overpaid as a whole, since those of one recovery stand side by side in the log.
    "payment.made": withheld("run scheme programme fund earmark month"),
    "payment.returned": withheld("run programme fund earmark"),
    "payment.reissued": withheld("run programme fund earmark"),
    "payment.written-back": withheld("run programme fund earmark"),
    "payment.supplemented": withheld("run"),
    "period.soft-closed": shown("through"),
    "period.closed": shown("through"),
    "period.reopened": shown("through"),
    "project.opened": shown("title programme purpose"),
    "recovery.established": withheld(),
    "recovery.received": withheld(),
    "recovery.written-off": withheld(),
    "relief.applied": withheld("fund earmark programme purpose"),
    "relief.decided": withheld(),
    "relief.paid": withheld("fund earmark programme"),
    "rule.enacted": shown("rule amount from"),
    "rule.reversed": REVERSED,
    "scheme.adopted": shown(
        "title programme purpose per pays formula excludes follows after_death_months rates"
    ),
    "scheme.rate-set": shown("programme area tier from amount"),
    "statement.recorded": shown("figure keeper value qualifier scope period source published_on"),
    "statement.reversed": REVERSED,
    "tally.reported": shown("measure count base qualifier area from to"),
    "tally.reversed": REVERSED,
}
# Said of one person's money, whatever the list of its topic allows.
ONE_PERSON = withheld("earmark to of purpose class original_topic")
