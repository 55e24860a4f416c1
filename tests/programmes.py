"""The programmes that the two reports name, each with a command that tells it and where it is seen.

The rows are those of the table in docs/programmes.md. Two tests hold them: that they occur in the
golden year or the plan of 2012, and that each is told and seen over HTTP.
"""

from __future__ import annotations

from typing import NamedTuple


class Programme(NamedTuple):
    """A programme: its name, a command with a word of its body, and the address that shows it."""

    name: str
    command: str
    field: str
    word: str
    seen: str
    # What on the year's page leads there; nothing for what the chapter's registers link.
    figure: str = ""


def paid_by_runs(name: str, scheme: str) -> Programme:
    """Return a programme that pays by the runs of a scheme."""
    seen = f"/open/v1/pay-runs?scheme=scheme:{scheme}"
    return Programme(name, "pay-run.draw-up", "scheme", f"scheme:{scheme}", seen)


def relief(name: str, programme: str) -> Programme:
    """Return a programme that helps persons case by case; few of them are not told in public."""
    seen = f"/v1/balances?account=spent:*:*:{programme}"
    return Programme(name, "relief.pay", "programme", programme, seen, "hospice.persons")


def grant(name: str, programme: str) -> Programme:
    """Return a programme that grants money to bodies."""
    seen = f"/open/v1/grants?programme={programme}"
    return Programme(name, "grant.award", "programme", programme, seen)


def contract(name: str, programme: str) -> Programme:
    """Return a programme that buys a service."""
    seen = f"/open/v1/contracts?programme={programme}"
    return Programme(name, "contract.sign", "programme", programme, seen)


def placement(name: str, kind: str, figure: str) -> Programme:
    """Return a programme that takes persons in; its rows are the office's."""
    return Programme(name, "placement.admit", "kind", kind, f"/v1/placements?kind={kind}", figure)


def entry(name: str, register: str) -> Programme:
    """Return a programme that is a plain register."""
    return Programme(
        name, "entry.open", "register", register, f"/open/v1/entries?register={register}"
    )


def told(name: str, command: str, seen: str, *word: str, figure: str = "") -> Programme:
    """Return a programme that one command tells, perhaps by a word of its body."""
    field, said = (*word, "", "")[:2]
    return Programme(name, command, field, said, seen, figure)


PROGRAMMES = (
    paid_by_runs("低保", "dibao"),
    paid_by_runs("物价补贴", "price-subsidy"),
    paid_by_runs("居家养老补助", "home-care"),
    paid_by_runs("高龄津贴", "old-age"),
    paid_by_runs("抚恤补助", "veterans-pension"),
    paid_by_runs("床位补贴", "bed-subsidy"),
    paid_by_runs("自谋职业一次性补助金", "self-employment"),
    paid_by_runs("少儿保险、住院医疗保险", "inpatient-insurance"),
    paid_by_runs("职业技能培训资助", "skills-training"),
    paid_by_runs("基本殡葬服务保障", "funeral-basic"),
    relief("临时救助", "temporary-relief"),
    relief("劳务工关爱基金", "migrant-care"),
    relief("临终关怀", "hospice"),
    relief("慈善医疗救助", "charity-medical"),
    grant("民办福利机构资助", "welfare-bodies"),
    grant("老有所乐", "elders-joy"),
    grant("老有所学", "elders-learning"),
    grant("公园老年文化活动", "park-culture"),
    grant("固本强基社区建设项目", "community-building"),
    grant("福利公益金项目", "orphans-care"),
    grant("行业协会专项经费", "industry-associations"),
    grant("孵化基地", "incubation"),
    contract("社工岗位、社工项目", "social-work"),
    contract("社区服务中心", "service-centre"),
    contract("香港督导", "social-work-supervision"),
    contract("亲情通", "care-line"),
    told("福利彩票销量", "lottery.report-sales", "/open/v1/lottery-reports"),
    told("公益金提取", "lottery.extract", "/open/v1/lottery-reports"),
    told("公益金上缴", "lottery.remit", "/open/v1/lottery-reports"),
    told("捐款", "donation.receive", "/open/v1/donations", "amount"),
    told("衣被", "donation.receive", "/open/v1/donations", "goods"),
    told("捐赠服务", "donation.receive", "/open/v1/donations", "service"),
    told("捐赠承诺", "donation.pledge", "/open/v1/donations"),
    told("捐赠票据", "donation.receipt", "/open/v1/donations"),
    told("冠名基金", "fund.open", "/open/v1/funds?kind=named", "kind", "named"),
    told("公开募捐", "campaign.file", "/open/v1/campaigns"),
    told("慈善榜", "honour.confer", "/open/v1/honours?award=charity-list", "award", "charity-list"),
    placement("救助站", "shelter", "shelter.assisted"),
    placement("家庭暴力庇护中心", "refuge", "shelter.assisted"),
    placement("儿童临时托管站", "child-care", "shelter.assisted"),
    placement("养老机构", "elder-home", "private-homes.beds"),
    placement("日间照料", "day-care", "private-homes.beds"),
    placement("军休干部", "retired-officer", "retired-officers.total"),
    told("退役士兵安置", "veteran.place", "/v1/veterans", figure="veterans.placed-rate"),
    told("社会组织登记", "organisation.register", "/open/v1/organisations?state=registered"),
    told("社会组织备案", "organisation.record", "/open/v1/organisations?state=recorded"),
    told("社工机构", "organisation.register", "/open/v1/organisations?activity=social-work",
         "activity", "social-work"),
    told("社会工作者", "worker.appoint", "/v1/workers", figure="social-work.staff"),
    told("结婚登记", "registration.enter", "/v1/registrations?kind=marriage", "kind", "marriage",
         figure="marriage.registered"),
    told("离婚登记", "registration.enter", "/v1/registrations?kind=divorce", "kind", "divorce",
         figure="marriage.divorced"),
    entry("社区工作站", "community-station"),
    entry("慈善超市", "charity-shop"),
    entry("慈善教育基地", "education-base"),
    entry("慈善教育项目", "education-project"),
    told("平安和谐社区", "honour.confer", "/open/v1/honours?award=harmonious-community",
         "award", "harmonious-community"),
    told("退役类别", "veteran.receive", "/v1/veterans", "category", figure="veterans.received"),
    told("区划", "area.move", "/open/v1/areas"),
    told("他方数据", "statement.record", "/open/v1/statements"),
    told("军供站", "tally.report", "/open/v1/tallies?measure=supply-station",
         "measure", "supply-station"),
)  # fmt: skip
