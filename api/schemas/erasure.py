"""A person taken out of what is kept."""

from __future__ import annotations

from pydantic import Field

from api.schemas.wire import Wire
from graph.messages import N_


class ErasureRequest(Wire):
    """Who is to be taken out of a firm's registrations."""

    firm: str | None = Field(None, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$", description=N_("企业；不填为本企业"))
    person: str = Field(
        min_length=2, max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$", description=N_("姓名，须与登记的完全一致")
    )


class ErasureWire(Wire):
    """What was put right."""

    firm: str = Field(description=N_("企业编号"))
    registrations: int = Field(description=N_("有多少份参会登记提到此人"))
    copies: int = Field(description=N_("另有多少处留存的副本随之改正"))
