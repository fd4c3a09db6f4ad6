"""The graph, declared once: every label, relationship type and property, with its Chinese title, unit and source.

Constraints, upserts, templates, screens and docs derive from here. A node class names its labels, the prefix of its
ids and the fields the id is hashed from; a relationship class names its type and its two ends. Money is CNY, shares
are 0-1, dates are dates, instants are UTC. A field left out is *unknown*, never zero. Who may see a property is
declared with it (``Disclosure``): a class's ``DISCLOSURE`` holds for its fields without a marker of their own.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from graph.grades import Disclosure, Encrypted, Internal, Sensitive
from graph.ids import exchange_code, make_id
from graph.messages import N_, packed, worded

Share = Annotated[float, Field(ge=0, le=1)]
Money = Annotated[int, Field(ge=0, json_schema_extra={"unit": N_("元")})]
Packed = Annotated[str, AfterValidator(packed)]
"""A message as JSON."""
Worded = Annotated[str, AfterValidator(worded)]
"""The name of a text and a message of it as JSON."""
Points = Annotated[str, Field(pattern=r"^\S+ -?\d+(\.\d+)?(e-\d+)?$")]
"""``kind points``: a kind of evidence and what it adds to a score."""


class Grade(StrEnum):
    """How strong the evidence for a fact is (DOMAIN: strong = reported or certified, weak = inferred from names)."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class LinkState(StrEnum):
    """State of a link firm-segment; only *confirmed* links count in a gap measure."""

    CONFIRMED = "confirmed"
    UNCERTAIN = "uncertain"
    REJECTED = "rejected"


class Tier(StrEnum):
    """The three tiers of 35X, and chains that are not of the plan."""

    LEADING = "leading"
    RISING = "rising"
    FUTURE = "future"
    OTHER = "other"


class Stream(StrEnum):
    """Where a segment stands in its chain; ``supporting`` runs beside the streams (tests, services, equipment)."""

    UPSTREAM = "upstream"
    MIDSTREAM = "midstream"
    DOWNSTREAM = "downstream"
    SUPPORTING = "supporting"


class Substitutability(StrEnum):
    """How freely a buyer can change to another supplier of a segment (DOMAIN 4.7); unknown until somebody judged it."""

    UNKNOWN = "unknown"
    NONE = "none"
    CERTIFIED = "certified"
    FREE = "free"


class FirmStatus(StrEnum):
    """State of registration."""

    ACTIVE = "active"
    ABNORMAL = "abnormal"
    MOVING = "moving"
    CLOSED = "closed"


class Gradient(StrEnum):
    """Level of gradient cultivation 梯度培育; the criteria change, so the level is what an office published."""

    INNOVATIVE = "innovative"
    SPECIALISED = "specialised"
    LITTLE_GIANT = "little_giant"
    CHAMPION = "champion"


class SignalKind(StrEnum):
    """What a sign of expansion consists in."""

    SITING = "siting"
    NEW_SITE = "new_site"
    CAPACITY = "capacity"
    FUNDING = "funding"
    ORDER = "order"
    HIRING = "hiring"


class EventRole(StrEnum):
    """As what somebody takes part in a matchmaking event."""

    LEADER = "leader"
    SME = "sme"
    INSTITUTE = "institute"
    FINANCE = "finance"


class Answer(StrEnum):
    """What one side says to a proposed meeting; none is *not answered yet*."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


class PairSide(StrEnum):
    """Who of a proposed pair speaks."""

    BUYER = "buyer"
    SELLER = "seller"


class DeclineReason(StrEnum):
    """Why one side does not want a proposed partner."""

    PRODUCT = "product"
    SPECIFICATION = "specification"
    CAPACITY = "capacity"
    DELIVERY = "delivery"
    CERTIFICATE = "certificate"
    PRICE = "price"
    PARTNER = "partner"
    TIMING = "timing"


class Progressed(StrEnum):
    """How a meeting's matter stands when somebody asks."""

    GOING_ON = "going_on"
    REALISED = "realised"
    LOST = "lost"


class ListingState(StrEnum):
    """State of a listing."""

    OPEN = "open"
    CLOSED = "closed"


