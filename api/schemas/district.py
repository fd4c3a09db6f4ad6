"""The district at home, with who set it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import ConfigDict, Field

from api.schemas.settings import By, Why
from api.schemas.wire import Titled, Wire
from graph.district import District
from graph.messages import N_
from matching.gaps import RING_TITLES
from matching.rings import rings_of


class DistrictWire(Wire):
    """The district rings are counted from."""

    code: str = Field(description=N_("行政区划代码"), examples=["320412"])
    name: str = Field(description=N_("名称，连省市"), examples=["江苏省常州市武进区"])
    by: str | None = Field(description=N_("设定人；从未设过时为 null"))
    at: datetime | None = Field(description=N_("设定时间"))
    reason: str | None = Field(description=N_("理由"))
    rings: list[Titled] = Field(description=N_("由近及远的圈层"))

    @classmethod
    def of(cls, found: District) -> Self:
        """A district with the rings around it."""
        rings = [Titled.of(ring, RING_TITLES[ring]) for ring in rings_of(found)]
        return cls(code=found.code, name=found.name, by=found.by, at=found.at, reason=found.reason, rings=rings)


class DistrictEdit(Wire):
    """Which district is home from now on."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"place": "江苏省常州市武进区", "by": "链办"}]})

    place: Annotated[str, Field(min_length=2, max_length=60, description=N_("名称（连省市）或行政区划代码"))]
    by: By = ""
    reason: Why = ""
