"""Who looks for whom: one pipeline, told apart only by who asks and what is looked through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.errors import InputError
from graph.messages import N_, Listed
from graph.model import PairSide


class Asker(StrEnum):
    """What a list is made for."""

    NEED = "need"
    OFFER = "offer"
    ACHIEVEMENT = "achievement"
    FIRM = "firm"


class Pool(StrEnum):
    """What is looked through: listings, or firms by what they make (makers), buy (buyers), or both (users)."""

    OFFERS = "offers"
    CAPABILITIES = "capabilities"
    SOLUTIONS = "solutions"
    ACHIEVEMENTS = "achievements"
    NEEDS = "needs"
    MAKERS = "makers"
    BUYERS = "buyers"
    USERS = "users"


@dataclass(frozen=True)
class Direction:
    """One question: its code, its title, who asks as which side, and what is looked through."""

    name: str
    title: str
    asker: Asker
    asks: PairSide
    pool: Pool

    @property
    def beside(self) -> Pool | None:
        """The listings that ask as this one does; none where a firm asks as a whole."""
        if self.asker is Asker.FIRM or self.pool is Pool.USERS:
            return None
        return Pool.NEEDS if self.asker is Asker.NEED else Pool.OFFERS


class UnknownDirection(InputError):
    """A direction there is not."""

    message = N_("没有“{name}”这个方向")
    cure = N_("可用的方向：{known}")


_ALL = (
    Direction("need-offer", N_("需求找供给"), Asker.NEED, PairSide.BUYER, Pool.OFFERS),
    Direction("offer-need", N_("供给找需求"), Asker.OFFER, PairSide.SELLER, Pool.NEEDS),
    Direction("firm-supplier", N_("企业找供应商"), Asker.FIRM, PairSide.BUYER, Pool.MAKERS),
    Direction("firm-customer", N_("企业找客户"), Asker.FIRM, PairSide.SELLER, Pool.BUYERS),
    Direction("need-capability", N_("需求找加工与检测能力"), Asker.NEED, PairSide.BUYER, Pool.CAPABILITIES),
    Direction("need-solution", N_("需求找系统解决方案"), Asker.NEED, PairSide.BUYER, Pool.SOLUTIONS),
    Direction("need-achievement", N_("需求找科技成果"), Asker.NEED, PairSide.BUYER, Pool.ACHIEVEMENTS),
    Direction("achievement-firm", N_("科技成果找企业"), Asker.ACHIEVEMENT, PairSide.SELLER, Pool.USERS),
)
DIRECTIONS: Mapping[str, Direction] = {one.name: one for one in _ALL}


def direction(name: str) -> Direction:
    """The direction of a name.

    Raises:
        UnknownDirection: when there is none.
    """
    found = DIRECTIONS.get(name)
    if found is None:
        raise UnknownDirection(name=name, known=Listed(DIRECTIONS))
    return found