class PlaceLevel(StrEnum):
    """Level of an administrative division."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"


class _Fact(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Node(_Fact):
    """Anything with an id. ``sample`` marks made-up data; it follows the node onto every screen."""

    LABEL: ClassVar[str]
    TITLE: ClassVar[str]
    PREFIX: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]] = ()
    DISCLOSURE: ClassVar[Disclosure] = Disclosure.INTERNAL

    id: str = ""
    name: str = Field(min_length=1, title=N_("名称"))
    sample: bool | None = Field(None, title=N_("样例"))

    @classmethod
    @cache
    def labels(cls) -> list[str]:
        """Labels from the general to the special, without the common ``Entity``."""
        return [vars(c)["LABEL"] for c in reversed(cls.__mro__) if "LABEL" in vars(c)]

    def key(self) -> tuple[str, ...]:
        """The values the id is hashed from."""
        return tuple(str(getattr(self, field)) for field in self.KEY)

    @model_validator(mode="before")
    @classmethod
    def _fill_id(cls, data: dict[str, object]) -> dict[str, object]:
        if not data.get("id") and cls.KEY and all(data.get(field) for field in cls.KEY):
            return {**data, "id": make_id(cls.PREFIX, *(str(data[field]) for field in cls.KEY))}
        return data

    @model_validator(mode="after")
    def _has_id(self) -> Self:
        if not self.id:
            raise ValueError(f"{type(self).__name__} needs an id or {', '.join(self.KEY)}")
        return self


class Relationship(_Fact):
    """A directed fact between two ids. One relationship of a type per pair and source."""

    TYPE: ClassVar[str]
    TITLE: ClassVar[str]
    START: ClassVar[type[Node]]
    END: ClassVar[type[Node]]
    DISCLOSURE: ClassVar[Disclosure] = Disclosure.INTERNAL

    start: str = Field(min_length=1)
    end: str = Field(min_length=1)


# --- the plan and its chains -----------------------------------------------------------------------------------------


class Chain(Node):
    """An industry chain of 35X."""

    LABEL, TITLE, PREFIX = "Chain", N_("产业链"), "chain"
    DISCLOSURE = Disclosure.PUBLIC
    tier: Tier = Field(title=N_("层级"))
    order: int = Field(title=N_("次序"))
    summary: str | None = Field(None, title=N_("概述"))
    office: str | None = Field(None, title=N_("责任单位"))
    basis: str = Field(title=N_("依据"))
    reviewed_by: str | None = Field(None, title=N_("审核人"))
    reviewed_on: date | None = Field(None, title=N_("审核日期"))


class Segment(Node):
    """A node of a chain: what is made or done there, in the words firms use for it."""

    LABEL, TITLE, PREFIX = "Segment", N_("环节"), "segment"
    DISCLOSURE = Disclosure.PUBLIC
    stream: Stream = Field(title=N_("位置"))
    order: int = Field(0, title=N_("次序"))
    importance: int = Field(ge=1, le=3, title=N_("重要性"), description="1 ordinary, 2 important, 3 key")
    substitutability: Substitutability = Field(title=N_("可替代性"))
    terms: list[str] = Field(title=N_("产品词"), description="product terms and synonyms that mean this segment")
    lookalikes: list[str] = Field([], title=N_("易混词"), description="terms that look alike but are not it")
    basis: str = Field(title=N_("依据"))
    reviewed_by: str | None = Field(None, title=N_("审核人"))
    reviewed_on: date | None = Field(None, title=N_("审核日期"))


class Product(Node):
    """A product or material, identified by its name."""

    LABEL, TITLE, PREFIX, KEY = "Product", N_("产品"), "product", ("name",)
    DISCLOSURE = Disclosure.PUBLIC


class Target(Node):
    """A yearly or cumulative figure of the plan."""

    LABEL, TITLE, PREFIX = "Target", N_("目标"), "target"
    DISCLOSURE = Disclosure.PUBLIC
    value: float = Field(title=N_("目标值"))
    unit: str = Field(title=N_("单位"))
    period: str = Field(title=N_("期间"), description="'yearly', '2028' (a level) or '2026-2028' (a sum)")
    comparison: str = Field(title=N_("口径"), description="at_least, more_than, about or reach")
    quote: str = Field(title=N_("原文"))
    basis: str = Field(title=N_("依据"))


class Task(Node):
    """A task of the plan with its responsible offices."""

    LABEL, TITLE, PREFIX = "Task", N_("任务"), "task"
    DISCLOSURE = Disclosure.PUBLIC
    number: int = Field(title=N_("序号"))
    action: str = Field(title=N_("行动"))
    offices: list[str] = Field(title=N_("责任单位"))
    quote: str = Field(title=N_("原文"))
    basis: str = Field(title=N_("依据"))


class ChecklistItem(Node):
    """One of the "eight ones" 八个一; the plan does not define them, so ours are placeholders to be replaced."""

    LABEL, TITLE, PREFIX = "ChecklistItem", N_("“八个一”事项"), "checklist"
    DISCLOSURE = Disclosure.PUBLIC
    order: int = Field(title=N_("次序"))
    placeholder: bool = Field(title=N_("待替换"))
    basis: str = Field(title=N_("依据"))


class Platform(Node):
    """The hub and the four platforms of task 3."""

    LABEL, TITLE, PREFIX = "Platform", N_("平台"), "platform"
    DISCLOSURE = Disclosure.PUBLIC
    order: int = Field(title=N_("次序"))
    quote: str = Field(title=N_("原文"))
    basis: str = Field(title=N_("依据"))


# --- places and classifications --------------------------------------------------------------------------------------


class Place(Node):
    """An administrative division; the id is ``place-`` and the official code."""

    LABEL, TITLE, PREFIX = "Place", N_("地区"), "place"
    DISCLOSURE = Disclosure.PUBLIC
    code: str = Field(title=N_("区划代码"))
    level: PlaceLevel = Field(title=N_("级别"))


class Industry(Node):
    """A class of an industry classification, stored with scheme and version."""

    LABEL, TITLE, PREFIX, KEY = "Industry", N_("行业"), "industry", ("scheme", "code")
    DISCLOSURE = Disclosure.PUBLIC
    scheme: str = Field(title=N_("分类体系"))
    code: str = Field(title=N_("行业代码"))
    level: int | None = Field(None, title=N_("层级"))


# --- organisations ---------------------------------------------------------------------------------------------------


class Organisation(Node):
    """Common label of all who take part in the horizontal network of task 3."""

    LABEL, TITLE, PREFIX, KEY = "Organisation", N_("机构"), "org", ("name",)
    DISCLOSURE = Disclosure.PUBLIC
    profile: str | None = Field(None, title=N_("简介"))


class Enterprise(Organisation):
    """A firm. The id comes from the exchange code, else the unified social credit code, else the full name."""

    LABEL, TITLE, PREFIX = "Enterprise", N_("企业"), "enterprise"
    short_name: str | None = Field(None, title=N_("简称"))
    former_names: list[str] | None = Field(None, title=N_("曾用名"))
    uscc: str | None = Field(None, title=N_("统一社会信用代码"))
    exchange_code: str | None = Field(None, title=N_("证券代码"))
    exchange: str | None = Field(None, title=N_("上市地"))
    listed_on: date | None = Field(None, title=N_("上市日期"))
    city: str | None = Field(None, title=N_("所在城市"))
    address: str | None = Field(None, title=N_("注册地址"))
    phone: Annotated[str | None, Sensitive] = Field(None, title=N_("联系电话"))
    status: FirmStatus | None = Field(None, title=N_("经营状态"))
    revenue: Annotated[Money | None, Internal] = Field(None, title=N_("年营业收入"))
    employees: Annotated[int | None, Internal] = Field(None, ge=0, title=N_("职工人数"))
    main_products: list[str] | None = Field(None, title=N_("主要产品"))
    business_scope: str | None = Field(None, title=N_("经营范围"))
    gradient: Gradient | None = Field(None, title=N_("梯度培育等级"))

    @staticmethod
    def identify(*, name: str | None = None, uscc: str | None = None, code: str | None = None) -> str:
        """Return the id for what is known of a firm."""
        known = (code and exchange_code(code)) or uscc or name or ""
        return make_id(Enterprise.PREFIX, known)

    @model_validator(mode="before")
    @classmethod
    def _fill_id(cls, data: dict[str, object]) -> dict[str, object]:
        if data.get("id"):
            return data
        text = {key: str(data[key]) if data.get(key) else None for key in ("name", "uscc", "exchange_code")}
        return {**data, "id": cls.identify(name=text["name"], uscc=text["uscc"], code=text["exchange_code"])}


class Institute(Organisation):
    """A university or research institute."""

    LABEL, TITLE, PREFIX = "Institute", N_("高校院所"), "institute"


class Financier(Organisation):
    """A bank, fund or guarantee company."""

    LABEL, TITLE, PREFIX = "Financier", N_("金融机构"), "financier"


class Association(Organisation):
    """A trade association."""

    LABEL, TITLE, PREFIX = "Association", N_("行业协会"), "association"


class GovernmentBody(Organisation):
    """A government office."""

    LABEL, TITLE, PREFIX = "GovernmentBody", N_("政府部门"), "government"


class Group(Node):
    """A corporate group; two firms of one group are not proposed to each other."""

    LABEL, TITLE, PREFIX, KEY = "Group", N_("集团"), "group", ("name",)
    DISCLOSURE = Disclosure.PUBLIC


class Site(Node):
    """A plant. One firm can have several; the ring is where the site is, not where the firm is registered."""

    LABEL, TITLE, PREFIX = "Site", N_("厂区"), "site"
    DISCLOSURE = Disclosure.PUBLIC
    address: str | None = Field(None, title=N_("地址"))


class Signal(Node):
    """A dated sign that a firm expands; ``name`` says it in a line, ``reference`` where it stands written."""

    LABEL, TITLE, PREFIX = "Signal", N_("扩张信号"), "signal"
    kind: SignalKind = Field(title=N_("信号类别"))
    happened_on: date = Field(title=N_("发生日期"))
    reference: str = Field(min_length=1, title=N_("出处"))


class Equipment(Node):
    """A machine a capability relies on."""

    LABEL, TITLE, PREFIX = "Equipment", N_("设备"), "equipment"
    DISCLOSURE = Disclosure.PUBLIC
    maker: str | None = Field(None, title=N_("制造商"))
    model: str | None = Field(None, title=N_("型号"))


# --- listings --------------------------------------------------------------------------------------------------------


class Listing(Node):
    """What an organisation posts on a platform. ``name`` is its one-line title.

    ``limits`` are bounds in words a person writes (``背隙≤1角分``), ``certificates`` are names with an optional last
    day of validity (``IATF 16949 至 2027-03-31``); ``graph.values`` reads both.
    """

    LABEL, TITLE, PREFIX, KEY = "Listing", N_("供需信息"), "listing", ("number",)
    DISCLOSURE = Disclosure.PUBLIC
    number: str = Field(title=N_("编号"))
    text: str | None = Field(None, title=N_("说明"))
    state: ListingState = Field(ListingState.OPEN, title=N_("状态"))
    posted_on: date | None = Field(None, title=N_("发布日期"))
    expires_on: date | None = Field(None, title=N_("截止日期"))
    process: str | None = Field(None, title=N_("工艺"))
    limits: list[str] = Field([], title=N_("技术指标"))
    certificates: list[str] = Field([], title=N_("证书"))


class Need(Listing):
    """What somebody wants to buy or have done."""

    LABEL, TITLE, PREFIX = "Need", N_("需求"), "need"
    quantity: float | None = Field(None, ge=0, title=N_("月需求量"))
    unit: str | None = Field(None, title=N_("计量单位"))
    lead_time_days: int | None = Field(None, ge=0, title=N_("最长交期（天）"))
    second_source: bool | None = Field(None, title=N_("要求第二供应商"))
    amount: Annotated[Money | None, Sensitive] = Field(None, title=N_("年采购额"))


class Offer(Listing):
    """What somebody makes and wants to sell."""

    LABEL, TITLE, PREFIX = "Offer", N_("供给"), "offer"
    quantity: float | None = Field(None, ge=0, title=N_("月可供量"))
    unit: str | None = Field(None, title=N_("计量单位"))
    lead_time_days: int | None = Field(None, ge=0, title=N_("交期（天）"))


class Capability(Listing):
    """A machining or testing service with its envelope (``limits``) and idle capacity."""

    LABEL, TITLE, PREFIX = "Capability", N_("加工与检测能力"), "capability"
    quantity: Annotated[float | None, Sensitive] = Field(None, ge=0, title=N_("月空闲产能"))
    unit: str | None = Field(None, title=N_("计量单位"))
    lead_time_days: int | None = Field(None, ge=0, title=N_("交期（天）"))


class Solution(Listing):
    """A system solution for a scene of use."""

    LABEL, TITLE, PREFIX = "Solution", N_("系统解决方案"), "solution"
    scene: str | None = Field(None, title=N_("应用场景"))


class Achievement(Listing):
    """A research result looking for a firm to use it."""

    LABEL, TITLE, PREFIX = "Achievement", N_("科技成果"), "achievement"
    readiness: int | None = Field(None, ge=1, le=9, title=N_("技术成熟度"), description="readiness level 1-9")
    patents: list[str] = Field([], title=N_("专利"))


# --- matchmaking events ----------------------------------------------------------------------------------------------


class Event(Node):
    """A matchmaking event. Slots follow from its hours, ``minutes`` and ``breaks``, tables from ``halls``."""

    LABEL, TITLE, PREFIX, KEY = "Event", N_("对接活动"), "event", ("number",)
    number: str = Field(min_length=1, title=N_("活动编号"))
    held_on: date = Field(title=N_("活动日期"))
    starts: str = Field(title=N_("开始时间"), description="HH:MM")
    ends: str = Field(title=N_("结束时间"), description="HH:MM")
    minutes: int = Field(ge=5, le=480, title=N_("每场分钟"))
    pause: int | None = Field(None, ge=0, le=120, title=N_("场间分钟"))
    breaks: list[str] = Field([], title=N_("休息时间"), description="spans HH:MM-HH:MM without meetings")
    halls: list[str] = Field(title=N_("会场桌数"), description="name=number of tables")
    travel: int | None = Field(None, ge=0, le=240, title=N_("厅间步行分钟"), description="left out: none")
    ways: list[str] = Field([], title=N_("两厅间步行分钟"), description="hall-hall=minutes where it is not travel")
    venue: str | None = Field(None, title=N_("活动地点"))
    host: str | None = Field(None, title=N_("主办单位"))


class Participation(Node):
    """An organisation at an event, as registered. Other organisations are named by id.

    Whom to call is shown to those who work with this organisation's secrets, and to the other side of a meeting once
    both accepted it.
    """

    LABEL, TITLE, PREFIX, KEY = "Participation", N_("参会登记"), "participation", ("event", "organisation")
    event: str = Field(min_length=1, title=N_("活动"))
    organisation: str = Field(min_length=1, title=N_("参会单位"))
    role: EventRole = Field(title=N_("参会身份"))
    people: int | None = Field(None, ge=1, le=50, title=N_("可同时会面人数"), description="left out: one")
    minimum: int | None = Field(None, ge=0, le=200, title=N_("最少场数"))
    maximum: int | None = Field(None, ge=0, le=200, title=N_("最多场数"))
    away: list[str] = Field([], title=N_("不能到的时间"), description="spans HH:MM-HH:MM")
    wishes: list[str] = Field([], title=N_("想见"))
    musts: list[str] = Field([], title=N_("必见"))
    nevers: list[str] = Field([], title=N_("不见"))
    languages: list[str] = Field([], title=N_("会谈语言"))
    attendees: Annotated[list[str], Encrypted] = Field([], title=N_("参会人"))
    contact: Annotated[str | None, Sensitive] = Field(None, title=N_("联系人"))
    mobile: Annotated[str | None, Sensitive] = Field(None, title=N_("手机"))
    email: Annotated[str | None, Sensitive] = Field(None, title=N_("邮箱"))
    note: str | None = Field(None, title=N_("备注"))
    withdrawn: bool | None = Field(None, title=N_("已退出"), description="set by organisers; such a party is not there")


class Meeting(Node):
    """Two organisations of an event who are proposed to meet, what both say to it, and when and where they meet.

    ``parts``, ``questions`` and ``topics`` are messages as JSON; the parts' points sum to ``score`` in hundredths.
    A ``pinned`` one takes place without being accepted; the slot and table of a ``locked`` one stay.
    """

    LABEL, TITLE, PREFIX, KEY = "Meeting", N_("会面"), "meeting", ("event", "a", "b")
    event: str = Field(min_length=1, title=N_("活动"))
    a: str = Field(min_length=1, title=N_("甲方"))
    b: str = Field(min_length=1, title=N_("乙方"))
    score: Share = Field(title=N_("得分"))
    parts: list[Packed] = Field([], title=N_("得分构成"))
    questions: list[Packed] = Field([], title=N_("待问"))
    topics: list[Packed] = Field([], title=N_("议题"))
    a_answer: Answer | None = Field(None, title=N_("甲方答复"))
    a_reason: str | None = Field(None, title=N_("甲方理由"))
    b_answer: Answer | None = Field(None, title=N_("乙方答复"))
    b_reason: str | None = Field(None, title=N_("乙方理由"))
    pinned: bool | None = Field(None, title=N_("指定会面"))
    locked: bool | None = Field(None, title=N_("锁定"))
    slot: str | None = Field(None, title=N_("时段"))
    table: str | None = Field(None, title=N_("桌位"))

    @property
    def points(self) -> int:
        """The score in points 分: hundredths, whole."""
        return round(self.score * 100)


class Outcome(Node):
    """What came of a meeting. An intention counts once both sides confirmed it."""

    LABEL, TITLE, PREFIX, KEY = "Outcome", N_("会面结果"), "outcome", ("meeting",)
    meeting: str = Field(min_length=1, title=N_("会面"))
    held: bool = Field(title=N_("已会面"))
    absent: str | None = Field(None, title=N_("缺席方"))
    intention: bool | None = Field(None, title=N_("合作意向"))
    a_confirms: bool | None = Field(None, title=N_("甲方确认"))
    b_confirms: bool | None = Field(None, title=N_("乙方确认"))
    amount: Annotated[Money | None, Sensitive] = Field(None, title=N_("意向金额"))
    next_step: str | None = Field(None, title=N_("下一步"))
    owner: str | None = Field(None, title=N_("负责人"))
    due_on: date | None = Field(None, title=N_("完成期限"))
    document: str | None = Field(None, title=N_("意向文件"), description="number of the paper, or where it is kept")
    lost: str | None = Field(None, title=N_("未成原因"))


class Attachment(Node):
    """A file that backs the intention of a meeting, encrypted under a key of its own; ``name`` is the file's."""

    LABEL, TITLE, PREFIX, KEY = "Attachment", N_("意向附件"), "attachment", ("file",)
    meeting: str = Field(min_length=1, title=N_("会面"))
    file: str = Field(min_length=1, title=N_("存放名"), description="name in the folder of encrypted files")
    secret: Annotated[str, Sensitive] = Field(title=N_("解密钥匙"))
    size: int = Field(ge=1, title=N_("字节数"))
    digest: str = Field(title=N_("SHA-256 摘要"))
    added_by: str = Field(min_length=1, title=N_("上传人"))
    added_at: datetime = Field(title=N_("上传时间"))


