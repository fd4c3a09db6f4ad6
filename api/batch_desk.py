"""What pages and the API say of open needs matched at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from api.background import State
from api.batch import Asked, OpenNeed, chosen, open_needs
from api.batches import Batch, Batches
from api.i18n import _, render
from api.rings import RingChoice
from api.schemas.batch import BatchEdit, BatchWire
from api.schemas.chains import ring_titled
from api.schemas.wire import Named, Titled
from graph.errors import NotFound
from graph.messages import N_

if TYPE_CHECKING:
    from graph.catalogue import Catalogue
    from graph.store import Store

STATE_TITLES = {
    State.WAITING: N_("等待其他匹配结束"),
    State.RUNNING: N_("正在匹配"),
    State.DONE: N_("已匹配完"),
    State.STOPPED: N_("已停止，可继续"),
    State.FAILED: N_("没有完成"),
}


@dataclass(frozen=True)
class BatchDesk:
    """The viewer's runs, and the needs they may ask for."""

    store: Store
    batches: Batches
    catalogue: Catalogue
    today: date

    @cached_property
    def needs(self) -> list[OpenNeed]:
        """The open needs of the viewer's scope."""
        return open_needs(self.store, self.today)

    @property
    def by_chain(self) -> Counter[str]:
        """How many of them there are, by chain."""
        return Counter(chain for need in self.needs for chain in need.chains)

    @property
    def unchained(self) -> int:
        """How many belong to no chain."""
        return sum(not need.chains for need in self.needs)

    @property
    def towns(self) -> Mapping[str, str]:
        """Names of the towns their buyers work in, by id."""
        found = {id_: name for need in self.needs for id_, name in need.towns.items()}
        return dict(sorted(found.items()))

    def asked(self, chain: str | None, ring: RingChoice, town: str | None) -> Asked:
        """What is asked for.

        Raises:
            NotFound: when there is no such chain or town.
        """
        if chain and self.catalogue.chain(chain) is None:
            raise NotFound(id=chain)
        if town and town not in self.towns:
            raise NotFound(id=town)
        return Asked(chain or None, ring.ring, town or None)

    def start(self, edit: BatchEdit) -> BatchWire:
        """Begin, or go on.

        Raises:
            NotFound: when there is no such chain or town.
        """
        return self.wire(self.batches.start(self.asked(edit.chain, edit.ring, edit.town)), 0, 0)

    def watch(self, own: str, skip: int, limit: int) -> BatchWire:
        """How far a run is, with some of what was found.

        Raises:
            NotFound: when there is no such run of the viewer's.
        """
        return self.wire(self.batches.get(own), skip, limit)

    def stop(self, own: str) -> BatchWire:
        """Stop a run.

        Raises:
            NotFound: when there is no such run of the viewer's.
        """
        return self.wire(self.batches.stop(own), 0, 0)

    def wire(self, job: Batch, skip: int, limit: int) -> BatchWire:
        """A run as it is sent; what is not sent is not noted as shown."""
        total = len(job.run.done)
        found = job.run.found(skip, limit) if limit and skip < total else []
        counts = job.run.counts()
        asked = job.asked
        card = self.catalogue.chain(asked.chain) if asked.chain else None
        return BatchWire(
            id=job.id,
            state=Titled.of(job.state, STATE_TITLES[job.state]),
            chain=Named(id=card.id, name=card.name) if card else None,
            ring=ring_titled(asked.ring),
            town=Named(id=asked.town, name=self.towns.get(asked.town, asked.town)) if asked.town else None,
            total=len(job.run.needs) or self.count(asked),
            done=len(job.run.done),
            resumed=counts.resumed,
            served=counts.served,
            beyond=counts.beyond,
            seconds=round(job.spent, 1),
            stale=self.batches.stale(job),
            advice=self.advice(asked),
            detail=render(job.error.what) if job.error else None,
            cure=render(job.error.remedy) if job.error else None,
            items=found,
        )

    def count(self, asked: Asked) -> int:
        """How many needs are asked for."""
        return len(chosen(self.needs, asked))

    def advice(self, asked: Asked) -> str | None:
        """What to do where there is no open need; None where there are some."""
        if self.count(asked):
            return None
        if not self.needs:
            return _("还没有您可以匹配的有效需求：请在“数据导入”载入需求，或请企业登记需求；过期的需求先更新截止日期")
        if self.by_chain.get(asked.chain or "", 0):
            return _("这一镇街没有该链的有效需求：请改选“全部镇街”，或换一个镇街")
        return _("该链没有有效需求：请换一条产业链或选“全部产业链”；需求要写明产品，产品对应到环节后才归入产业链")
