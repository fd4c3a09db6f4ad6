"""The market with its encoders and weights: what the command line, the API and the pages match with.

``RONGLIAN_ENCODER`` (or ``--encoder``) names a general text encoder beside the two towers, or other two towers.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from graph.store import Store
    from matching.gaps import Ring
    from matching.learning.encoder import Encoder
    from matching.learning.text_vectors import Progress, TextVectors
    from matching.pairing import Market, Reach
    from matching.pairing.arrange import Rules
    from matching.pairing.directions import Pool
    from matching.pairing.network import Network
    from matching.pairing.weights import Weights

MODEL = "model"
VECTORS = "vectors"
_ENCODER = "RONGLIAN_ENCODER"
WEIGHTS = "weights.json"
SHIPPED = Path(__file__).parents[1] / "matching" / "pairing" / "default_model"
CARD = "README.md"
_MARK = "router_config.json"


def trained_folder() -> Path:
    """Where ``ronglian train`` keeps the model: in the data folder."""
    from api.connection import home
    from api.settings import Settings

    return home(Settings()) / MODEL


@contextmanager
def encoding(ref: str | None) -> Iterator[None]:
    """Match with another encoder than the settings name; None: as they say.

    Raises:
        InputError: when there is no such encoder.
    """
    before = os.environ.get(_ENCODER)
    if ref is not None:
        os.environ[_ENCODER] = ref
    try:
        texts()
        yield
    finally:
        os.environ.pop(_ENCODER, None)
        if before is not None:
            os.environ[_ENCODER] = before


def chosen_encoder() -> str | None:
    """The encoder that was chosen by name or folder."""
    from api.settings import Settings

    return Settings().encoder


def chosen_towers() -> Path | None:
    """The folder that was chosen, where it holds two towers of ``ronglian train``."""
    from matching.learning.encoder import is_two_towers

    ref = chosen_encoder()
    folder = Path(ref).expanduser() if ref else None
    return folder if folder and is_two_towers(folder) else None


def texts() -> TextVectors | None:
    """The vectors of the general text encoder in use; None where none was chosen.

    Raises:
        InputError: when there is no such encoder.
    """
    ref = chosen_encoder()
    if not ref or chosen_towers():
        return None
    from matching.learning.general import open_encoder

    return _texts(ref, open_encoder(ref).mark, trained_folder().with_name(VECTORS))


@lru_cache(maxsize=4)
def _texts(ref: str, mark: str, folder: Path) -> TextVectors:
    from matching.learning.general import open_encoder
    from matching.learning.text_vectors import TextVectors

    return TextVectors(open_encoder(ref), folder)


def fill_texts(store: Store, today: date, progress: Progress | None = None) -> int:
    """Make the vectors of what all offers and open needs say, those of gone listings go; returns how many are kept."""
    from matching.pairing.fetch import load_offers
    from matching.pairing.pools import load_needs

    found = texts()
    if found is None:
        return 0
    words = {one.words for one in (*load_offers(store), *load_needs(store, today))}
    found.fill(words, progress)
    found.keep_only(words)
    return len(words)


def model_folder() -> Path | None:
    """The two towers in use: those chosen, else those trained here, else those that came with the package."""
    if own := chosen_towers():
        return own
    found = (folder for folder in (trained_folder(), SHIPPED) if (folder / _MARK).is_file())
    return next(found, None)


def weights_file() -> Path:
    """Where ``ronglian train`` keeps the weights of the score: in the data folder."""
    return trained_folder().with_name(WEIGHTS)


def model_stamp() -> tuple[str | None, int, int, str, int]:
    """Changes when another model, other weights or vectors come into use."""
    folder, file, general = model_folder(), weights_file(), texts()
    told = ((folder / _MARK) if folder else None, file if file.is_file() else None)
    model, weights = (one.stat().st_mtime_ns if one else 0 for one in told)
    encoded = (general.encoder.mark, general.refresh()) if general else ("", 0)
    return str(folder) if folder else None, model, weights, *encoded


def encoder() -> Encoder | None:
    """The encoder in use, read by numpy alone."""
    folder, changed, *_ = model_stamp()
    return _load(folder, changed)


def mark() -> str:
    """Tells the encoders in use from others: learned weights belong to them."""
    known, general = encoder(), texts()
    return "+".join([known.mark if known else "", *([general.encoder.mark] if general else [])])


@lru_cache(maxsize=2)
def _load(folder: str | None, changed: int) -> Encoder | None:
    from matching.learning.encoder import load

    return load(Path(folder)) if folder else None


def weights() -> Weights:
    """How the parts of a score count: learned here, or as they come with the package."""
    from matching.pairing.weights import Weights

    file = weights_file()
    if not file.is_file():
        return prior()
    return Weights.read(file.read_text(encoding="utf-8"), mark(), prior())


def prior() -> Weights:
    """The weights that come with the package for the encoders in use."""
    from matching.pairing.weights import PRIOR, PRIOR_WITH_MEANING

    return PRIOR_WITH_MEANING if texts() else PRIOR


def load_market(store: Store, network: Network | None = None) -> Market:
    """All that is offered, with the encoder and the weights in use."""
    from matching import pairing

    return pairing.load_market(store, encoder(), network, weights(), texts())


def load_pool(store: Store, pool: Pool, today: date, network: Network | None = None) -> Market:
    """What is looked through in a direction, with the encoder and the weights in use."""
    from matching.pairing import pools

    return pools.load_pool(store, pool, today, encoder(), network, weights=weights(), texts=texts())


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