class FollowUp(Node):
    """Somebody asked what became of a meeting: 30 or 90 days after it, or when its next step was due."""

    LABEL, TITLE, PREFIX, KEY = "FollowUp", N_("回访"), "follow-up", ("meeting", "subject")
    meeting: str = Field(min_length=1, title=N_("会面"))
    kind: str = Field(title=N_("回访类别"), description="day30, day90 or step")
    subject: str = Field(min_length=1, title=N_("回访事项"), description="the step, or what kind it is")
    state: Progressed = Field(title=N_("回访结果"))
    said: str = Field(min_length=1, title=N_("回访情况"))
    done_on: date = Field(title=N_("回访日期"))


class LeftOut(Node):
    """An organisation of an event that got no meeting proposed, or fewer than it asked for, and why."""

    LABEL, TITLE, PREFIX, KEY = "LeftOut", N_("未获建议"), "left-out", ("event", "organisation")
    event: str = Field(min_length=1, title=N_("活动"))
    organisation: str = Field(min_length=1, title=N_("参会单位"))
    reason: Packed = Field(title=N_("原因"), description="a message as JSON")


class DayChange(Node):
    """What changed on the day: a party gone, late or walked in, a table lost; ``subject`` is its id or the table."""

    LABEL, TITLE, PREFIX, KEY = "DayChange", N_("当日变动"), "day-change", ("event", "subject")
    event: str = Field(min_length=1, title=N_("活动"))
    subject: str = Field(min_length=1, title=N_("对象"))
    kind: str = Field(title=N_("变动"), description="gone, late, walk_in or table_lost")
    slot: str = Field(title=N_("时段"), description="the first it concerns")


