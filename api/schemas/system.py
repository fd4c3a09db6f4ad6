"""The service about itself and the graph as a whole."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.wire import Wire
from graph.messages import N_


class Health(Wire):
    """The process lives."""

    status: Literal["ok"] = Field("ok", description=N_("正常"))


class Ready(Wire):
    """The graph answers."""

    status: Literal["ready"] = Field("ready", description=N_("就绪"))
    neo4j: str | None = Field(description=N_("图数据库版本；未登录时为 null"))
    revision: int | None = Field(description=N_("图谱修订号：每次写入加一；未登录时为 null"))


class DigestWire(Wire):
    """One hash over everything the graph says."""

    value: str = Field(description=N_("摘要：两次载入是否得到同样的图谱"))
    nodes: int = Field(description=N_("节点数"))
    statements: int = Field(description=N_("来源陈述数"))
    relationships: int = Field(description=N_("关系数"))
