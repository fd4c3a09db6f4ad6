"""Machining and testing services, system solutions and research results, and who posts them."""

from __future__ import annotations

import random
from datetime import timedelta

from loaders.workbook.sample.catalogue import Segment
from loaders.workbook.sample.draft import Coverage, Draft
from loaders.workbook.sample.firms import Firm
from loaders.workbook.sample.listings import Numbers, taken_numbers
from loaders.workbook.sample.organisations import GENERALISTS, LABORATORIES, SPECIALISTS
from loaders.workbook.sample.processes import PROCESSES, Process
from loaders.workbook.sample.tables import MADE_ON, Record

CAPABILITIES, SOLUTIONS, ACHIEVEMENTS = 80, 25, 40


_SCENES = (
    "汽车焊装线柔性切换",
    "压铸车间取件与清理",
    "动力电池模组拆解",
    "电机定子自动下线",
    "轨道车辆内装打磨",
    "变压器铁芯叠装",
    "钢材表面缺陷在线检测",
    "热处理炉群能耗优化",
    "碳纤维预氧化炉温控",
    "碳纤维缠绕气瓶检测",
    "储能电站安全预警",
    "工商业储能削峰填谷",
    "智算中心液冷改造",
    "车间无人搬运与调度",
    "刀具寿命预测",
    "齿轮箱远程运维",
    "发酵过程在线优化",
    "医用敷料洁净包装",
    "加氢站泄漏巡检",
    "光储充一体化园区",
    "卫星天线总装测试",
    "康复机器人训练评估",
    "机床数据采集与联网",
    "铸造车间除尘与节能",
    "小批量多品种排产",
)
_METHODS = ("低成本制备工艺", "在线检测方法", "可靠性提升技术", "国产化样机", "一致性控制方法", "寿命预测模型")


def add_capabilities(draft: Draft, firms: list[Firm]) -> None:
    """Write services with their machines: tests by laboratories, the rest by firms that have idle machines."""
    rng, tables = draft.rng, draft.tables
    numbers = Numbers("C", taken_numbers(tables, "加工与检测能力"))
    makers = [firm for firm in firms if not firm.leads and firm.status == "正常" and firm.segments]
    wanted = CAPABILITIES - len(tables.rows["加工与检测能力"])
    for turn in range(wanted):
        process = PROCESSES[turn % len(PROCESSES)]
        key = numbers.next()
        able = [firm.name for firm in makers if firm.segments[0].split(".")[0] in process.chains]
        record = _capability(rng, key, process, rng.choice(list(LABORATORIES) if process.test else able))
        segment = draft.catalogue.ref(process.segment) if process.segment else None
        tables.add("加工与检测能力", record | {"环节": segment})
        for count in range(rng.choice((1, 1, 2))):
            model = f"示例-{rng.choice('ABCDEFG')}{rng.randint(100, 990)}"
            tables.add(
                "设备",
                {"能力编号": key, "名称": process.machine, "制造商": f"示例机床{'一二'[count]}厂", "型号": model},
            )


def _capability(rng: random.Random, key: str, process: Process, owner: str) -> Record:
    limits = [text.format(rng.choice(values)) for text, values in process.envelope if rng.random() < 0.9]
    valid = f"{rng.choice(process.certificates)} 至 {rng.choice((2025, 2027, 2027, 2028))}-{rng.randint(1, 12):02d}-28"
    return {
        "编号": key,
        "名称": f"{process.name}{rng.choice(('服务', '对外加工', '共享'))}"
        if not process.test
        else f"{process.name}服务",
        "发布单位": owner,
        "工艺": process.name,
        "技术指标": limits or None,
        "证书": [valid] if rng.random() < 0.75 else None,
        "月空闲产能": rng.randrange(*process.idle) if rng.random() < 0.85 else None,
        "计量单位": process.unit,
        "交期（天）": rng.choice((3, 5, 7, 10, 15, 20)) if rng.random() < 0.7 else None,
        "状态": "有效",
        "发布日期": MADE_ON.date() - timedelta(days=rng.randint(5, 200)),
    }


def add_solutions(draft: Draft, firms: list[Firm]) -> None:
    """Write one solution a scene, by integrators and software firms."""
    rng, tables = draft.rng, draft.tables
    numbers = Numbers("S", taken_numbers(tables, "系统解决方案"))
    chains = ("robotics.", "ai.", "equipment.industrial-software", "storage.ems", "storage.microgrid")
    able = [firm.name for firm in firms if any(segment.startswith(chains) for segment in firm.segments)]
    for scene in _SCENES[: SOLUTIONS - len(tables.rows["系统解决方案"])]:
        tables.add(
            "系统解决方案",
            {
                "编号": numbers.next(),
                "名称": f"{scene}系统解决方案",
                "发布单位": rng.choice(able),
                "说明": f"已在 {rng.randint(1, 9)} 家企业应用，实施周期约 {rng.randint(2, 9)} 个月",
                "应用场景": scene,
                "状态": "有效",
                "发布日期": MADE_ON.date() - timedelta(days=rng.randint(5, 240)),
            },
        )


def add_achievements(draft: Draft) -> None:
    """Write research results, most of them in segments where firms are missing."""
    rng, tables = draft.rng, draft.tables
    numbers = Numbers("A", taken_numbers(tables, "科技成果"))
    open_segments = [s for s in draft.catalogue.segments if draft.coverage[s.id] in {Coverage.MISSING, Coverage.SINGLE}]
    wanted = ACHIEVEMENTS - len(tables.rows["科技成果"])
    for segment in rng.sample(open_segments, min(wanted, len(open_segments))):
        tables.add("科技成果", _achievement(rng, numbers.next(), segment))


def _achievement(rng: random.Random, key: str, segment: Segment) -> Record:
    count = rng.randint(0, 3)
    return {
        "编号": key,
        "名称": f"{segment.terms[0]}{rng.choice(_METHODS)}",
        "发布单位": rng.choice((*SPECIALISTS.get(segment.chain.id, ()), *GENERALISTS)),
        "环节": segment.ref,
        "产品": [segment.terms[0]],
        "技术成熟度": rng.randint(3, 8) if rng.random() < 0.85 else None,
        "专利": [f"示例专利 {rng.randint(1000, 9999)}" for _ in range(count)] or None,
        "状态": "有效",
        "发布日期": MADE_ON.date() - timedelta(days=rng.randint(5, 300)),
    }
