"""Which thing a word means that somebody wants to take away."""

from __future__ import annotations

from graph.errors import Ambiguous, NotFound
from graph.messages import Listed
from matching.gaps.network import Network
from matching.gaps.removal import Removal, RemovalKind

_SHOWN = 6


def _one(word: str, found: list[Removal]) -> Removal | None:
    if len(found) > 1:
        names = sorted(f"{one.name}（{one.ref}）" for one in found)
        raise Ambiguous(word=word, names=Listed(names, _SHOWN))
    return found[0] if found else None


def resolve(network: Network, word: str, kind: RemovalKind | None = None) -> Removal:
    """Return what ``word`` means: an id or code, else a whole name, else a part of a single name.

    Without ``kind`` all kinds are asked; the first that knows the id or the whole name decides.

    Raises:
        NotFound: when nothing is called so.
        Ambiguous: when several things are.
    """
    wanted = word.strip()
    kinds = [kind] if kind else list(RemovalKind)
    for one in kinds:
        if wanted in network.names[one]:
            return network.names[one][wanted]
    for one in kinds:
        if found := _one(wanted, [named for named in network.names[one].values() if named.name == wanted]):
            return found
    plants = [one for one in kinds if one is RemovalKind.SITE]  # asked last: their names hold those of their firms
    for asked in ([one for one in kinds if one not in plants], plants):
        parts = [named for one in asked for named in network.names[one].values() if wanted and wanted in named.name]
        if found := _one(wanted, parts):
            return found
    raise NotFound(id=wanted)
