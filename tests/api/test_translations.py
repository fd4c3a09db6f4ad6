"""Every sentence for people is marked, taken into the catalogue and translated, placeholder by placeholder."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from api.i18n import LANGUAGES, Language, aside, chained, language, listed, render, titled, use
from graph.messages import Message

ROOT = Path(__file__).parents[2]
FOLDERS = ("graph", "loaders", "matching", "api")
PO = ROOT / "api" / "locales" / "en" / "LC_MESSAGES" / "ronglian.po"
KEYWORDS = {"N_": None, "_": None, "t": None}
HINT = "run `make messages` and fill in the English"

HAN = re.compile(r"[\u3400-\u9fff]")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
QUOTED = re.compile(r"“[^“”]*”")

MADE_UP = "loaders/workbook/sample/"
DATA: dict[str, frozenset[str] | None] = {
    # words that code compares with or writes as data, never sentences; None: the whole module
    "graph/values.py": None,  # bounds as people write them
    "matching/pairing/units.py": None,  # units
    "matching/gaps/fairness.py": None,  # words a rule must not hold
    "matching/linking/words.py": None,  # what phrases are taken apart by
    "matching/evaluation/linking.py": frozenset("是"),  # what labels hold
    "loaders/resolution/names.py": None,  # parts of the names of firms
    "loaders/workbook/cells.py": None,  # what cells hold: the sentences in it are all marked
    "loaders/workbook/known.py": frozenset({"街道", "镇", "市", "区", "省", "产业链"}),  # ends of names
    "loaders/workbook/reader.py": None,  # names of sheets and ends of tables: the sentences in it are all marked
    "loaders/lists/fields.py": None,  # what stands over and in the columns of foreign lists
    "loaders/lists/mapping.py": None,  # names of sheets and files: the sentences in it are all marked
    "loaders/lists/entries.py": None,  # what stands where no firm is
    "loaders/lists/loader.py": None,  # names of segments that say too little
    "loaders/workbook/words.py": None,  # headers in other words
    "loaders/workbook/examples.py": None,  # made-up cells
    "loaders/workbook/template.py": frozenset({"说明", "是", "否", "（", "）", "；"}),  # cells
    "loaders/workbook/returned.py": frozenset({"-退回", "；"}),  # names of files, cells
    "loaders/workbook/loader.py": frozenset({"-退回"}),  # names of sources
    "loaders/workbook/columns.py": frozenset({"文字", "甲；乙", "是"}),  # examples
    "loaders/catalog/loader.py": frozenset({"主要产品“", "”含环节词“"}),  # evidence, stored as it is
    "loaders/chainkg.py": frozenset(  # names in the data set
        {"申万行业分类2021", "上海证券交易所", "深圳证券交易所", "北京证券交易所", "上游材料", "下游产品", "产品小类"}
    ),
    "api/charts/raster.py": frozenset({"链业"}),  # what a font is tried with
    "api/reports/word.py": frozenset(  # names of fonts
        {"仿宋", "黑体", "仿宋_GB2312,FangSong,STFangsong,华文仿宋", "SimHei,STHeiti,华文黑体"}
    ),
}
FILE_NAME = re.compile(r"\.(xlsx|docx)$")
DATA_CALLS = {"compile", "sub", "split", "Source"}  # regular expressions; the names and notes of sources
DATA_ARGUMENTS = {"examples", "json_schema_extra"}  # of the API's documentation


@cache
def extracted() -> dict[str, str]:
    """Sentences in code, templates and scripts, with the first place of each."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for file, line, sentence, *_rest in extract_from_dir(ROOT / folder, methods, keywords=KEYWORDS):
            assert isinstance(sentence, str), f"{folder}/{file}:{line}: {sentence}"
            found.setdefault(sentence, f"{folder}/{file}:{line}")
    return found


@cache
def catalog() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def translations() -> dict[str, str]:
    return {str(message.id): str(message.string or "") for message in catalog() if message.id}


def fields(template: str) -> Counter[tuple[str, str, str]]:
    """Placeholders with format and conversion, each as often as it stands there."""
    parts = Formatter().parse(template)
    return Counter((name, spec or "", conversion or "") for _, name, spec, conversion in parts if name is not None)


def test_something_is_extracted_from_code_templates_and_scripts() -> None:
    kinds = {Path(place.rsplit(":", 1)[0]).suffix for place in extracted().values()}
    assert kinds == {".py", ".html", ".js"}


def test_every_sentence_has_an_english_one() -> None:
    english = translations()
    missing = [f"{place}: {text}" for text, place in extracted().items() if not english.get(text, "").strip()]
    assert not missing, "\n".join([f"without English; {HINT}:", *missing])


def test_the_catalogue_holds_nothing_else() -> None:
    stale = [text for text in translations() if text not in extracted()]
    stale += [str(message.id) for message in catalog().obsolete.values()]
    stale += [str(message.id) for message in catalog() if message.id and message.fuzzy]
    assert not stale, "\n".join(["obsolete or fuzzy; run `make messages`:", *stale])