class EventChange(Node):
    """One edit of an event: who, when, what, and its nodes before and after as JSON. Kept for good.

    Undoing is an edit of its own. The number of the last one is the revision an editor has seen.
    """

    LABEL, TITLE, PREFIX, KEY = "EventChange", N_("活动改动"), "event-change", ("event", "number")
    event: str = Field(min_length=1, title=N_("活动"))
    number: int = Field(ge=1, title=N_("序号"))
    by: str = Field(min_length=1, title=N_("修改人"))
    at: datetime = Field(title=N_("修改时间"))
    what: Packed = Field(title=N_("改动内容"), description="a message as JSON")
    before: Annotated[str, Sensitive] = Field(title=N_("改前"))
    after: Annotated[str, Sensitive] = Field(title=N_("改后"))
    undoes: int | None = Field(None, title=N_("撤销的改动"))


# --- what users of the service keep ----------------------------------------------------------------------------------


class SettingChange(Node):
    """One value of one setting changed: who, when, before and after. Kept for good; undoing is a change of its own.

    ``scope`` is a chain's id or ``all``; a missing ``value`` is a return to what would hold without it, a missing
    ``previous`` says that nothing was set there before. Values changed in one go share their ``number``.
    """

    LABEL, TITLE, PREFIX, KEY = "SettingChange", N_("设定改动"), "setting-change", ("number", "setting")
    number: int = Field(ge=1, title=N_("序号"))
    scope: str = Field(min_length=1, title=N_("适用范围"))
    setting: str = Field(min_length=1, title=N_("设定项"))
    value: float | None = Field(None, title=N_("改后值"))
    previous: float | None = Field(None, title=N_("改前值"))
    by: str = Field(min_length=1, title=N_("修改人"))
    at: datetime = Field(title=N_("修改时间"))
    reason: str | None = Field(None, title=N_("理由"))
    undoes: int | None = Field(None, title=N_("撤销的改动"))


