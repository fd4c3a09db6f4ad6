"""The market with its encoder: what the command line, the API and the pages match with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.store import Store
    from matching.gaps import Ring
    from matching.learning.encoder import Encoder
    from matching.pairing import Market, Reach
    from matching.pairing.network import Network

MODEL = "model"
SHIPPED = Path(__file__).parents[1] / "matching" / "pairing" / "default_model"
CARD = "README.md"
_MARK = "router_config.json"


def trained_folder() -> Path:
    """Where ``ronglian train`` keeps the model: in the data folder."""
    from api.connection import home
    from api.settings import Settings

    return home(Settings()) / MODEL


def model_folder() -> Path | None:
    """The model in use: the one trained here, else the one that came with the package."""
    found = (folder for folder in (trained_folder(), SHIPPED) if (folder / _MARK).is_file())
    return next(found, None)


def model_stamp() -> tuple[str, int] | None:
    """Changes when another model comes into use."""
    folder = model_folder()
    return (str(folder), (folder / _MARK).stat().st_mtime_ns) if folder else None


def encoder() -> Encoder | None:
    """The encoder in use, read by numpy alone."""
    return _load(model_stamp())


@lru_cache(maxsize=2)
def _load(stamp: tuple[str, int] | None) -> Encoder | None:
    from matching.learning.encoder import load

    return load(Path(stamp[0])) if stamp else None


def load_market(store: Store, network: Network | None = None) -> Market:
    """All that is offered, with the encoder in use."""
    from matching import pairing

    return pairing.load_market(store, encoder(), network)


def load_reach(store: Store, ring: Ring | None) -> Reach | None:
    """How far away who is found may work; None anywhere."""
    from graph.district import load_district
    from matching.pairing import Reach, load_places

    return Reach(ring, load_district(store), load_places(store)) if ring else None