def test_both_languages_have_the_same_placeholders() -> None:
    wrong = [f"{zh} → {en}" for zh, en in translations().items() if en and fields(zh) != fields(en)]
    assert not wrong, "\n".join(["placeholders differ:", *wrong])


def test_english_holds_no_chinese_but_in_quotes() -> None:
    wrong = [f"{zh} → {en}" for zh, en in translations().items() if CHINESE.search(QUOTED.sub("", en))]
    assert not wrong, "\n".join(["Chinese characters or punctuation outside “…”:", *wrong])


# --- what is not marked -----------------------------------------------------------------------------------------------


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def bodies(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.body


def docstrings(tree: ast.Module) -> set[int]:
    """Texts that stand alone: docstrings, of attributes too."""
    alone = (one.value for body in bodies(tree) for one in body if isinstance(one, ast.Expr))
    return {id(value) for value in alone if isinstance(value, ast.Constant)}


def texts(node: ast.AST, passed: set[int]) -> Iterator[ast.Constant]:
    """String constants, without those in ``passed``, in marked calls and in calls and arguments that hold data."""
    if id(node) in passed or called(node) in {*KEYWORDS, *DATA_CALLS}:
        return
    if isinstance(node, ast.keyword) and node.arg in DATA_ARGUMENTS:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from texts(child, passed)


def is_data(module: str, text: str) -> bool:
    if not HAN.search(text) or FILE_NAME.search(text) or module.startswith(MADE_UP):
        return True
    words = DATA.get(module, frozenset())
    return words is None or text in words


def modules() -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def unmarked(module: str, tree: ast.Module) -> list[str]:
    found = texts(tree, docstrings(tree))
    return [f"{module}:{one.lineno}: {one.value!r}" for one in found if not is_data(module, str(one.value))]


def unextracted(module: str, tree: ast.Module) -> list[str]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in KEYWORDS and node.args]
    marked = [(node.lineno, ast.literal_eval(node.args[0])) for node in calls if isinstance(node.args[0], ast.Constant)]
    return [f"{module}:{line}: {text!s}" for line, text in marked if text not in extracted()]


def test_no_sentence_is_unmarked() -> None:
    found = [line for module, tree in modules() for line in unmarked(module, tree)]
    assert not found, "\n".join(["Chinese outside N_(…) and _(…):", *found])


def test_every_marked_sentence_is_extracted() -> None:
    found = [line for module, tree in modules() for line in unextracted(module, tree)]
    assert not found, "\n".join(["marked where Babel does not see it; do not call _ inside an f-string:", *found])


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("x = '没有找到'", 1),
        ("x = N_('没有找到')", 0),
        ("'''说明'''\nclass A:\n    x = 1\n    '''说明'''", 0),
        ("x = re.compile('[年月]')", 0),
        ("f(f'共 {n} 条')", 2),
        ("x = '、'.join(y)", 0),
    ],
)
def test_the_search_for_unmarked_sentences_finds_them(code: str, lines: int) -> None:
    assert len(unmarked("api/x.py", ast.parse(code))) == lines


def test_allowances_are_still_needed() -> None:
    present = {module: {str(one.value) for one in texts(tree, docstrings(tree))} for module, tree in modules()}
    unused = [
        f"{module}: {word}" for module, words in DATA.items() for word in (words or ()) if word not in present[module]
    ]
    assert not unused, unused


# --- rendering --------------------------------------------------------------------------------------------------------


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> Iterator[Language]:
    before = language()
    use(request.param)
    yield request.param
    use(before)


def test_nested_messages_are_rendered_in_one_language(lang: Language) -> None:
    inner = Message("交期 {offered} 天 > {wanted} 天", {"offered": 40, "wanted": 30})
    outer = Message("差一项：{detail}", {"detail": inner})
    assert (
        render(outer)
        == {
            "zh": "差一项：交期 40 天 > 30 天",
            "en": "One condition short: Lead time 40 days > 30 days",
        }[lang]
    )
    assert str(outer) == "差一项：交期 40 天 > 30 天"


def test_formats_are_kept(lang: Language) -> None:
    message = Message("有效供应商数 {depth:.2f}，低于 {limit:g}", {"depth": 1.25, "limit": 2.0})
    assert render(message) == {"zh": "有效供应商数 1.25，低于 2", "en": "Effective suppliers 1.25, below 2"}[lang]


def test_an_unknown_sentence_is_rendered_as_it_is(lang: Language) -> None:
    assert render(Message("{points} {reason}", {"points": "0.50", "reason": Message("未知")})) == (
        "0.50 未知" if lang == "zh" else "0.50 Unknown"
    )


def test_punctuation_follows_the_language(lang: Language) -> None:
    assert (
        titled("A", chained([listed("xy"), "z"])) + aside("b")
        == {
            "zh": "A：x、y；z（b）",
            "en": "A: x, y; z (b)",
        }[lang]
    )
    assert aside("") == ""
