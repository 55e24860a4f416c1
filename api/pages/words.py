"""The words of the pages in both languages; where a word is missing, the code word stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from api.http.language import Language

Pair: TypeAlias = tuple[str, str]
Words: TypeAlias = Mapping[str, Pair]

CLASSES: Words = {
    "out": ("来源", "source"),
    "received": ("到账未归集", "donated, not yet gathered"),
    "available": ("可用", "available"),
    "committed": ("已承诺", "committed"),
    "advanced": ("已拨未报账", "advanced, not accounted for"),
    "returned": ("退回待处理", "returned by the bank"),
    "owed": ("待追缴", "to be recovered"),
    "spent": ("已支出", "spent"),
    "lost": ("核销损失", "written off"),
    "passed_on": ("上缴或转出", "given back or passed on"),
    "stock": ("库存物资", "goods in store"),
    "issued": ("已发物资", "goods given out"),
}
FUND_KINDS: Words = {
    "fiscal": ("财政资金", "fiscal money"),
    "lottery": ("福利彩票公益金", "lottery public-welfare fund"),
    "charity": ("慈善资金", "charity fund"),
    "named": ("冠名基金", "named fund"),
    "care": ("关爱基金", "care fund"),
}
BASES: Words = {
    "cash": ("现金（到账）", "cash received"),
    "allotment": ("指标（预算授权）", "authority to spend"),
}
# Bodies that keep funds and are in no register of their own.
BODIES: Words = {
    "organisation:civil-affairs-bureau": ("市民政局", "the civil affairs bureau"),
    "organisation:charity-federation": ("市慈善会", "the charity federation"),
}
PURPOSES: Words = {
    "aid-elderly": ("扶老", "the elderly"),
    "aid-disabled": ("助残", "the disabled"),
    "aid-orphans": ("救孤", "orphans"),
    "aid-poor": ("济困", "the poor"),
    "veterans": ("优抚安置", "veterans"),
    "community": ("社区建设", "community"),
    "charity-other": ("其他慈善", "other charity"),
}
SOURCES: Words = {
    "fiscal": ("财政拨款", "public budget"),
    "lottery": ("福利彩票", "welfare lottery"),
    "donors": ("社会捐赠", "donors"),
    "interest": ("利息", "interest"),
    "opening": ("期初余额", "held before this ledger"),
    "surrendered": ("上缴", "given back"),
    "sales": ("物资变卖", "goods sold"),
}
QUALIFIERS: Words = {
    "exact": ("准确", "exact"),
    "nearly": ("近", "nearly"),
    "more than": ("多于", "more than"),
    "about": ("约", "about"),
}
FIGURE_KINDS: Words = {
    "flow": ("期间数", "flow"),
    "stock": ("时点数", "stock"),
    "rate": ("比率", "rate"),
    "difference": ("增减", "difference"),
    "rule": ("标准", "rule"),
}
FIGURE_BASES: Words = {
    "events": ("本账事件", "events of this ledger"),
    "tally": ("工作量统计", "counted work"),
    "statement": ("引用数据", "statement of others"),
    "rule": ("现行标准", "rule in force"),
    "mixed": ("事件与引用", "events and statements"),
}
ROLES: Words = {
    "value": ("数值", "value"),
    "numerator": ("分子", "numerator"),
    "denominator": ("分母", "denominator"),
    "minus": ("减", "minus"),
}
UNITS: Words = {
    "fen": ("分", "fen"),
    "person": ("人", "persons"),
    "person-time": ("人次", "person-times"),
    "person-month": ("人月", "person-months"),
    "household": ("户", "households"),
    "couple": ("对", "couples"),
    "organisation": ("家", "organisations"),
    "project": ("个项目", "projects"),
    "post": ("个岗位", "posts"),
    "year": ("岁", "years"),
    "bed": ("张床位", "beds"),
    "station": ("个工作站", "stations"),
    "committee": ("个居委会", "committees"),
    "community": ("个社区", "communities"),
    "outlet": ("家门店", "outlets"),
    "site": ("处", "sites"),
    "hour": ("小时", "hours"),
    "item:clothing": ("件衣被", "pieces of clothing"),
    "fen/person-month": ("分/人月", "fen per person and month"),
    "percent": ("%", "%"),
}
STATES: Words = {
    "open": ("开设", "open"),
    "applied": ("已申请", "applied"),
    "awarded": ("已立项", "awarded"),
    "closed": ("已结", "closed"),
    "granted": ("已授予", "granted"),
}
PROGRAMMES: Words = {
    "dibao": ("低保", "Subsistence allowance (dibao)"),
    "price-subsidy": ("物价补贴", "Price subsidy"),
    "home-care": ("居家养老", "Home care"),
    "hospice": ("临终关怀", "End-of-life care"),
    "migrant-care": ("劳务工关爱", "Migrant workers' care"),
    "veterans-pension": ("抚恤补助", "Veterans' pension"),
    "old-age": ("高龄津贴", "Old-age allowance"),
    "welfare-bodies": ("民办福利机构资助", "Grants to private welfare bodies"),
    "elders-joy": ("老有所乐", "Community culture for elders"),
    "lottery": ("福利彩票", "Welfare lottery"),
    "charity": ("慈善募集", "Charity"),
    "elders-learning": ("老有所学", "Learning for elders"),
    "park-culture": ("公园老年文化活动", "Elders' culture in parks"),
    "disabled-recovery": ("残疾人康复", "Recovery of the disabled"),
    "orphans-care": ("孤残儿童养育", "Care of orphans"),
    "poor-students": ("济困助学", "Help for poor students"),
    "charity-education": ("慈善教育", "Charity education"),
    "community-building": ("固本强基社区建设", "Community building"),
    "bed-subsidy": ("床位补贴", "Bed subsidy"),
    "self-employment": ("自谋职业补助", "Self-employment settlement"),
    "inpatient-insurance": ("住院医疗保险", "Inpatient insurance"),
    "temporary-relief": ("临时救助", "Temporary aid"),
    "social-work": ("社会工作", "Social work"),
    "social-work-supervision": ("社工督导", "Supervision of social work"),
    "shelter": ("救助管理", "Shelter and assistance"),
    "refuge": ("庇护", "Refuge"),
    "private-homes": ("民办养老机构", "Private homes"),
    "care-line": ("亲情通", "Care line"),
    "free-travel": ("老年人免费乘车", "Free travel"),
    "charity-shops": ("慈善超市", "Charity supermarket"),
    "charity-medical": ("慈善医疗救助", "Medical aid by charity"),
    "clothing-aid": ("衣被捐助", "Clothing given out"),
    "community-stations": ("社区工作站", "Community stations"),
    "harmonious-community": ("平安和谐社区", "Harmonious communities"),
    "community-staff": ("社区人才", "Community staff"),
    "veterans": ("退役安置", "Discharged soldiers"),
    "supply-station": ("军供站", "Military supply station"),
    "retired-officers": ("军休干部", "Retired officers"),
    "organisations": ("社会组织", "Social organisations"),
    "industry-associations": ("行业协会发展", "Trade associations"),
    "incubation": ("社会组织孵化", "Incubation of bodies"),
    "skills-training": ("职业技能培训", "Vocational training"),
    "marriage": ("婚姻登记", "Marriage registration"),
    "funeral": ("殡葬", "Funerals"),
}
SCOPES: Words = {
    "city": ("全市", "the city"),
    "city federation": ("市慈善会", "the city charity federation"),
    "city finance": ("市财政", "the city's own budget"),
    "whole civil-affairs system": ("全市民政系统", "the whole civil-affairs system"),
    "dibao recipients": ("低保对象", "recipients of dibao"),
    "of those received": ("所接收的退役士兵", "of those received"),
    "Shenzhen and Heyuan": ("深圳和河源", "Shenzhen and Heyuan"),
    "from the beginning": ("自建账起", "from the beginning of the books"),
}


def word(words: Words, name: str, language: Language) -> str:
    """Return a word; what is not listed stands for itself."""
    pair = words.get(name)
    return name if pair is None else pair[language == "en"]
