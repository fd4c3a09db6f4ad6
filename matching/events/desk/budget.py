"""How many invitations reach a yearly target, from the rates of the events there were; nothing measured, no figure.

An invitation is a firm registered at an event of which outcomes are recorded. What it yields is counted by the rule of
the yearly figures: a firm counts once a year, so a second invitation of it in the same year yields nothing. Rates are
shares of invitations with Wilson's 95% interval.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from graph.messages import N_, Message
from graph.queries import queries
from graph.store import Row, Store
from matching.events.desk.outcomes import Tally, tally
from matching.plan.progress import CHAIN_LEADERS, FIRMS_SERVED, INTENTIONS, YEARLY, target_rows

MORE_THAN = "more_than"
CONFIDENCE = 0.95

UNMEASURED = N_("还没有一场活动录入过会面结果，没有实测比例，不作推算；可填写假定比例，结果会注明为假定")
NEVER_YET = N_("已邀约 {invited} 家次，尚无一项达成，测不出比例；按 95% 区间上限 {high:.1%} 至少还要邀约 {least} 家次")
MEASURED = N_("实测：邀约 {invited} 家次 → 达成 {reached}（{rate:.1%}，95% 区间 {low:.1%}–{high:.1%}）")
ASSUMED = N_("假定比例 {rate:.1%}（人工填写，非实测）")
REACHED = N_("今年已达到")
BUDGET_RULE = N_(
    "口径：邀约以已录入结果的活动的参会登记计，一家企业参加一场为 1 家次；达成按年度计数口径计，一家企业一年只计 1 次，"
    "因此还须邀约的应为今年尚未计入的企业"
)


@dataclass(frozen=True)
class Rate:
    """How many of the invitations reached it, within ``low`` and ``high``; an ``assumed`` one was not measured."""

    share: float
    low: float
    high: float
    invited: int = 0
    reached: int = 0
    assumed: bool = False


@dataclass(frozen=True)
class Budget:
    """A yearly target: what it asks, what is counted, and how many invitations the rest takes; None: not known.

    ``fewest`` and ``most`` follow from the ends of the interval.
    """

    target: str
    name: str
    unit: str
    goal: int
    counted: int
    rate: Rate | None
    needed: int | None
    fewest: int | None
    most: int | None
    note: Message

    @property
    def missing(self) -> int:
        """What is left of the goal."""
        return max(0, self.goal - self.counted)


@dataclass(frozen=True)
class Budgets:
    """The yearly targets that events serve; ``held`` of the ``invited`` firms met somebody, ``agreed`` an intention."""

    year: int
    events: int
    invited: int
    held: int
    agreed: int
    items: tuple[Budget, ...]
    sample: bool


def measured(reached: int, invited: int) -> Rate | None:
    """The share and Wilson's interval; None when nothing was tried."""
    if not invited:
        return None
    from scipy.stats import binomtest

    found = binomtest(reached, invited).proportion_ci(CONFIDENCE, method="wilson")
    return Rate(reached / invited, float(found.low), float(found.high), invited, reached)


def plan_invitations(
    targets: Iterable[Row], rows: Iterable[Row], counted: Tally, assumed: Mapping[str, float] | None = None
) -> Budgets:
    """How many invitations each yearly target takes.

    Args:
        targets: Rows of the plan's targets.
        rows: Firms at events with outcomes.
        counted: What this year's events count so far.
        assumed: Rates somebody entered, by target.
    """
    firms = list(rows)
    yields = {FIRMS_SERVED: ("chain", "held"), CHAIN_LEADERS: ("leader", "held"), INTENTIONS: ("chain", "agreed")}
    so_far = {FIRMS_SERVED: counted.firms, CHAIN_LEADERS: counted.leaders, INTENTIONS: counted.intentions}
    items = []
    for row in targets:
        if row["id"] not in yields or row["period"] != YEARLY:
            continue
        who, what = yields[row["id"]]
        own = [one for one in firms if one[who] and not (row["id"] == INTENTIONS and one["leader"])]
        once = {(one["held_on"].year, one["firm"]) for one in own if one[what]}
        share = (assumed or {}).get(row["id"])
        rate = measured(len(once), len(own)) if share is None else Rate(share, share, share, assumed=True)
        goal = math.floor(row["value"]) + (row["comparison"] == MORE_THAN)
        items.append(_budget(row, goal, so_far[row["id"]], rate))
    return Budgets(
        counted.year,
        len({one["event"] for one in firms}),
        len(firms),
        sum(one["held"] for one in firms),
        sum(one["agreed"] for one in firms),
        tuple(items),
        counted.sample or any(one["sample"] for one in firms),
    )


def _budget(row: Row, goal: int, counted: int, rate: Rate | None) -> Budget:
    said = {"target": row["id"], "name": row["name"], "unit": row["unit"], "goal": goal, "counted": counted}
    left = max(0, goal - counted)
    if not left:
        return Budget(**said, rate=rate, needed=0, fewest=0, most=0, note=Message(REACHED))
    if rate is None:
        return Budget(**said, rate=None, needed=None, fewest=None, most=None, note=Message(UNMEASURED))
    fewest = math.ceil(left / rate.high)
    if not rate.share:
        values: dict[str, object] = {"invited": rate.invited, "high": rate.high, "least": fewest}
        return Budget(**said, rate=rate, needed=None, fewest=fewest, most=None, note=Message(NEVER_YET, values))
    note = Message(ASSUMED, {"rate": rate.share})
    if not rate.assumed:
        shown: dict[str, object] = {
            "invited": rate.invited,
            "reached": rate.reached,
            "low": rate.low,
            "high": rate.high,
        }
        note = Message(MEASURED, shown | {"rate": rate.share})
    needed = math.ceil(left / rate.share) if rate.assumed else -(-left * rate.invited // rate.reached)
    most = math.ceil(left / rate.low)
    return Budget(**said, rate=rate, needed=needed, fewest=fewest, most=most, note=note)


def budget(store: Store, today: date, assumed: Mapping[str, float] | None = None) -> Budgets:
    """How many invitations the plan's yearly targets take this year."""
    return plan_invitations(
        target_rows(store),
        store.read(queries.list_attendance, day=today),
        tally(store, today.year, today),
        assumed,
    )
