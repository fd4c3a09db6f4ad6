"""What the grey example row of the template says. A column that is not here shows an example of its kind."""

from __future__ import annotations

_FIRM, _OTHER, _INSTITUTE = "某某精密传动有限公司", "某某机器人有限公司", "某某大学"
EXAMPLES: dict[str, str] = {
    **dict.fromkeys(("firm", "supplier", "organisation"), _FIRM),
    **{"buyer": _OTHER, "uscc": "", "short_name": "某某传动", "exchange_code": "", "exchange": "", "listed_on": ""},
    **{"city": "常州市", "place": "湖塘镇", "group": "", "revenue": "3,000万元", "employees": "120"},
    **{"main_products": "精密行星减速器；谐波减速器", "profile": "从事精密传动部件的研发与制造"},
    **{"product": "精密行星减速器", "products": "精密行星减速器", "share": "35%", "amount": "500万元", "item": "1"},
    **{"import_share": "20%", "single_country_share": "", "segment": "机器人/RV减速器", "segments": "机器人/RV减速器"},
    **{"evidence": "2026-10 走访，见到量产线", "capacity_share": "40%", "chain": "机器人", "address": "某某路 1 号"},
    **{"found": "2", "method": "电话核实", "sources": "税务名录；协会名录；镇街走访", "number": "N-001"},
    **{"text": "用于工业机器人关节", "process": "磨齿", "limits": "背隙≤1角分；外径60~300mm", "unit": "台"},
    **{"certificates": "IATF 16949 至 2027-03-31", "quantity": "800", "lead_time_days": "30", "scene": "汽车焊装线"},
    **{
        "readiness": "6",
        "patents": "某某减速器（ZL2026…）",
        "capability": "C-001",
        "maker": "某某机床",
        "model": "X500",
    },
    **{"event": "E-001", "starts": "09:00", "ends": "11:30", "minutes": "20", "pause": "5", "breaks": "10:15-10:30"},
    "ways": "A厅-B厅=10",
    **{"halls": "A厅=12；B厅=8", "venue": "某某会议中心", "host": "某某局", "people": "2", "minimum": "1"},
    **{"maximum": "6", "away": "11:00-11:30", "wishes": _OTHER, "musts": "", "nevers": "", "languages": "中文"},
    **{"attendees": "张某；李某", "contact": "张某", "mobile": "", "email": "", "note": ""},
    **{"category": "高校院所", "reference": "某某公告"},
}
NAMES: dict[str, str] = {
    "企业": _FIRM, "机构": _INSTITUTE, "厂区": "一厂区", "需求": "高精度行星减速器", "供给": "精密行星减速器",
    "加工与检测能力": "大型齿轮磨削", "设备": "数控磨齿机", "系统解决方案": "焊装线自动化",
    "科技成果": "低背隙减速器设计", "对接活动": "某某产业链供需对接会", "扩张信号": "二期厂房开工",
}  # fmt: skip
