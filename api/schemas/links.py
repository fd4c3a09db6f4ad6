"""Links proposed and decided."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.firms import LinkWire
from api.schemas.wire import Wire
from graph.messages import N_

TEXT = 300
Ref = Field(min_length=1, max_length=TEXT, description=N_("编号、代码或名称"), examples=["示例传动有限公司"])


class LinkList(Wire):
    """Some of the links found, and how many there are."""

    total: int = Field(description=N_("总数"))
    items: list[LinkWire] = Field(description=N_("挂链"))


class LinkDecide(Wire):
    """A decision on a link."""

    firm: str = Ref
    segment: str = Field(min_length=1, max_length=TEXT, description=N_("编号、名称或“链名/环节名”"))
    state: Literal["confirmed", "rejected"] = Field(description=N_("确认或排除"))
    by: str = Field("", max_length=60, description=N_("核查人；已登录时以账号为准"))
    reason: str = Field(max_length=TEXT, description=N_("理由"))


class LinkUndo(Wire):
    """The last decision on a link, to be taken back."""

    firm: str = Ref
    segment: str = Field(min_length=1, max_length=TEXT, description=N_("编号、名称或“链名/环节名”"))
    by: str = Field("", max_length=60, description=N_("核查人；已登录时以账号为准"))


class LinkChanged(Wire):
    """A link after a decision; null when no source speaks of it any more."""

    link: LinkWire | None = Field(description=N_("挂链"))


class LinkPropose(Wire):
    """Which firms to propose links for."""

    firm: str | None = Field(None, max_length=TEXT, description=N_("企业；不写则为全部企业"))


class LinkProposed(Wire):
    """What proposing did."""

    proposed: int = Field(description=N_("建议条数"))
    confirmed: int = Field(description=N_("由强证据确认"))
    uncertain: int = Field(description=N_("待核实"))
    rejected: int = Field(description=N_("已否定"))
    swept: int = Field(description=N_("清理的旧建议"))
