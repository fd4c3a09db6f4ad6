"""The other members of the network: institutes, financiers, associations, offices. All invented."""

from __future__ import annotations

from loaders.workbook.sample.tables import Tables

GENERALISTS = ("示例理工大学", "示例职业技术学院")
SPECIALISTS: dict[str, tuple[str, ...]] = {
    "smart-ev": ("示例汽车工程研究院",),
    "equipment": ("示例轨道交通研究院", "示例大学机械工程学院"),
    "metals": ("示例江南材料研究院",),
    "robotics": ("示例大学机器人研究所",),
    "carbon": ("示例碳材料创新中心", "示例江南材料研究院"),
    "storage": ("示例储能技术研究院",),
    "ai": ("示例人工智能研究院",),
    "biomanufacturing": ("示例生物制造研究院",),
    "future-energy": ("示例聚变工程研究所", "示例储能技术研究院"),
    "future-network": ("示例空天信息研究院",),
    "future-health": ("示例脑机接口联合实验室",),
}
INSTITUTES = tuple(dict.fromkeys([*GENERALISTS, *(name for names in SPECIALISTS.values() for name in names)]))
LABORATORIES = (
    "示例检验检测研究院",
    "示例计量测试所",
    "示例机器人检测中心",
    "示例理工大学",
    "示例江南材料研究院",
    "示例储能技术研究院",
)
FINANCIERS = {
    "示例城市商业银行": "科技贷、订单融资",
    "示例农村商业银行": "小微企业信用贷",
    "示例产业投资基金": "35X 产业链早中期股权投资",
    "示例天使投资基金": "种子轮与天使轮",
    "示例融资担保有限公司": "政府性融资担保",
    "示例融资租赁有限公司": "设备租赁",
    "示例科创保险经纪有限公司": "首台（套）保险",
    "示例并购基金": "链主并购与上下游整合",
}
ASSOCIATIONS = {
    "示例机器人产业协会": "机器人",
    "示例汽车零部件商会": "智电汽车",
    "示例装备制造业协会": "高端装备",
    "示例金属材料商会": "金属材料",
    "示例碳材料产业联盟": "新型碳材料",
    "示例储能产业联盟": "新型储能",
    "示例生物制造产业联盟": "生物制造",
}
OFFICES = {
    "示例区工业和信息化局": "链办、供需对接",
    "示例区商务局": "招商引资",
    "示例区科学技术局": "揭榜挂帅、科技成果转化",
    "示例区发展和改革局": "绿色低碳",
    "示例西太湖招商服务中心": "园区招商",
    "示例区行政审批局": "政务服务",
}


def add_organisations(tables: Tables) -> None:
    """Write them."""
    names = dict.fromkeys(INSTITUTES + LABORATORIES, "高校院所")
    profiles = FINANCIERS | {name: f"{chain}产业链会员服务" for name, chain in ASSOCIATIONS.items()} | OFFICES
    names |= dict.fromkeys(FINANCIERS, "金融机构") | dict.fromkeys(ASSOCIATIONS, "行业协会")
    names |= dict.fromkeys(OFFICES, "政府部门")
    for name, category in names.items():
        tables.add("机构", {"类别": category, "名称": name, "简介": profiles.get(name), "所在地区": "武进区"})
