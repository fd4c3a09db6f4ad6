"""The trained encoder as a recall and as a part of the score; training from relations."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from api.pairing import SHIPPED
from api.training import Data, train
from matching.learning import encoder
from matching.learning.encoder import Encoder
from matching.pairing.context import Context
from matching.pairing.market import Market
from matching.pairing.match import match
from matching.pairing.result import Result
from matching.pairing.training import COMPACT, Size, TooFewRelations, clean
from tests.matching.learning_example import pairs
from tests.matching.pairing_cases import TODAY, offered, wanted

SMALL = Size(32, 1 << 12, 1)
TWIN = "电工薄带"  # goes where 硅钢片 goes, and shares no character with it


def relations() -> list[tuple[str, str]]:
    known = pairs()
    return known + [(asking, TWIN) for asking, item in known if item == "硅钢片"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained") / "model"
    train(Data("", "a made-up market", relations()), SMALL, folder, command="ronglian train", seed=0)
    return folder


@pytest.fixture(scope="module")
def trained(model: Path) -> Encoder:
    return encoder.load(model)


def ask(name: str, known: Encoder | None, *, made: tuple[str, ...] = ()) -> Result:
    names = [TWIN, "石英砂", "光刻胶"]
    market = Market(tuple(offered(one, number=at) for at, one in enumerate(names)), encoder=known)
    return match(wanted(name), market, Context(made=made), TODAY, threshold=0.0)


def best(result: Result) -> tuple[str, int, bool]:
    first = result.candidates[0]
    part = next(part for part in first.parts if part.name == "learned")
    return first.offered.name, part.points, part.missing


def test_it_finds_what_shares_no_character_but_goes_into_the_same_things(trained: Encoder) -> None:
    result = ask("硅钢片", trained)
    name, points, missing = best(result)
    assert (name, missing) == (TWIN, False)
    assert points >= 4
    assert result.candidates[0].recalled_by == ("by_learned",)
    assert result.candidates[0].score < 0.25, "a prediction alone makes no candidate"
    assert ask("硅钢片", None).candidates == ()


def test_it_finds_what_makers_like_the_buyer_buy(trained: Encoder) -> None:
    name, points, _ = best(ask("某种新材料", trained, made=("高速电机",)))
    assert name == TWIN
    assert points >= 4


def test_without_a_model_the_part_is_missing_and_says_so() -> None:
    result = match(wanted("减速器"), Market((offered("减速器"),)), Context(), TODAY)
    part = next(part for part in result.candidates[0].parts if part.name == "learned")
    assert part.missing
    assert "没有可用的模型" in str(part.reason)


def test_training_says_what_it_was_worth_and_replaces_whole(model: Path) -> None:
    card = (model / "README.md").read_text(encoding="utf-8")
    assert "a made-up market" in card
    assert "R@10" in card
    found = train(Data("", "", relations()), SMALL, model, command="", seed=1)
    assert found.check is not None
    assert found.check.encoder > found.check.text
    assert [path.name for path in model.parent.iterdir()] == ["model"]
    json.loads((model / "router_config.json").read_text(encoding="utf-8"))


def test_too_little_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TooFewRelations):
        train(Data("", "", pairs()[:20]), SMALL, tmp_path / "model", command="", seed=0)
    assert not (tmp_path / "model").exists()


def test_pairs_are_cleaned() -> None:
    rows = [("电机", "硅钢片"), ("电机 ", "硅钢片"), ("", "铜"), ("铜", "铜"), ("长" * 99, "铜")]
    assert clean(rows) == [("电机", "硅钢片")]


def test_the_model_that_comes_with_the_package_is_small_and_says_what_it_is() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) <= 8_000_000
    assert "35X catalog" in (SHIPPED / "README.md").read_text(encoding="utf-8")
    vectors = encoder.load(SHIPPED).document.encode(["谐波减速器", "RV减速器", "磷酸铁锂"])
    assert vectors.shape == (3, COMPACT.width)
    assert vectors[0] @ vectors[1] > 0.5 > vectors[0] @ vectors[2]


def test_an_answer_never_imports_torch() -> None:
    code = """
import sys
from datetime import date
from api.pairing import SHIPPED
from matching.learning.encoder import load
from matching.pairing import Context, Market, Offered, Wanted, match
market = Market((Offered("o", None, "谐波减速器", state="open"),), encoder=load(SHIPPED))
found = match(Wanted.from_text("谐波减速器"), market, Context(made=("工业机器人",)), date(2026, 12, 1))
assert not next(part for part in found.candidates[0].parts if part.name == "learned").missing
print([name for name in ("torch", "sentence_transformers") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_encoder_changes_no_other_part(trained: Encoder) -> None:
    market = Market((offered("硅钢片"),))
    plain = match(wanted("硅钢片"), market, Context(), TODAY)
    helped = match(wanted("硅钢片"), replace(market, encoder=trained), Context(), TODAY)
    others = [[part for part in one.candidates[0].parts if part.name != "learned"] for one in (plain, helped)]
    assert others[0] == others[1]
