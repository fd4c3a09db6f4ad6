"""Other words people write over a column or on a sheet's tab for what the model calls by its title.

A header is compared in simplified signs, without spaces, numbering, stars and what stands in brackets; a unit in the
brackets counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from loaders.resolution.lexicon import lexicon

SHEET_WORDS: dict[str, tuple[str, ...]] = {
    "企业": ("企业名录", "企业信息", "企业基本信息", "企业库", "企业名单", "企业清单", "公司", "单位信息"),
    "机构": ("机构名录", "机构信息", "院所", "高校院所", "服务机构", "机构名单"),
    "厂区": ("厂区信息", "生产基地", "工厂", "园区厂房"),
    "产品": ("产品信息", "主要产品", "产品清单", "产品目录", "企业产品"),
    "采购": ("采购清单", "采购信息", "采购需求", "外购", "外购清单", "采购品类"),
    "供应关系": ("供应链关系", "配套关系", "上下游关系", "供应商"),
    "挂链": ("企业挂链", "挂链表", "挂链清单", "环节企业"),
    "排查": ("排查记录", "排查情况"),
    "链主": ("链主企业", "链主名单"),
    "需求": ("需求清单", "需求信息", "对接需求"),
    "供给": ("供给清单", "供给信息", "供应清单"),
    "加工与检测能力": ("加工能力", "检测能力", "能力", "能力清单", "共享能力"),
    "设备": ("设备清单", "设备信息", "主要设备"),
    "系统解决方案": ("解决方案", "方案"),
    "科技成果": ("成果", "科技成果清单", "成果清单"),
    "对接活动": ("活动", "活动信息", "对接会"),
    "参会登记": ("参会名单", "报名表", "报名登记", "参会企业"),
}
"""What a tab may read instead of the sheet's title."""

FIELD_WORDS: dict[str, tuple[str, ...]] = {
    "firm": ("企业名称", "单位名称", "公司名称", "企业全称", "公司全称", "企业名", "公司", "单位", "厂商", "厂家"),
    "organisation": (
        "发布企业",
        "单位名称",
        "企业名称",
        "提出单位",
        "所属单位",
        "单位",
        "企业",
        "持有单位",
        "完成单位",
    ),
    "supplier": ("供应商", "供方", "供应企业", "供货企业", "供货商", "供应商名称", "供应方"),
    "buyer": ("需方", "采购方", "采购企业", "客户", "客户名称", "购方", "采购单位", "需求方"),
    "uscc": ("信用代码", "社会信用代码", "统一代码", "统一信用代码", "企业代码", "税号", "纳税人识别号"),
    "short_name": ("企业简称", "公司简称"),
    "exchange_code": ("股票代码", "上市代码", "股票编号"),
    "exchange": ("交易所", "上市板块", "上市交易所"),
    "listed_on": ("上市时间",),
    "status": ("企业状态", "登记状态", "状态", "存续状态"),
    "city": ("城市", "地市", "市"),
    "place": (
        "所属镇街",
        "镇街",
        "所在镇",
        "所属区域",
        "所在区域",
        "属地",
        "乡镇",
        "街道",
        "所在板块",
        "地区",
        "所在区县",
    ),
    "group": ("所属集团", "集团名称", "母公司"),
    "revenue": ("营业收入", "年营收", "营收", "年销售额", "销售收入", "主营业务收入", "年产值", "年销售收入"),
    "employees": ("员工人数", "从业人数", "员工数", "职工数", "人数", "从业人员"),
    "main_products": ("主营产品", "主导产品", "产品", "主要产品及服务", "主营业务"),
    "profile": ("企业简介", "公司简介", "简要介绍", "介绍", "基本情况"),
    "product": ("产品名称", "品名", "物料名称", "采购产品", "主要产品", "物料", "商品名称", "采购物料", "外购产品"),
    "products": ("产品名称", "供应产品", "相关产品", "供货产品", "涉及产品"),
    "share": ("占营收比重", "营收占比", "销售占比", "收入比重", "占比"),
    "amount": ("采购额", "采购金额", "年采购金额", "金额", "预算"),
    "import_share": ("进口比例", "进口比重"),
    "reported_on": ("填报时间", "填表日期", "日期", "更新时间", "更新日期"),
    "segment": ("产业链环节", "所属环节", "环节名称", "细分环节", "细分领域"),
    "segments": ("产业链环节", "所属环节", "环节名称"),
    "chain": ("链名", "所属产业链", "产业链名称", "链条"),
    "state": ("状态",),
    "evidence": ("依据", "佐证", "证明材料", "说明"),
    "checked_on": ("核实日期", "核查时间", "走访日期", "核实时间"),
    "grade": ("证据强度", "等级"),
    "address": ("详细地址", "厂区地址", "厂址", "生产地址", "企业地址", "公司地址", "单位地址", "住所", "通讯地址"),
    "phone": ("电话", "企业电话", "公司电话", "联系方式", "电话号码", "固定电话", "座机"),
    "number": ("序列号", "需求编号", "供给编号", "项目编号", "编码"),
    "text": ("详细说明", "描述", "内容", "详细描述", "具体内容", "需求描述", "备注说明"),
    "process": ("加工工艺", "工艺类型", "工序"),
    "limits": ("技术要求", "技术参数", "参数", "指标", "精度要求", "性能指标"),
    "certificates": ("资质", "认证", "资质证书", "体系认证", "证书要求"),
    "quantity": ("需求量", "数量", "月用量", "供应量", "产能", "空闲产能", "月产能", "月供量"),
    "unit": ("单位", "计量单位"),
    "lead_time_days": ("交期", "交货期", "交付周期", "最长交期"),
    "second_source": ("第二供应商", "是否要第二供应商", "备份供应商"),
    "posted_on": ("发布时间", "提出日期", "登记日期"),
    "expires_on": ("有效期", "有效期至", "截止时间"),
    "capability": ("能力", "所属能力"),
    "maker": ("生产厂家", "设备厂家", "品牌", "厂家"),
    "model": ("规格型号", "设备型号"),
    "category": ("机构类别", "类型", "机构类型"),
    "scene": ("场景",),
    "readiness": ("成熟度", "技术成熟度等级", "TRL"),
    "patents": ("专利号", "相关专利"),
    "event": ("活动", "编号"),
    "role": ("身份", "参会类型"),
    "people": ("参会人数", "人数"),
    "wishes": ("希望对接单位", "意向对接单位"),
    "musts": ("必须会面",),
    "nevers": ("回避单位",),
    "attendees": ("参会人员", "参会代表", "姓名"),
    "contact": ("联络人", "企业联系人", "联系人姓名"),
    "mobile": ("手机号", "手机号码", "联系电话", "联系方式", "电话"),
    "email": ("电子邮箱", "邮件", "电子邮件", "E-mail"),
    "qualified": ("是否合格供应商", "合格", "是否合格"),
    "capacity_share": ("产能比重",),
}
"""What a header may read instead of the title of a field."""

