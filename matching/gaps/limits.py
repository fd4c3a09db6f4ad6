"""What a what-if could not take into account, said beside its result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.messages import N_, Message
from graph.model import FirmStatus
from matching.gaps.network import Cut, Network
from matching.gaps.removal import ALL_IMPORTS, Removal, RemovalKind

NO_FEEDS = N_("图谱中没有环节之间的供给关系，只能算直接影响")
CLOSED = N_("{name} 已注销，本来就不计入")
NOT_CONFIRMED = N_("{name} 没有已确认的环节（待核实 {count} 个），停供影响无从计算")
BEYOND = N_("{name} 已确认的环节不在所选圈层之内，不影响圈内企业数")
OTHER_PLANTS = N_("{name} 另有厂区；哪个厂区生产什么没有记录，仍在圈层内的按继续供货计")
MOVED_OUT = N_("{name} 其余厂区不在所选圈层内（或地点不明），按不再供货计")
UNNAMED = N_("{total} 笔进口采购中 {count} 笔未写明主要进口国及其占比，未计入")
NO_AMOUNT = N_("{total} 笔采购中 {count} 笔没有采购额或进口占比，未计入")
NOBODY = N_("“{name}”圈内没有确认企业，按外购供应中断计")


def _firm(network: Network, firm: str) -> Iterator[Message]:
    view = network.view
    if firm not in view.firms:
        return
    name = view.firms[firm].name
    if view.firms[firm].status is FirmStatus.CLOSED:
        yield Message(CLOSED, {"name": name})
    elif firm not in network.segments_of:
        doubtful = sum(link.firm.id == firm for links in view.links.values() for link in links)
        yield Message(NOT_CONFIRMED, {"name": name, "count": doubtful})
    elif not any(link.firm.id == firm for k in network.segments_of[firm] for link in network.suppliers.get(k, ())):
        yield Message(BEYOND, {"name": name})


def _countries(network: Network, cut: Cut) -> Iterator[Message]:
    bought = network.bought
    unknown = [fact for fact in bought if not fact.amount or fact.import_share is None]
    if unknown:
        yield Message(NO_AMOUNT, {"total": len(bought), "count": len(unknown)})
    abroad = [fact for fact in bought if fact.import_share]
    unnamed = [fact for fact in abroad if fact.import_country is None or fact.single_country_share is None]
    if unnamed and cut.countries != {ALL_IMPORTS}:
        yield Message(UNNAMED, {"total": len(abroad), "count": len(unnamed)})


def limits(network: Network, removals: Sequence[Removal], cut: Cut) -> tuple[Message, ...]:
    """Return what limits the answer, first of single removals in their order, then of plants and imports."""
    found: list[Message] = []
    view = network.view
    if removals and view.segments and not view.feeds_from:
        found.append(Message(NO_FEEDS))
    for removal in removals:
        if removal.kind is RemovalKind.FIRM:
            found += _firm(network, removal.ref)
        elif removal.kind is RemovalKind.SEGMENT and removal.ref not in network.suppliers:
            found.append(Message(NOBODY, {"name": removal.name}))
    for firm in sorted(cut.moved):
        if firm in view.firms and firm in network.segments_of:
            stays = network.stays(firm, cut, view.ring)
            found.append(Message(OTHER_PLANTS if stays else MOVED_OUT, {"name": view.firms[firm].name}))
    if cut.countries:
        found += _countries(network, cut)
    return tuple(found)