class DistrictChange(Node):
    """The district at home was set: ``name`` is the new one with those above it, by code, and by code the former."""

    LABEL, TITLE, PREFIX, KEY = "DistrictChange", N_("本区改动"), "district-change", ("code", "at")
    code: str = Field(min_length=4, title=N_("区划代码"))
    previous: str = Field(min_length=4, title=N_("改前代码"))
    by: str = Field(min_length=1, title=N_("修改人"))
    at: datetime = Field(title=N_("修改时间"))
    reason: str | None = Field(None, title=N_("理由"))


class TaskKind(StrEnum):
    """What a verification task asks for: whether a firm is in a segment, or who is in a segment at all."""

    LINK = "link"
    SEARCH = "search"


class VerificationTask(Node):
    """Something a town is asked to find out; it ends when a dated fact answers it, never by a tick.

    ``about`` is the firm and segment, or the segment alone; ``name`` says it in a line.
    """

    LABEL, TITLE, PREFIX, KEY = "VerificationTask", N_("核查任务"), "check", ("kind", "about")
    kind: TaskKind = Field(title=N_("任务类别"))
    about: str = Field(min_length=1, title=N_("核查对象"))
    firm: str | None = Field(None, title=N_("企业"))
    segment: str = Field(min_length=1, title=N_("环节"))
    town: str = Field(title=N_("镇街"))
    question: str = Field(title=N_("待核实事项"))
    wording: list[Worded] = Field([], title=N_("措辞"))
    created_on: date = Field(title=N_("派发日期"))
    owner: str | None = Field(None, title=N_("责任人"))
    due_on: date | None = Field(None, title=N_("限期"))