NAME_WORDS: dict[str, tuple[str, ...]] = {
    "企业": ("企业名称", "单位名称", "公司名称", "企业全称", "公司全称", "企业名", "企业", "公司", "单位", "全称"),
    "机构": ("机构名称", "单位名称", "机构", "单位", "全称"),
    "厂区": ("厂区名称", "工厂名称", "厂区", "基地名称"),
    "需求": ("需求名称", "标题", "需求", "需求标题", "项目名称"),
    "供给": ("供给名称", "标题", "供给", "产品名称", "供应名称"),
    "加工与检测能力": ("能力名称", "服务名称", "标题", "能力"),
    "系统解决方案": ("方案名称", "标题", "解决方案名称"),
    "科技成果": ("成果名称", "标题", "成果"),
    "设备": ("设备名称", "机器名称", "设备"),
    "对接活动": ("活动名称",),
}
"""What a header may read instead of 名称, sheet by sheet."""

_BRACKET = re.compile(r"[(\[【〔<][^()\[\]【】〔〕<>]*[)\]】〕>]")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}、|[(]\d{1,2}[)])")
_UNITS = {"亿元": "亿", "万元": "万", "千元": "千", "亿": "亿", "万": "万", "%": "%", "元": ""}
_TAIL_UNIT = re.compile(r"[/_](亿元|万元|千元|元|%)$")
_MARKS = "*★☆●#:： 　"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a header says: the word to compare, and the unit its bare numbers are counted in (``万``, ``亿``, ``%``)."""

    word: str
    unit: str = ""


def heading(text: str) -> Heading:
    """Read a header as a person would: ``*2. 年营业收入（万元）`` is 年营业收入, counted in 万."""
    folded = "".join(unicodedata.normalize("NFKC", text).split()).casefold().translate(lexicon().simplified)
    unit = ""
    for bracket in _BRACKET.findall(folded):
        unit = unit or next((short for name, short in _UNITS.items() if bracket[1:-1].endswith(name)), "")
    if found := _TAIL_UNIT.search(folded):
        unit = unit or _UNITS[found[1]]
        folded = folded[: found.start()]
    bare = _NUMBERING.sub("", _BRACKET.sub("", folded).strip(_MARKS)).strip(_MARKS)
    if bare.isascii():  # firm_name, firm-name
        bare = re.sub(r"(?<=\w)[_-](?=\w)", "", bare)
    return Heading(bare or folded, unit)


def index_words(titles: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Words of headers to titles; a title itself goes before any other title's synonym, earlier titles before later."""
    found = {heading(title).word: title for title in titles}
    for title, words in titles.items():
        for word in words:
            found.setdefault(heading(word).word, title)
    return found
