"""A provider of accounts for tests: Authlib's own authorization server, served on a real port.

It checks the client's secret, where it sends people back to, PKCE and that a code is used once. ``twist`` changes what
it says in its id tokens, ``key`` what it signs them with; nothing of the client is replaced.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from authlib.oauth2.rfc6749 import AuthorizationCodeMixin, AuthorizationServer, ClientMixin, OAuth2Request, grants
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from fastapi import FastAPI, Request
from joserfc.jwk import KeySet, RSAKey
from starlette.responses import JSONResponse, RedirectResponse, Response

from tests.service import served

CLIENT, SECRET = "ronglian", "a secret shared with the provider"


class _Client(ClientMixin):  # type: ignore[misc]
    """The one client; where it may send people back to is known by the path alone, since test ports vary."""

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.startswith("http://127.0.0.1") and redirect_uri.endswith("/sign-in/oidc/back")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class _Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """A code that was issued."""

    redirect_uri: str
    scope: str
    subject: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


def new_key(name: str | None = None) -> RSAKey:
    """A key to sign with."""
    return RSAKey.generate_key(2048, {"kid": name or f"k{time.monotonic_ns()}", "alg": "RS256", "use": "sig"})


@dataclass
class Directory:
    """Who there is, and how the provider misbehaves."""

    subject: str = "u-1001"
    refuses: bool = False
    twist: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=new_key)
    published: RSAKey | None = None
    codes: dict[str, _Code] = field(default_factory=dict)
    issuer: str = ""


def _grant(directory: Directory) -> type:
    class Grant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
        def save_authorization_code(self, code: str, request: Any) -> None:
            sent = request.payload.data
            directory.codes[code] = _Code(
                sent["redirect_uri"],
                sent["scope"],
                request.user,
                sent.get("nonce"),
                sent.get("code_challenge"),
                sent.get("code_challenge_method"),
            )

        def query_authorization_code(self, code: str, client: Any) -> _Code | None:
            return directory.codes.get(code)

        def delete_authorization_code(self, authorization_code: _Code) -> None:
            for code in [code for code, kept in directory.codes.items() if kept is authorization_code]:
                del directory.codes[code]

        def authenticate_user(self, authorization_code: _Code) -> str:
            return authorization_code.subject

    return Grant


def _tokens(directory: Directory) -> OpenIDCode:
    class Tokens(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return any(code.nonce == nonce for code in directory.codes.values())

        def resolve_client_private_key(self, client: Any) -> RSAKey:
            return directory.key

        def get_client_algorithm(self, client: Any) -> str:
            return "RS256"

        def get_client_claims(self, client: Any) -> dict[str, Any]:
            return {"iss": directory.issuer, "aud": [CLIENT]}

        def generate_user_info(self, user: str, scope: str) -> dict[str, Any]:
            return {"sub": user, "employee_number": f"no-{user}", **directory.twist}

        def get_encode_header(self, client: Any) -> dict[str, Any]:
            return {"alg": "RS256", "kid": (directory.published or directory.key).kid}

    return Tokens(require_nonce=True)


class _Server(AuthorizationServer):  # type: ignore[misc]
    def query_client(self, client_id: str) -> _Client | None:
        return _Client() if client_id == CLIENT else None

    def save_token(self, token: Any, request: Any) -> None:
        pass

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        pass

    def create_oauth2_request(self, request: Any) -> Any:
        return request

    def handle_response(self, status: int, payload: Any, headers: Any) -> Response:
        if isinstance(payload, dict):
            return JSONResponse(payload, status, dict(headers))
        return Response(payload, status, dict(headers))


class _Asked(OAuth2Request):  # type: ignore[misc]
    """A request as Authlib wants it."""

    def __init__(self, request: Request, form: dict[str, Any]) -> None:
        super().__init__(request.method, str(request.url), headers=request.headers)
        self.payload = BasicOAuth2Payload({**request.query_params, **form})
        self._form, self._query = form, dict(request.query_params)

    @property
    def form(self) -> dict[str, Any]:
        return self._form

    @property
    def args(self) -> dict[str, str]:
        return self._query


async def _asked(request: Request) -> _Asked:
    return _Asked(request, dict(await request.form()))


def provider_app(directory: Directory) -> FastAPI:
    """The provider; whoever comes is ``directory.subject``."""
    app, server = FastAPI(), _Server()
    server.register_token_generator("default", BearerTokenGenerator(lambda **_: f"at-{time.monotonic_ns()}"))
    server.register_grant(_grant(directory), [_tokens(directory), CodeChallenge(required=True)])

    @app.get("/.well-known/openid-configuration")
    def metadata() -> dict[str, Any]:
        ways = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "jwks"}
        said = {name: f"{directory.issuer}/{path}" for name, path in ways.items()}
        more = {"end_session_endpoint": f"{directory.issuer}/end", "id_token_signing_alg_values_supported": ["RS256"]}
        return {"issuer": directory.issuer, **said, **more, **directory.metadata}

    @app.get("/jwks")
    def jwks() -> Any:
        return KeySet([directory.published or directory.key]).as_dict(private=False)

    @app.get("/authorize")
    async def authorize(request: Request) -> Response:
        asked = await _asked(request)
        grant = server.get_consent_grant(asked, end_user=directory.subject)
        user = None if directory.refuses else directory.subject
        return server.create_authorization_response(asked, grant_user=user, grant=grant)  # type: ignore[no-any-return]

    @app.post("/token")
    async def token(request: Request) -> Response:
        return server.create_token_response(await _asked(request))  # type: ignore[no-any-return]

    @app.get("/moved")
    def moved() -> Response:
        return RedirectResponse("/jwks", 307)

    @app.get("/end")
    def end(post_logout_redirect_uri: str) -> Response:
        return RedirectResponse(post_logout_redirect_uri, 303)

    return app


@contextmanager
def provider() -> Iterator[Directory]:
    """Serve the provider."""
    directory = Directory()
    with served(provider_app(directory)) as url:
        directory.issuer = url
        yield directory


def visit(address: str) -> str:
    """What a browser does at the provider: go there; where it is sent back to."""
    answer = httpx.get(address, follow_redirects=False)
    assert answer.status_code in {302, 303}, answer.text
    return str(answer.headers["location"])
