"""Problems (RFC 9457)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from graph.messages import N_


class FieldProblem(BaseModel):
    """One wrong field."""

    model_config = ConfigDict(frozen=True)

    where: str = Field(description=N_("哪一项"))
    detail: str = Field(description=N_("错在哪里"))


class Problem(BaseModel):
    """What was wrong, where, and what to do (RFC 9457 with ``cure``)."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description=N_("问题类别"), examples=["urn:ronglian:problem:not-found"])
    title: str = Field(description=N_("类别名称"), examples=["没有找到"])
    status: int = Field(description=N_("HTTP 状态码"), examples=[404])
    detail: str = Field(description=N_("错在哪里"), examples=["没有编号为“robotics.x”的内容"])
    cure: str = Field(description=N_("怎么办"), examples=["请检查编号，或先载入数据"])
    instance: str = Field(description=N_("出错的地址"), examples=["/api/v1/segments/robotics.x"])
    where: str | None = Field(None, description=N_("哪一项、哪个文件或哪一行"))
    reference: str | None = Field(None, description=N_("日志编号，仅未预期的错误才有"))
    errors: list[FieldProblem] | None = Field(None, description=N_("不合要求的各项"))