class LinkDecision(Node):
    """What somebody decided of a link: who, when, why, and on which evidence (``seen``). Kept for good.

    Undoing is a decision of its own: ``undoes`` is the id of the one it takes back.
    """

    LABEL, TITLE, PREFIX, KEY = "LinkDecision", N_("挂链决定"), "decision", ("firm", "segment", "at")
    firm: str = Field(min_length=1, title=N_("企业"))
    segment: str = Field(min_length=1, title=N_("环节"))
    state: LinkState = Field(title=N_("挂链状态"))
    by: str = Field(min_length=1, title=N_("核查人"))
    at: datetime = Field(title=N_("决定时间"))
    reason: str | None = Field(None, title=N_("理由"))
    seen: list[str] = Field([], title=N_("所据证据"))
    undoes: str | None = Field(None, title=N_("撤销的决定"))


class PairAnswer(Node):
    """What one side says of a proposed pair: who, when, and why not. Kept for good; it speaks for its own listing only.

    ``wanted`` and ``offered`` are ids of listings or firms. Undoing is an answer of its own: ``undoes`` is the id of
    the one it takes back.
    """

    LABEL, TITLE, PREFIX = "PairAnswer", N_("对接答复"), "pair-answer"
    KEY = ("wanted", "offered", "side", "at")
    wanted: str = Field(min_length=1, title=N_("需求"))
    offered: str = Field(min_length=1, title=N_("供给"))
    side: PairSide = Field(title=N_("答复方"))
    answer: Answer = Field(title=N_("答复"))
    reason: DeclineReason | None = Field(None, title=N_("谢绝理由"))
    note: str | None = Field(None, title=N_("备注"))
    by: str = Field(min_length=1, title=N_("答复人"))
    at: datetime = Field(title=N_("答复时间"))
    undoes: str | None = Field(None, title=N_("撤销的答复"))


class Snapshot(Node):
    """The gap board as it stood on a day, kept to be compared with another day. One a day: the last one stands."""

    LABEL, TITLE, PREFIX, KEY = "Snapshot", N_("快照"), "snapshot", ("taken_on",)
    taken_on: date = Field(title=N_("日期"))
    at: datetime = Field(title=N_("留存时间"))
    by: str = Field(min_length=1, title=N_("留存人"))
    note: str | None = Field(None, title=N_("备注"))
    revision: int = Field(ge=0, title=N_("图谱版本"))
    settings: int = Field(ge=0, title=N_("设定改动序号"), description="number of the last change of settings it knew")
    ring: str | None = Field(None, title=N_("圈层"))


class SnapshotEntry(Node):
    """A segment, chain or target of the plan in a snapshot: its figures, and the facts they rested on.

    Lists of one group run in parallel: ``measures`` and ``figures``; ``firms``, ``firm_names``, ``firm_evidence``;
    ``uncertain`` and ``uncertain_names``; ``needs`` and ``need_names``. A figure that was missing is not in the list.
    ``traced_measures`` and ``traced_firms`` are the figures that a firm's values can be traced in, and the firms.
    """

    LABEL, TITLE, PREFIX, KEY = "SnapshotEntry", N_("快照内容"), "snapshot-entry", ("snapshot", "subject")
    snapshot: str = Field(min_length=1, title=N_("快照"))
    subject: str = Field(min_length=1, title=N_("对象"))
    kind: str = Field(title=N_("对象种类"), description="segment, chain or target")
    chains: list[str] = Field([], title=N_("产业链"))
    gap_class: str | None = Field(None, title=N_("类别"))
    score: Annotated[int | None, Sensitive] = Field(None, title=N_("优先级"))
    measures: list[str] = Field([], title=N_("指标"))
    figures: Annotated[list[float], Sensitive] = Field([], title=N_("数值"))
    traced_measures: list[str] = Field([], title=N_("可追溯到企业的指标"))
    traced_firms: list[str] = Field([], title=N_("可追溯到的企业"))
    firms: list[str] = Field([], title=N_("确认企业"))
    firm_names: list[str] = Field([], title=N_("确认企业名称"))
    firm_evidence: list[str] = Field([], title=N_("确认企业证据"))
    uncertain: list[str] = Field([], title=N_("待确认企业"))
    uncertain_names: list[str] = Field([], title=N_("待确认企业名称"))
    needs: list[str] = Field([], title=N_("需求"))
    need_names: list[str] = Field([], title=N_("需求名称"))
    searches: list[str] = Field([], title=N_("排查"), description="JSON of day, office, number of sources, found")
    checked_on: date | None = Field(None, title=N_("核查日期"))


