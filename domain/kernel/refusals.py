"""Every refusal, by name. A refusal names the broken rule and carries its numbers."""

from __future__ import annotations

from typing import ClassVar

from domain.kernel.rules import RULES
from domain.kernel.sentences import CountedPart, Failure, Telling


class Refused(Failure):
    """A rule said no.

    Whole numbers among the parts of the sentence are quantities, in fen unless the class names
    another UNIT; positions, years and counts of other things are given as text.
    """

    STATUS: ClassVar[int] = 409
    UNIT: str = "fen"

    def __init__(self, subject: str, text: str = "", /, **parts: object) -> None:
        """Say which subject refuses, why, and with which numbers."""
        self.subject = subject
        self.numbers = {name: part for name, part in parts.items() if type(part) is int}
        counted = {name: CountedPart(number, self.UNIT) for name, number in self.numbers.items()}
        super().__init__(text, **parts | counted)

    def tell(self, telling: Telling) -> str:
        """Tell it after its subject."""
        return ": ".join(filter(None, (self.subject, telling(self.sentence))))


class InsufficientFund(Refused):
    """A fund never promises, and an account never gives, more than it holds."""

    CODE, ZH, EN = "insufficient-fund", "资金余额不足", "The fund does not hold enough"
    SAYS = "{wanted} is wanted, {available} is available under earmark {earmark}"


class PurposeNotAllowed(Refused):
    """Money is committed only to a purpose the fund allows on that day."""

    CODE, ZH, EN = "purpose-not-allowed", "用途不符", "The fund does not allow this purpose"
    SAYS = "{purpose} is not among {allowed}"


class EarmarkMismatch(Refused):
    """An earmark's wish is kept."""

    CODE, ZH, EN = "earmark-mismatch", "资金口径不符", "The earmark does not fit"


class CommitmentExceeded(Refused):
    """A payer never pays more than was committed to it."""

    CODE, ZH, EN = "commitment-exceeded", "超出承诺金额", "More than was committed"
    SAYS = "{wanted} is wanted, {committed} is committed to {to}"


class MakerIsChecker(Refused):
    """Who made a thing does not check it."""

    CODE, ZH, EN = "maker-is-checker", "经办人不得复核", "Maker and checker are one person"


class DutiesConflict(Refused):
    """Raising, using and supervising charity money are kept apart."""

    CODE, ZH, EN = "duties-conflict", "职责冲突", "These duties exclude each other"


class PeriodClosed(Refused):
    """A closed period takes no posting booked in it."""

    CODE, ZH, EN = "period-closed", "会计期间已结账", "The period is closed"
    SAYS = "the books are {state} through {through}: book on a later day"

    @classmethod
    def reported(cls, closing: str) -> PeriodClosed:
        """Make it of what the log's own function says: `closed through 2007-12-31`."""
        state, _, through = closing.partition(" through ")
        return cls("", state=state, through=through)


class NotYet(Refused):
    """No act on money is dated after the day on which it is recorded."""

    CODE, ZH, EN = "not-yet", "日期未到", "The day has not come"
    SAYS = "{day} has not come, today is {today}: name today or an earlier day"


class AlreadyTold(Refused):
    """One thing is told once."""

    CODE, ZH, EN = "already-told", "已登记过", "It is told already"
    SAYS = "{first} says the same: correct that one, or give act.reason if both are true"


class BeforeItsCause(Refused):
    """An act does not lie before what it acts on."""

    CODE, ZH, EN = "before-its-cause", "早于其依据", "Before what it acts on"
    SAYS = "what it acts on is dated {since}: name that day or a later one, in on and in booked"


class SecondPersonNeeded(Refused):
    """Some acts need a second person."""

    CODE, ZH, EN = "second-person-needed", "须由第二人办理", "A second person is needed"


class AlreadyExists(Refused):
    """A thing is opened once."""

    CODE, ZH, EN = "already-exists", "已存在", "It exists already"
    SAYS = "it exists already: use another id, or the commands of what exists"


class WrongState(Refused):
    """An act out of its order."""

    CODE, ZH, EN = "wrong-state", "当前状态不允许", "Its state does not allow this"

    def __init__(self, subject: str, rule: str, /, **parts: object) -> None:
        """Name the rule, for a client that acts on it; its sentence stands in RULES."""
        self.rule = rule
        super().__init__(subject, RULES[rule], **parts)


class WrongBasis(Refused):
    """Cash and authority to spend are never added up."""

    CODE, ZH, EN = "wrong-basis", "资金性质不符", "The fund has another basis"


class AlreadyReversed(Refused):
    """An event is reversed at most once."""

    CODE, ZH, EN = "already-reversed", "已冲正", "It is reversed already"


class PaidAfterStop(Refused):
    """Nobody is paid after a stop beyond what the law allows."""

    CODE, ZH, EN = "paid-after-stop", "停发后不得发放", "Paid after the stop"


