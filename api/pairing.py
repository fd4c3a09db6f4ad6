"""The market with its encoder and weights: what the command line, the API and the pages match with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from graph.store import Store
    from matching.gaps import Ring
    from matching.learning.encoder import Encoder
    from matching.pairing import Market, Reach
    from matching.pairing.arrange import Rules
    from matching.pairing.directions import Pool
    from matching.pairing.network import Network
    from matching.pairing.weights import Weights

MODEL = "model"
WEIGHTS = "weights.json"
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


def weights_file() -> Path:
    """Where ``ronglian train`` keeps the weights of the score: in the data folder."""
    return trained_folder().with_name(WEIGHTS)


def model_stamp() -> tuple[str | None, int, int]:
    """Changes when another model or other weights come into use."""
    folder, file = model_folder(), weights_file()
    told = ((folder / _MARK) if folder else None, file if file.is_file() else None)
    model, weights = (one.stat().st_mtime_ns if one else 0 for one in told)
    return str(folder) if folder else None, model, weights


def encoder() -> Encoder | None:
    """The encoder in use, read by numpy alone."""
    folder, changed, _ = model_stamp()
    return _load(folder, changed)


@lru_cache(maxsize=2)
def _load(folder: str | None, changed: int) -> Encoder | None:
    from matching.learning.encoder import load

    return load(Path(folder)) if folder else None


def weights() -> Weights:
    """How the parts of a score count: learned here, or as they come with the package."""
    from matching.pairing.weights import PRIOR, Weights

    file, known = weights_file(), encoder()
    if not file.is_file():
        return PRIOR
    return Weights.read(file.read_text(encoding="utf-8"), known.mark if known else "")


def load_market(store: Store, network: Network | None = None) -> Market:
    """All that is offered, with the encoder and the weights in use."""
    from matching import pairing

    return pairing.load_market(store, encoder(), network, weights())


def load_pool(store: Store, pool: Pool, today: date, network: Network | None = None) -> Market:
    """What is looked through in a direction, with the encoder and the weights in use."""
    from matching.pairing import pools

    return pools.load_pool(store, pool, today, encoder(), network, weights=weights())


def load_reach(store: Store, ring: Ring | None) -> Reach | None:
    """How far away who is found may work; None anywhere."""
    from graph.district import load_district
    from matching.pairing import Reach, load_places

    return Reach(ring, load_district(store), load_places(store)) if ring else None


def rules() -> Rules:
    """In how many lists one firm may stand, and by how much who goes back does so: as the settings say."""
    from api.settings import Settings
    from matching.pairing.arrange import Rules

    said = Settings()
    return Rules(said.pair_lists, said.pair_crowded, said.pair_group)