class TargetReading(Node):
    """Where a target of the plan stood on a day, as an office reports it."""

    LABEL, TITLE, PREFIX, KEY = "TargetReading", N_("目标进展"), "target-reading", ("target", "on", "at")
    target: str = Field(min_length=1, title=N_("目标"))
    value: float = Field(title=N_("进展值"))
    on: date = Field(title=N_("截至日期"))
    basis: str = Field(min_length=1, title=N_("依据"))
    by: str = Field(min_length=1, title=N_("填报人"))
    at: datetime = Field(title=N_("填报时间"))


# --- relationships ---------------------------------------------------------------------------------------------------


class PartOf(Relationship):
    """A segment belongs to a chain; it may belong to several."""

    TYPE, TITLE, START, END = "PART_OF", N_("属于产业链"), Segment, Chain
    DISCLOSURE = Disclosure.PUBLIC


class ChildOf(Relationship):
    """A segment refines another."""

    TYPE, TITLE, START, END = "CHILD_OF", N_("上级环节"), Segment, Segment
    DISCLOSURE = Disclosure.PUBLIC


class Feeds(Relationship):
    """What one segment makes goes into another. Inputs of one ``group`` replace each other; essential ones do not."""

    TYPE, TITLE, START, END = "FEEDS", N_("供给环节"), Segment, Segment
    DISCLOSURE = Disclosure.PUBLIC
    essential: bool = Field(title=N_("必需"))
    group: str | None = Field(None, title=N_("替代组"))


class Covers(Relationship):
    """A product belongs to a segment because a term says so."""

    TYPE, TITLE, START, END = "COVERS", N_("包含产品"), Segment, Product
    DISCLOSURE = Disclosure.PUBLIC
    term: str = Field(title=N_("依据词"))


class MaterialOf(Relationship):
    """A product goes into another."""

    TYPE, TITLE, START, END = "MATERIAL_OF", N_("是其材料"), Product, Product
    DISCLOSURE = Disclosure.PUBLIC


class KindOf(Relationship):
    """A product is a kind of another."""

    TYPE, TITLE, START, END = "KIND_OF", N_("是其一类"), Product, Product
    DISCLOSURE = Disclosure.PUBLIC


class Makes(Relationship):
    """A firm makes a product; ``share`` of its revenue."""

    TYPE, TITLE, START, END = "MAKES", N_("生产"), Enterprise, Product
    DISCLOSURE = Disclosure.PUBLIC
    share: Annotated[Share | None, Sensitive] = Field(None, title=N_("收入占比"))


class Buys(Relationship):
    """A firm buys a product: yearly amount and the part of it that is imported, most of it from one country."""

    TYPE, TITLE, START, END = "BUYS", N_("采购"), Enterprise, Product
    item: int | None = Field(None, ge=1, title=N_("采购清单序号"))
    amount: Annotated[Money | None, Sensitive] = Field(None, title=N_("年采购额"))
    import_share: Annotated[Share | None, Sensitive] = Field(None, title=N_("进口占比"))
    single_country_share: Annotated[Share | None, Sensitive] = Field(None, title=N_("单一国家占比"))
    import_country: Annotated[str | None, Sensitive] = Field(None, title=N_("主要进口国"))


class SuppliesTo(Relationship):
    """A firm supplies another with these products."""

    TYPE, TITLE, START, END = "SUPPLIES_TO", N_("供应"), Enterprise, Enterprise
    products: list[str] = Field([], title=N_("产品"))
    qualified: bool | None = Field(None, title=N_("合格供应商"))


class ControlledBy(Relationship):
    """A firm belongs to a group."""

    TYPE, TITLE, START, END = "CONTROLLED_BY", N_("隶属集团"), Enterprise, Group
    DISCLOSURE = Disclosure.PUBLIC


class HasSite(Relationship):
    """A firm runs a plant."""

    TYPE, TITLE, START, END = "HAS_SITE", N_("拥有厂区"), Enterprise, Site
    DISCLOSURE = Disclosure.PUBLIC


class In(Relationship):
    """A site, organisation or division lies in a division."""

    TYPE, TITLE, START, END = "IN", N_("位于"), Node, Place
    DISCLOSURE = Disclosure.PUBLIC


