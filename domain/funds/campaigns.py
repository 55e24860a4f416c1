"""Public fundraising campaigns (公开募捐活动): filed, started, ended."""

from __future__ import annotations

from datetime import date, timedelta

from domain.funds.funds import Fund
from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.disclosure import public
from domain.kernel.ids import FundId, Text
from domain.kernel.life_cycles import LifeCycle
from domain.kernel.money import Fen
from domain.kernel.refusals import Malformed, PlanNotFiled, WrongState
from domain.kernel.unit import Unit

# 慈善法 24 and its guideline: the plan is filed so long before the campaign starts.
NOTICE = timedelta(days=10)


class Campaign(Aggregate):
    """One campaign for one fund, on a permit."""

    KIND = "campaign"
    COLLECTION = "campaigns"
    ORDER, PUBLIC_ORDER = 100, 30
    LIFE = LifeCycle(begins=("campaign.filed",), ends=("campaign.ended",))

    def __init__(self, subject: str) -> None:
        """Start unfiled."""
        super().__init__(subject)
        self.state = ""
        self.fund = ""
        self.filed_on = date.max
        self.starts = date.max
        self.ends = date.max
        self.started_on = date.max

    @command(roles=("fundraiser",), opens=True)
    def file(
        self,
        act: Act,
        unit: Unit,
        *,
        title: Text,
        permit: Text,
        fund: FundId,
        starts: date,
        ends: date,
        goal: Fen | None = None,
    ) -> None:
        """File the plan (备案)."""
        if ends < starts:
            raise Malformed(self.id, "a campaign ends after it starts", "/what/ends")
        unit[Fund, fund].require_open(act)
        self.record(
            CampaignFiled,
            act,
            title=title,
            permit=permit,
            fund=fund,
            starts=starts,
            ends=ends,
            goal=goal,
        )

    @command(roles=("fundraiser",))
    def start(self, act: Act) -> None:
        """Start to raise, ten days after the filing at the earliest."""
        if self.state != "filed":
            raise WrongState(self.id, "wrong-stage", state=self.state, states=("filed",))
        earliest = self.filed_on + NOTICE
        if min(self.starts, act.on) < earliest:
            raise PlanNotFiled(
                self.id,
                "filed on {filed}, it starts on {earliest} or later",
                filed=self.filed_on,
                earliest=earliest,
            )
        if not self.starts <= act.on <= self.ends:
            raise WrongState(
                self.id, "outside-its-term", day=act.on, first=self.starts, last=self.ends
            )
        self.record(CampaignStarted, act)

    @command(roles=("fundraiser",))
    def end(self, act: Act) -> None:
        """End it."""
        if self.state != "started":
            raise WrongState(self.id, "wrong-stage", state=self.state, states=("started",))
        if act.on < self.started_on:
            raise WrongState(self.id, "out-of-order", since=self.started_on)
        self.record(CampaignEnded, act)


class CampaignFiled(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The plan was filed."""

    TOPIC = "campaign.filed"
    PUBLIC = public("title permit fund starts ends goal")
    STATE = "filed"

    title: str
    permit: str
    fund: str
    starts: date
    ends: date
    goal: Fen | None = None

    def apply(self, campaign: Campaign) -> None:
        """Keep the plan's days."""
        campaign.state = self.STATE
        campaign.fund = self.fund
        campaign.filed_on = self.act.on
        campaign.starts = self.starts
        campaign.ends = self.ends


class CampaignStarted(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Raising began."""

    TOPIC = "campaign.started"
    PUBLIC = public()
    STATE = "started"

    def apply(self, campaign: Campaign) -> None:
        """Set the state."""
        campaign.state = self.STATE
        campaign.started_on = self.act.on


class CampaignEnded(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Raising is over."""

    TOPIC = "campaign.ended"
    PUBLIC = public()
    STATE = "ended"

    def apply(self, campaign: Campaign) -> None:
        """Set the state."""
        campaign.state = self.STATE
