"""The list of criteria an investment target is judged by, each a pure function from a firm to a finding."""

from __future__ import annotations

from graph.messages import N_
from matching.gaps.targets.feasibility import feasibility
from matching.gaps.targets.finding import Criterion
from matching.gaps.targets.fit import fit
from matching.gaps.targets.leader import leader
from matching.gaps.targets.quality import quality
from matching.gaps.targets.signals import signals

CRITERIA: dict[str, Criterion] = {
    "fit": fit,
    "leader": leader,
    "signals": signals,
    "quality": quality,
    "feasibility": feasibility,
}
"""By name; the weight of each is ``Weights.target_<name>``. ``fit`` stands first: it multiplies all the others."""

CRITERION_TITLES = {
    "fit": N_("契合"),
    "leader": N_("链主关系"),
    "signals": N_("扩张信号"),
    "quality": N_("质量"),
    "feasibility": N_("可行"),
}
QUESTIONS = {
    "leader": N_("请问已向哪些本地企业供货？"),
    "signals": N_("请问近期有无扩产、选址或融资计划？"),
    "quality": N_("请提供有效证书和梯度培育认定"),
    "feasibility": N_("请提供厂区、年营业收入"),
}
"""What to ask where nothing is on record."""
