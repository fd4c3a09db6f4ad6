"""Words the generated part of the sample is made of. All of them are invented or plain trade words."""

from __future__ import annotations

FIRST = "恒锦瑞鼎宏盛嘉泰鑫腾凯卓启远博晟昊跃维科润承"
SECOND = "锐诚川辉隆业丰通航宁信峰宇力和越铭亿展欣"
TRADES: dict[str, tuple[str, ...]] = {
    "smart-ev": ("汽车零部件", "汽车电子", "汽车系统", "车业科技"),
    "equipment": ("机械", "精密机械", "装备制造", "机电"),
    "metals": ("金属材料", "特钢", "合金科技", "金属制品"),
    "robotics": ("机器人", "智能装备", "自动化", "精密传动"),
    "carbon": ("碳材料", "复合材料", "新材料", "石墨科技"),
    "storage": ("储能科技", "新能源", "电源", "能源材料"),
    "ai": ("智能科技", "信息技术", "数据科技", "电子科技"),
    "biomanufacturing": ("生物科技", "生物技术", "生物制造", "生物医药"),
    "future-energy": ("氢能科技", "能源装备", "未来能源"),
    "future-network": ("通信技术", "光电科技", "空天信息"),
    "future-health": ("医疗科技", "生命科技", "神经科技"),
}
TOWNS = {
    "高新区": 24,
    "武进经济开发区": 16,
    "西太湖生态休闲区": 14,
    "湖塘镇": 10,
    "遥观镇": 9,
    "横林镇": 8,
    "横山桥镇": 8,
    "洛阳镇": 8,
    "礼嘉镇": 7,
    "牛塘镇": 7,
    "湟里镇": 6,
    "前黄镇": 6,
    "雪堰镇": 5,
    "潞城街道": 6,
    "戚墅堰街道": 4,
    "丁堰街道": 4,
    "嘉泽镇": 3,
    "太湖旅游度假区": 1,
}
"""Towns of 武进 with how many of a hundred and fifty firms sit there, more or less."""
CITIES = ("湖州市", "无锡市", "苏州市", "上海市", "南京市", "镇江市", "嘉兴市", "杭州市", "宁波市", "南通市")
"""Cities of the Yangtze Delta the firms of the ring come from."""

CERTIFICATES: dict[str, tuple[str, ...]] = {
    "smart-ev": ("IATF 16949", "ISO 14001", "ISO 26262"),
    "equipment": ("ISO 9001", "ISO 45001", "IRIS"),
    "metals": ("ISO 9001", "ISO 14001", "IATF 16949"),
    "robotics": ("ISO 9001", "CR 机器人认证", "IATF 16949"),
    "carbon": ("ISO 9001", "AS9100D", "ISO 14001"),
    "storage": ("ISO 9001", "UL 1973", "GB/T 36276 检测报告"),
    "ai": ("ISO/IEC 27001", "ISO 9001", "CCC"),
    "biomanufacturing": ("GMP", "ISO 13485", "ISO 22000"),
    "future-energy": ("ISO 9001", "TSG 特种设备许可"),
    "future-network": ("ISO 9001", "GJB 9001C"),
    "future-health": ("ISO 13485", "GMP"),
}
SEARCH_SOURCES = (
    "市场监管登记名录",
    "增值税开票品名汇总",
    "专利公开文献",
    "高新技术企业名单",
    "镇街走访",
    "行业协会会员名录",
    "展会参展商名录",
    "链主供应商名单",
)
SEARCH_METHODS = ("名录比对后电话核实", "开票品名检索并走访", "专利检索后现场核查", "协会座谈并逐家核实")
EVIDENCE = (
    "{month} 走访：{term}产线 {count} 条在产",
    "增值税开票品名含“{term}”（{month}）",
    "{month} 企业填报，附{term}检测报告",
    "{month} 现场核查：{term}批量供货，客户 {count} 家",
    "高企申报材料主营“{term}”，{month} 电话核实",
)
WEAK_EVIDENCE = ("经营范围含“{term}”，未见产品", "官网提到“{term}”，未联系上企业", "镇街上报名单，未核查")
