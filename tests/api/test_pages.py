"""Pages without a browser: language, theme, headers, empty states, and that they say what the API says."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from api.guard import HEADERS
from tests.service import FORCE, PAIR, RV

PAGES = [
    "/",
    "/chains/robotics",
    "/chains/future-energy?ring=anywhere",
    f"/segments/{RV}",
    f"/segments/{FORCE}?part=panel",
    "/gaps",
    "/gaps?chain=robotics&class=unverified&sort=chain",
    "/gaps?class=strong",
    f"/targets/{RV}",
    f"/targets/{FORCE}?ring=anywhere",
    "/targets/robotics",
    "/targets/future-energy",
    "/what-if",
    f"/what-if?segment={RV}&any=示例传动&chain=robotics",
    f"/chains/robotics?segment={RV}",
    "/needs",
    "/needs?q=没有这样的需求",
    "/needs/N-017",
    "/needs/N-017/matches",
    "/match?text=精密行星减速器",
    "/nodes/N-017",
    "/reviews",
    f"/reviews?pair={PAIR}&done={PAIR}",
    "/reviews?state=different",
    "/reviews?skip=99",
    "/docs",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_renders_in_both_languages_without_inline_code(client: TestClient, path: str, lang: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html", "Accept-Language": lang})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-language"] == ("zh-CN" if lang == "zh" else "en")
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:|<style", answer.text)
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", answer.text)
    assert all('type="application/json"' in script for script in scripts)
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", answer.text)


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/chains", "/api/v1/segments/none", "/none", "/docs-static/swagger-ui.css"]
)
def test_security_headers_stand_on_every_answer(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_page_and_api_show_the_same_figure(client: TestClient) -> None:
    chain = client.get("/api/v1/chains/robotics").json()["chain"]
    page = client.get("/chains/robotics").text
    assert f"{chain['coverage']['value']:.0%}" in page
    score = client.get(f"/api/v1/segments/{FORCE}").json()["priority"]["score"]
    assert f'<span class="score num">{score}</span>' in client.get(f"/segments/{FORCE}").text


def test_sample_data_is_flagged_on_every_screen_that_shows_it(client: TestClient) -> None:
    for path in ("/", "/chains/robotics", f"/segments/{FORCE}", "/gaps", "/needs", "/needs/N-017", "/nodes/N-017"):
        assert "样例数据" in client.get(path).text, path


def test_the_language_is_chosen_by_query_then_cookie_then_header(client: TestClient) -> None:
    def language(path: str, **headers: str) -> str:
        client.cookies.clear()
        return client.get(path, headers=headers).headers["content-language"]

    assert language("/") == "zh-CN"
    assert language("/", **{"accept-language": "fr, en;q=0.8, zh;q=0.5"}) == "en"
    assert language("/", **{"accept-language": "en", "cookie": "lang=zh"}) == "zh-CN"
    assert language("/?lang=en", **{"cookie": "lang=zh"}) == "en"
    assert language("/?lang=xx", **{"accept-language": "en;q=x"}) == "zh-CN"


def test_the_language_asked_for_is_remembered(client: TestClient) -> None:
    client.cookies.clear()
    assert client.get("/?lang=en").headers["content-language"] == "en"
    assert client.get("/").headers["content-language"] == "en"
    client.cookies.clear()


def test_the_theme_is_in_the_page_before_any_script(client: TestClient) -> None:
    assert "data-theme" not in client.get("/").text.split("<body")[0]
    assert '<html lang="zh-CN" data-theme="dark">' in client.get("/", headers={"cookie": "theme=dark"}).text
    assert "data-theme" not in client.get("/", headers={"cookie": 'theme="><script>'}).text.split("<body")[0]


def test_a_person_gets_a_page_about_an_error_and_a_program_a_problem(client: TestClient) -> None:
    page = client.get("/chains/none", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert "没有编号为“none”的内容" in page.text
    assert "办法" in page.text
    problem = client.get("/chains/none", headers={"Accept": "*/*"})
    assert problem.headers["content-type"] == "application/problem+json"


def test_what_a_person_typed_is_shown_as_text(client: TestClient) -> None:
    for path in ("/needs?q=<script>alert(1)</script>", "/match?text=<script>alert(1)</script>"):
        page = client.get(path, headers={"Accept": "text/html"}).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_static_files_may_be_kept_for_good_and_pages_not(client: TestClient) -> None:
    page = client.get("/")
    assert page.headers["cache-control"] == "no-cache"
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
    assert len(files) >= 5
    for file in files:
        answer = client.get(file)
        assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True), file
    for name in ("i18n.js", "panel.js", "fragment.js"):
        folder = files[0].rsplit("/", 1)[0]
        assert client.get(f"{folder}/{name}").status_code == 200