class LinkedTo(Relationship):
    """A firm works in a segment 挂链; ``evidence`` in words, ``checked_on`` when a person last looked.

    What is proposed has a ``score`` of ``parts`` (``kind points``) and a ``question`` where it is uncertain; what is
    rejected has a ``reason``; what a person decided has ``decided_by``. ``seen`` names the evidence it rests on;
    ``wording`` holds the sentences the texts were made of (:func:`graph.messages.wording`).
    """

    TYPE, TITLE, START, END = "LINKED_TO", N_("挂链"), Enterprise, Segment
    state: LinkState = Field(title=N_("挂链状态"))
    evidence: str = Field(title=N_("证据"))
    capacity_share: Annotated[Share | None, Sensitive] = Field(None, title=N_("产能占比"))
    certification_months: int | None = Field(None, ge=0, title=N_("新买家认证月数"))
    checked_on: date | None = Field(None, title=N_("核查日期"))
    decided_by: str | None = Field(None, title=N_("核查人"))
    reason: str | None = Field(None, title=N_("理由"))
    question: str | None = Field(None, title=N_("待问"))
    score: Share | None = Field(None, title=N_("得分"))
    parts: list[Points] = Field([], title=N_("得分构成"))
    seen: list[str] = Field([], title=N_("所据证据"))
    wording: list[Worded] = Field([], title=N_("措辞"))


class Searched(Relationship):
    """Somebody looked for firms of a segment on a day and says how: the evidence a missing link needs (DOMAIN 4.8)."""

    TYPE, TITLE, START, END = "SEARCHED", N_("排查"), Organisation, Segment
    found: int = Field(ge=0, title=N_("发现企业数"))
    method: str = Field(title=N_("排查方式"))
    sources: list[str] = Field(title=N_("查询的来源"))
    searched_on: date = Field(title=N_("排查日期"))


class Leads(Relationship):
    """A firm leads a chain 链主."""

    TYPE, TITLE, START, END = "LEADS", N_("链主"), Enterprise, Chain
    DISCLOSURE = Disclosure.PUBLIC


class Posts(Relationship):
    """An organisation posts a listing."""

    TYPE, TITLE, START, END = "POSTS", N_("发布"), Organisation, Listing
    DISCLOSURE = Disclosure.PUBLIC


class On(Relationship):
    """A listing stands on a platform."""

    TYPE, TITLE, START, END = "ON", N_("所在平台"), Listing, Platform
    DISCLOSURE = Disclosure.PUBLIC


class About(Relationship):
    """A listing is about a product or a segment."""

    TYPE, TITLE, START, END = "ABOUT", N_("涉及"), Listing, Node
    DISCLOSURE = Disclosure.PUBLIC


class Uses(Relationship):
    """A capability relies on a machine."""

    TYPE, TITLE, START, END = "USES", N_("使用设备"), Capability, Equipment


class Shows(Relationship):
    """A firm shows a sign of expansion."""

    TYPE, TITLE, START, END = "SHOWS", N_("有信号"), Enterprise, Signal


class Concerns(Relationship):
    """A sign of expansion is about a segment; one that is about none speaks of the whole firm."""

    TYPE, TITLE, START, END = "CONCERNS", N_("信号涉及"), Signal, Segment


class InIndustry(Relationship):
    """A firm is classed in an industry."""

    TYPE, TITLE, START, END = "IN_INDUSTRY", N_("所属行业"), Enterprise, Industry
    DISCLOSURE = Disclosure.PUBLIC


class SubIndustryOf(Relationship):
    """An industry refines another."""

    TYPE, TITLE, START, END = "SUB_INDUSTRY_OF", N_("上级行业"), Industry, Industry
    DISCLOSURE = Disclosure.PUBLIC


class UpstreamIndustry(Relationship):
    """How often one industry was seen upstream of another in public texts."""

    TYPE, TITLE, START, END = "UPSTREAM_INDUSTRY", N_("上游行业"), Industry, Industry
    DISCLOSURE = Disclosure.PUBLIC
    count: int = Field(ge=1, title=N_("共现次数"))


class ResponsibleFor(Relationship):
    """An office answers for a task."""

    TYPE, TITLE, START, END = "RESPONSIBLE_FOR", N_("负责"), GovernmentBody, Task
    DISCLOSURE = Disclosure.PUBLIC


class Holds(Relationship):
    """A snapshot holds an entry."""

    TYPE, TITLE, START, END = "HOLDS", N_("包含"), Snapshot, SnapshotEntry


class ReadingOf(Relationship):
    """A reading of a target of the plan."""

    TYPE, TITLE, START, END = "READING_OF", N_("填报"), TargetReading, Target


class TakesPart(Relationship):
    """An organisation is registered for an event."""

    TYPE, TITLE, START, END = "TAKES_PART", N_("参会"), Organisation, Participation


class At(Relationship):
    """A registration or a meeting belongs to an event."""

    TYPE, TITLE, START, END = "AT", N_("所属活动"), Node, Event


class From(Relationship):
    """An outcome came of a meeting."""

    TYPE, TITLE, START, END = "FROM", N_("来自会面"), Outcome, Meeting


class Follows(Relationship):
    """Somebody asked what became of a meeting."""

    TYPE, TITLE, START, END = "FOLLOWS", N_("回访会面"), FollowUp, Meeting


class Backs(Relationship):
    """A file backs the intention of a meeting."""

    TYPE, TITLE, START, END = "BACKS", N_("意向附件"), Attachment, Meeting


def _leaves(base: type[_Fact]) -> list[type[_Fact]]:
    found: list[type[_Fact]] = []
    for sub in base.__subclasses__():
        found += [sub, *_leaves(sub)]
    return found


NODES: dict[str, type[Node]] = {c.LABEL: c for c in _leaves(Node) if issubclass(c, Node)}
RELATIONSHIPS: dict[str, type[Relationship]] = {c.TYPE: c for c in _leaves(Relationship) if issubclass(c, Relationship)}
