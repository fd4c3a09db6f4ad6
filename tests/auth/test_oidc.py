"""Signing in by a provider of accounts: a real one, served by the test, and what may go wrong on the way."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
import structlog
from cryptography.fernet import Fernet
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.app import create_app
from api.auth.accounts import Accounts
from api.auth.audit import Audit
from api.auth.errors import RegistrationUnusable, SubjectTaken
from api.auth.registration import registration
from api.auth.roles import Role
from api.settings import Settings
from graph.store import Store
from tests.auth.people import PASSWORD, SITE, Browser, add, browser
from tests.auth.provider import CLIENT, SECRET, Directory, new_key, provider, visit
from tests.service import TODAY

CHAINS = "/api/v1/chains"
PAGE = {"Accept": "text/html"}
COOKIE = "ronglian-begun"


@pytest.fixture(scope="module")
def _served() -> Iterator[Directory]:
    with provider() as directory:
        yield directory


@pytest.fixture
def office(_served: Directory) -> Directory:
    """The provider, as it is when nothing is wrong with it."""
    _served.subject, _served.refuses, _served.published = "u-1001", False, None
    _served.twist.clear()
    _served.metadata.clear()
    return _served


def _settings(issuer: str, **more: Any) -> Settings:
    return Settings(oidc_issuer=issuer, oidc_client_id=CLIENT, oidc_client_secret=SecretStr(SECRET), **more)


@pytest.fixture
def bound(staffed: Store, office: Directory) -> Store:
    Accounts(staffed).bind("reader", office.issuer, "u-1001")
    return staffed


@pytest.fixture(scope="module")
def _surfer(staffed: Store, _served: Directory) -> Iterator[Browser]:
    with browser(create_app(_settings(_served.issuer), staffed, today=lambda: TODAY)) as opened:
        yield opened


@pytest.fixture
def surfer(_surfer: Browser, bound: Store) -> Browser:
    """A browser that nobody used before."""
    _surfer.cookies.clear()
    return _surfer


def _begin(surfer: Browser, path: str = "/sign-in/oidc") -> str:
    """Click the button; where the provider sends the browser back to, as a path here."""
    answer = surfer.get(path)
    assert answer.status_code == 303, answer.text
    back = visit(answer.headers["location"])
    assert back.startswith(SITE + "/sign-in/oidc/back?")
    return back.removeprefix(SITE)


def _with(path: str, **changed: str) -> str:
    parts = urlsplit(path)
    return f"{parts.path}?{urlencode(dict(parse_qsl(parts.query)) | changed)}"


def test_who_is_bound_signs_in_and_gets_the_page_that_was_wanted(surfer: Browser, bound: Store) -> None:
    page = surfer.get("/sign-in?next=/gaps%3Fsort=name").text
    assert "用统一身份认证登录" in page
    asked = dict(parse_qsl(urlsplit(surfer.get("/sign-in/oidc").headers["location"]).query))
    assert (asked["response_type"], asked["code_challenge_method"], asked["scope"]) == ("code", "S256", "openid")
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    answer = surfer.get(_begin(surfer, "/sign-in/oidc?next=/gaps%3Fsort%3Dname"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/gaps?sort=name")
    assert all(word in answer.headers["set-cookie"] for word in ("ronglian=", "HttpOnly", "SameSite=lax"))
    assert COOKIE not in surfer.cookies
    assert surfer.get(CHAINS).status_code == 200
    last = Audit(bound).list(limit=1)[0]
    assert (last.kind, last.who) == ("signed_in", "reader")


def test_no_password_of_here_has_to_be_changed_by_who_needs_none(
    surfer: Browser, bound: Store, office: Directory
) -> None:
    accounts = Accounts(bound)
    for name, password in (("王敏", PASSWORD), ("李雷", None)):
        accounts.add(name, password, [Role.VIEWER])
        accounts.bind(name, office.issuer, f"u-{name}")
        office.subject = f"u-{name}"
        surfer.get(_begin(surfer))
        assert surfer.get(CHAINS).status_code == 200
        assert "请先改成" not in surfer.get("/account").text
    assert not accounts.get("李雷").must_change


def test_a_session_held_before_ends_and_signing_out_leads_to_the_provider(surfer: Browser, office: Directory) -> None:
    surfer.sign_in("admin")
    before = surfer.cookies.get("ronglian")
    surfer.get(_begin(surfer))
    assert surfer.cookies.get("ronglian") != before
    answer = surfer.post("/sign-out", data={"csrf": surfer.token})
    assert surfer.get(CHAINS).status_code == 401
    assert "也退出统一身份认证" in surfer.get(answer.headers["location"]).text
    there = surfer.get("/sign-out/oidc").headers["location"]
    assert there.startswith(f"{office.issuer}/end?")
    assert visit(there).split("?")[0] == f"{SITE}/sign-in"


TWISTS: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "n" * 20},
    "no nonce": {"nonce": None},
    "for another service": {"aud": ["another"]},
    "for another service, asked for by us": {"aud": ["another"], "azp": CLIENT},
    "for several, asked for by another": {"aud": [CLIENT, "another"], "azp": "another"},
    "from another provider": {"iss": "https://evil.example"},
    "expired": {"exp": int(time.time()) - 120},
    "without an end": {"exp": None},
    "not yet valid": {"nbf": int(time.time()) + 3600},
    "about nobody": {"sub": ""},
    "about somebody odd": {"sub": ["u-1001"]},
    "about somebody endless": {"sub": "u" * 300},
}


@pytest.mark.parametrize("name", TWISTS)
def test_what_the_provider_says_must_be_valid(surfer: Browser, office: Directory, name: str) -> None:
    office.twist.update(TWISTS[name])
    assert "没有完成" in _refused(surfer, _begin(surfer))


def _refused(surfer: Browser, path: str, status: int = 401) -> str:
    answer = surfer.get(path, headers=PAGE)
    assert answer.status_code == status
    assert surfer.cookies.get("ronglian") is None
    assert surfer.get(CHAINS).status_code == 401
    return answer.text


def test_a_token_signed_by_another_key_is_not_believed(surfer: Browser, office: Directory) -> None:
    office.published = new_key()
    assert "没有完成" in _refused(surfer, _begin(surfer))


def test_a_key_that_was_replaced_is_fetched_anew(surfer: Browser, office: Directory) -> None:
    surfer.get(_begin(surfer))
    surfer.cookies.clear()
    office.key = new_key()
    assert surfer.get(_begin(surfer)).headers["location"] == "/"
    surfer.cookies.clear()
    office.key = new_key(office.key.kid)  # under the same name: found out by the first who fails
    _refused(surfer, _begin(surfer))
    assert surfer.get(_begin(surfer)).headers["location"] == "/"


WRONG: dict[str, Callable[[str], str]] = {
    "another state": lambda path: _with(path, state="x" * 30),
    "no state": lambda path: _with(path, state=""),
    "another code": lambda path: _with(path, code="x" * 40),
    "no code": lambda path: _with(path, code=""),
    "another provider": lambda path: _with(path, iss="https://evil.example"),
    "refused there": lambda path: _with(path, code="", error="access_denied", error_description="<script>alert(1)"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_comes_back_must_be_what_was_sent(surfer: Browser, name: str) -> None:
    text = _refused(surfer, WRONG[name](_begin(surfer)))
    assert "没有完成" in text
    assert "<script>alert" not in text


def test_another_browser_cannot_finish_it(surfer: Browser, bound: Store, office: Directory) -> None:
    path = _begin(surfer)
    app = create_app(_settings(office.issuer), bound, today=lambda: TODAY)
    with browser(app) as other:
        assert "没有完成" in _refused(other, path)
        _begin(other)
        _refused(other, path)


def test_a_code_is_good_for_once(surfer: Browser) -> None:
    path = _begin(surfer)
    kept = surfer.cookies.get(COOKIE)
    assert kept
    assert surfer.get(path).status_code == 303
    surfer.cookies.clear()
    _refused(surfer, path)
    surfer.cookies.set(COOKIE, kept, domain="127.0.0.1", path="/")
    _refused(surfer, path)


def test_after_ten_minutes_it_begins_anew(surfer: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    path, now = _begin(surfer), time.time()
    kept = surfer.cookies.get(COOKIE)
    assert kept
    surfer.cookies.clear()  # the browser, too, forgets it after ten minutes
    surfer.cookies.set(COOKIE, kept, domain="127.0.0.1", path="/")
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: now + 601)
    assert "没有完成" in _refused(surfer, path)


def test_what_lies_in_the_cookie_cannot_be_read(surfer: Browser) -> None:
    surfer.get("/sign-in/oidc?next=/gaps")
    cookie = surfer.cookies.get(COOKIE)
    assert cookie
    assert b"gaps" not in base64.urlsafe_b64decode(cookie)
    surfer.cookies.clear()
    surfer.cookies.set(COOKIE, Fernet(Fernet.generate_key()).encrypt(b"{}").decode(), domain="127.0.0.1", path="/")
    _refused(surfer, "/sign-in/oidc/back?state=x&code=y")


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "/" + "a" * 1500])
def test_it_leads_nowhere_else(surfer: Browser, wanted: str) -> None:
    path = _begin(surfer, f"/sign-in/oidc?{urlencode({'next': wanted})}")
    assert surfer.get(path).headers["location"] == "/"


def test_who_is_not_bound_is_told_their_subject_and_gets_no_account(
    surfer: Browser, bound: Store, office: Directory
) -> None:
    count = len(Accounts(bound).all())
    office.subject = "u-<2002>"
    text = _refused(surfer, _begin(surfer))
    assert "u-&lt;2002&gt;" in text
    assert "ronglian user bind" in text
    assert len(Accounts(bound).all()) == count
    last = Audit(bound).list(limit=1)[0]
    assert (last.kind, last.who) == ("sign_in_failed", "?")
    assert "2002" not in last.model_dump_json()


def test_a_disabled_account_stays_out(surfer: Browser, bound: Store, office: Directory) -> None:
    add(bound, "leaver", Role.VIEWER)
    accounts = Accounts(bound)
    accounts.bind("leaver", office.issuer, "u-leaver")
    accounts.disable("leaver")
    office.subject = "u-leaver"
    assert "您的账号已停用" in _refused(surfer, _begin(surfer))
    assert Audit(bound).list(limit=1)[0].who == "leaver"


def test_a_subject_is_one_accounts_and_one_providers(surfer: Browser, bound: Store, office: Directory) -> None:
    accounts = Accounts(bound)
    with pytest.raises(SubjectTaken):
        accounts.bind("admin", office.issuer, "u-1001")
    surfer.get(_begin(surfer))
    accounts.bind("reader", "https://another.example", "u-1001")
    assert surfer.get(CHAINS).status_code == 401
    surfer.cookies.clear()
    assert "没有与之绑定" in _refused(surfer, _begin(surfer))
    accounts.unbind("reader")
    assert accounts.bound_to("https://another.example", "u-1001") is None


def test_another_claim_can_name_the_account(bound: Store, office: Directory) -> None:
    Accounts(bound).bind("reader", office.issuer, "no-u-1001")
    for claim, status in (("employee_number", 303), ("email", 401)):
        with browser(create_app(_settings(office.issuer, oidc_claim=claim), bound, today=lambda: TODAY)) as opened:
            assert opened.get(_begin(opened)).status_code == status


FAULTS: dict[str, dict[str, Any]] = {
    "another name": {"issuer": "https://evil.example"},
    "in the clear": {"token_endpoint": "http://evil.example/token"},
    "no such place": {"token_endpoint": "http://127.0.0.1:9/token"},
    "half of it": {"authorization_endpoint": None},
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_provider_that_cannot_be_used_is_said_and_how_to_go_on(bound: Store, office: Directory, name: str) -> None:
    office.metadata.update(FAULTS[name])
    with browser(create_app(_settings(office.issuer), bound, today=lambda: TODAY)) as opened:
        text = _refused(opened, _begin(opened) if name == "no such place" else "/sign-in/oidc?next=/gaps", 502)
        assert "暂时连接不上统一身份认证" in text
        assert "用账号名和口令登录" in text
        office.metadata.clear()
        assert opened.get(_begin(opened)).status_code == 303


def test_a_provider_that_sends_us_elsewhere_is_not_followed(bound: Store, office: Directory) -> None:
    office.metadata.update({"jwks_uri": f"{office.issuer}/moved"})
    with browser(create_app(_settings(office.issuer), bound, today=lambda: TODAY)) as opened:
        _refused(opened, _begin(opened), 502)


def test_when_the_provider_is_down_a_password_still_does(bound: Store) -> None:
    with browser(create_app(_settings("http://127.0.0.1:9"), bound, today=lambda: TODAY)) as opened:
        answer = opened.get("/sign-in/oidc?next=/gaps", headers=PAGE)
        assert answer.status_code == 502
        assert "RONGLIAN_OIDC_ISSUER" in answer.text
        assert 'name="next" value="/gaps"' in answer.text
        assert opened.get("/sign-out/oidc", headers=PAGE).status_code == 502
        assert opened.sign_in("reader") == 303


def test_nothing_of_it_is_there_unless_it_is_set(staffed: Store) -> None:
    with browser(create_app(Settings(), staffed, today=lambda: TODAY)) as opened:
        assert "统一身份认证" not in opened.get("/sign-in").text
        for path in ("/sign-in/oidc", "/sign-in/oidc/back?state=x&code=y", "/sign-out/oidc"):
            assert opened.get(path).status_code == 404


def test_over_tls_the_cookie_is_bound_to_the_host(bound: Store, office: Directory) -> None:
    app = create_app(_settings(office.issuer), bound, today=lambda: TODAY)
    with TestClient(app, base_url="https://127.0.0.1", follow_redirects=False) as opened:
        cookie = opened.get("/sign-in/oidc").headers["set-cookie"]
    assert cookie.startswith(f"__Host-{COOKIE}=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=lax", "Path=/", "Max-Age=600"))


def test_neither_secret_nor_person_is_logged(surfer: Browser, office: Directory) -> None:
    with structlog.testing.capture_logs() as lines:
        office.twist["nonce"] = "n" * 20
        path = _begin(surfer)
        surfer.get(path)
    logged = json.dumps(lines)
    assert "sign_in_unfinished" in logged
    for personal in (SECRET, "u-1001", dict(parse_qsl(urlsplit(path).query))["code"], "reader"):
        assert personal not in logged
    assert SECRET not in repr(_settings(office.issuer))


def test_the_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n", "utf-8")
    agreed = registration(Settings(oidc_issuer="https://id.example", oidc_client_id="x", oidc_client_secret_file=file))
    assert agreed is not None
    assert agreed.secret == SECRET


UNUSABLE: dict[str, dict[str, Any]] = {
    "in the clear": {"oidc_issuer": "http://id.example"},
    "no client": {"oidc_client_id": None},
    "no secret": {"oidc_client_secret": SecretStr("")},
    "no file": {"oidc_client_secret_file": Path("/no/such/file")},
    "no openid": {"oidc_scopes": "profile"},
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_settings_that_cannot_work_stop_it_at_once(name: str) -> None:
    said = {"oidc_issuer": "https://id.example", "oidc_client_id": "x", "oidc_client_secret": SecretStr("y")}
    with pytest.raises(RegistrationUnusable):
        registration(Settings(**(said | UNUSABLE[name])))
