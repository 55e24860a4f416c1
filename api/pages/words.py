"""The words of the pages in both languages; where a word is missing, the code word stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from api.language import Language

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
NOUNS: Words = {
    "fund": ("资金", "fund"),
    "campaign": ("募捐活动", "campaign"),
    "donation": ("捐赠", "donation"),
    "project": ("项目", "project"),
    "grant": ("资助", "grant"),
    "scheme": ("补助政策", "scheme"),
    "household": ("家庭", "household"),
    "person": ("人员", "person"),
    "entitlement": ("待遇", "entitlement"),
    "pay-run": ("发放批次", "pay run"),
    "payment": ("发放", "payment"),
    "relief": ("临时救助", "relief"),
    "recovery": ("追缴", "recovery"),
    "area": ("区划", "area"),
    "rule": ("标准", "rule"),
    "lottery": ("福利彩票", "lottery"),
    "statement": ("引用数据", "statement"),
    "role": ("角色", "role"),
    "period": ("会计期间", "period"),
    "organisation": ("社会组织", "organisation"),
}
VERBS: Words = {
    "opened": ("设立", "opened"),
    "brought-in": ("期初建账", "brought in"),
    "received": ("到账", "received"),
    "allotted": ("指标下达", "allotted"),
    "gathered": ("归集", "gathered"),
    "committed": ("承诺", "committed"),
    "uncommitted": ("解除承诺", "uncommitted"),
    "recovered": ("收回", "recovered"),
    "refunded": ("退还", "refunded"),
    "carried-over": ("结转", "carried over"),
    "surrendered": ("上缴", "surrendered"),
    "transferred": ("转出", "transferred"),
    "transfer-received": ("转入", "transfer received"),
    "purpose-changed": ("变更用途", "purpose changed"),
    "reversed": ("红字冲正", "reversed"),
    "filed": ("备案", "filed"),
    "started": ("开始", "started"),
    "ended": ("结束", "ended"),
    "pledged": ("承诺捐赠", "pledged"),
    "receipted": ("开具票据", "receipted"),
    "applied": ("申请", "applied"),
    "awarded": ("立项", "awarded"),
    "paid": ("拨付", "paid"),
    "accounted": ("报账", "accounted for"),
    "given-back": ("退回", "given back"),
    "closed": ("结项", "closed"),
    "adopted": ("采用", "adopted"),
    "rate-set": ("确定标准", "rate set"),
    "formed": ("立户", "formed"),
    "joined": ("加入", "joined"),
    "left": ("离开", "left"),
    "registered": ("登记", "registered"),
    "death-reported": ("报告死亡", "death reported"),
    "erased": ("删除身份资料", "erased"),
    "assessed": ("核对", "assessed"),
    "publicised": ("公示", "publicised"),
    "granted": ("授予", "granted"),
    "adjusted": ("调整", "adjusted"),
    "suspended": ("中止", "suspended"),
    "resumed": ("恢复", "resumed"),
    "stopped": ("停发", "stopped"),
    "drawn-up": ("造册", "drawn up"),
    "reviewed": ("复核", "reviewed"),
    "approved": ("审批", "approved"),
    "chunk-released": ("放款（分批）", "chunk released"),
    "released": ("放款", "released"),
    "settled": ("核销", "settled"),
    "made": ("发放", "made"),
    "returned": ("退票", "returned"),
    "reissued": ("补发", "reissued"),
    "written-back": ("冲回", "written back"),
    "supplemented": ("补差", "supplemented"),
    "decided": ("审批", "decided"),
    "established": ("认定", "established"),
    "written-off": ("核销", "written off"),
    "moved": ("划转", "moved"),
    "enacted": ("实施", "enacted"),
    "sales-reported": ("报告销量", "sales reported"),
    "extracted": ("提取公益金", "extracted"),
    "remitted": ("上缴公益金", "remitted"),
    "recorded": ("记录", "recorded"),
    "withdrawn": ("收回", "withdrawn"),
    "soft-closed": ("初结", "soft-closed"),
    "reopened": ("重开", "reopened"),
}
FIELDS: Words = {
    "id": ("编号", "id"),
    "title": ("名称", "title"),
    "kind": ("种类", "kind"),
    "basis": ("资金性质", "basis"),
    "keeper": ("保管单位", "keeper"),
    "purposes": ("允许用途", "purposes"),
    "purpose": ("用途", "purpose"),
    "amount": ("金额", "amount"),
    "earmark": ("资金口径", "earmark"),
    "source": ("来源", "source"),
    "document": ("文号", "document"),
    "to": ("承诺对象", "to"),
    "of": ("对象", "of"),
    "cause": ("起因", "cause"),
    "programme": ("项目类别", "programme"),
    "project": ("项目", "project"),
    "fund": ("资金", "fund"),
    "scheme": ("补助政策", "scheme"),
    "area": ("区划", "area"),
    "month": ("月份", "month"),
    "persons": ("人数", "persons"),
    "households": ("户数", "households"),
    "count": ("笔数", "count"),
    "total": ("合计", "total"),
    "tier": ("档次", "tier"),
    "authority": ("依据", "authority"),
    "reason": ("理由", "reason"),
    "on": ("发生日", "on"),
    "booked": ("入账日", "booked"),
    "by": ("经办人", "by"),
    "body": ("单位", "body"),
    "shares": ("资金安排", "shares"),
    "through": ("截止日", "through"),
    "level": ("级别", "level"),
    "parent": ("上级", "parent"),
    "code": ("行政区划代码", "code"),
    "rule": ("标准", "rule"),
    "from": ("起始日", "from"),
    "until": ("截止日", "until"),
    "donor": ("捐赠人", "donor"),
    "campaign": ("募捐活动", "campaign"),
    "figure": ("指标", "figure"),
    "value": ("数值", "value"),
    "scope": ("范围", "scope"),
    "period": ("期间", "period"),
    "published_on": ("发布日", "published on"),
    "commitment": ("存证", "commitment"),
    "reverses": ("冲正", "reverses"),
    "day": ("日期", "day"),
    "state": ("状态", "state"),
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
}
SCOPES: Words = {
    "city": ("全市", "the city"),
    "city federation": ("市慈善会", "the city charity federation"),
    "city finance": ("市财政", "the city's own budget"),
    "whole civil-affairs system": ("全市民政系统", "the whole civil-affairs system"),
    "from the beginning": ("自建账起", "from the beginning of the books"),
}


def word(words: Words, name: str, language: Language) -> str:
    """Return a word; what is not listed stands for itself."""
    pair = words.get(name)
    return name if pair is None else pair[language == "en"]


def topic(name: str, language: Language) -> str:
    """Say a topic (`fund.committed`, perhaps with a version) as a heading."""
    noun, _, rest = name.partition(".")
    verb = rest.partition(".")[0]
    said = (word(NOUNS, noun, language), word(VERBS, verb, language))
    return " ".join(said).capitalize() if language == "en" else " · ".join(said)