class PaidTwice(Refused):
    """Nobody is paid twice for one scheme, person and month."""

    CODE, ZH, EN = "paid-twice", "重复发放", "Paid twice"
    SAYS = "all {lines} lines of {month} are paid already"


class ExcludedByScheme(Refused):
    """Schemes that exclude each other are not paid to one person."""

    CODE, ZH, EN = "excluded-by-scheme", "与其他待遇互斥", "Another scheme excludes this one"


class InAnotherHousehold(Refused):
    """People live in one household at a time."""

    CODE, ZH, EN = "in-another-household", "已在其他家庭", "In another household"
    SAYS = "{person} lives in {household} from {since} on: move the person, or let the person leave"


class DigestMismatch(Refused):
    """Reviewed and approved is what was drawn up, to the byte."""

    CODE, ZH, EN = "digest-mismatch", "摘要不一致", "The digest is not the drawn-up one"


class RollChanged(Refused):
    """The roll at its position is no longer what was drawn up."""

    CODE, ZH, EN = "roll-changed", "花名册已变动", "The roll has changed"


class RateMissing(Refused):
    """No rate is in force."""

    CODE, ZH, EN = "rate-missing", "缺少标准", "No rate is in force"
    SAYS = "tier {tier}, area {area}, {month}: adopt a rate first"


class NotEntitled(Refused):
    """The conditions are not met."""

    CODE, ZH, EN = "not-entitled", "不符合条件", "Not entitled"


class NoticePeriodOpen(Refused):
    """The public notice has not ended."""

    CODE, ZH, EN = "notice-period-open", "公示期未满", "The notice period is still open"


class OverRecovery(Refused):
    """No more is recovered than is owed."""

    CODE, ZH, EN = "over-recovery", "追缴超额", "More than is owed"
    SAYS = "{wanted} is more than the {owed} still owed"


class OverEntitled(Refused):
    """No more is supplemented than the rule gives, unless a document says why."""

    CODE, ZH, EN = "over-entitled", "超出应发标准", "More than the rule gives"
    SAYS = (
        "{wanted} is wanted; the rule gives {due} for {month}, {paid} is paid:"
        " name the document that gives more as evidence of the act"
    )


class GoodsShort(Refused):
    """Goods are issued only from stock."""

    CODE, ZH, EN = "goods-short", "物资不足", "Not enough goods in stock"
    SAYS = "{wanted} pieces of {kind} are wanted, {in_stock} are in stock"

    def __init__(self, subject: str, /, *, kind: str, wanted: int, in_stock: int) -> None:
        """Count in pieces of the kind."""
        self.UNIT = f"item:{kind}"
        super().__init__(subject, kind=kind, wanted=wanted, in_stock=in_stock)


class UnitMismatch(Refused):
    """The unit is not the expected one."""

    CODE, ZH, EN = "unit-mismatch", "单位不符", "The unit does not fit"


class AreaUnknown(Refused):
    """The area was not there on the day."""

    CODE, ZH, EN = "area-unknown", "区划不存在", "The area is not known on that day"


class CreditCodeInvalid(Refused):
    """The check digit of GB 32100 fails."""

    CODE, ZH, EN = "credit-code-invalid", "统一社会信用代码无效", "The credit code is not valid"


class IdNumberInvalid(Refused):
    """An ID number is one of GB 11643."""

    CODE, ZH, EN = "id-number-invalid", "身份证号码无效", "The ID number is not valid"


class PlanNotFiled(Refused):
    """A campaign starts only after its plan was filed in time."""

    CODE, ZH, EN = "plan-not-filed", "募捐方案未备案", "The plan was not filed in time"


class SmallCount(Refused):
    """Small counts of people are not shown."""

    CODE, ZH, EN = "small-count", "人数过少不予公开", "The count is too small to show"


class UnknownSubject(Refused):
    """There is no such thing."""

    CODE, STATUS, ZH, EN = "unknown-subject", 404, "对象不存在", "There is no such subject"
    SAYS = "there is none: open it first, or correct the id"


class RoleMissing(Refused):
    """The sender lacks the role."""

    CODE, STATUS, ZH, EN = "role-missing", 403, "缺少角色", "A role is missing"


class VersionConflict(Refused):
    """The subject has moved on since it was read."""

    CODE, STATUS, ZH, EN = "version-conflict", 412, "版本冲突", "The version has moved on"
    SAYS = "version {expected} was expected, {found} is found: read it again"
    UNIT = "version"


class KeyReused(Refused):
    """One key, one content."""

    CODE, STATUS, ZH, EN = "key-reused", 422, "幂等键已用于其他内容", "The key has other content"
    SAYS = "the key {key} was used for other content: take a new key"


class Malformed(Refused):
    """What was sent cannot be read; `pointer` is the JSON pointer of the wrong part."""

    CODE, STATUS, ZH, EN = "malformed", 422, "格式错误", "The request is malformed"

    def __init__(self, subject: str, text: str, pointer: str = "", /, **parts: object) -> None:
        """Say what is wrong and where."""
        self.pointer = pointer
        super().__init__(subject, text, **parts)
