"""Signing in with an account of elsewhere, such as the office's own: OpenID Connect, authorization code with PKCE.

The provider says who it is by a subject; whose account that is, an administrator noted before (``ronglian user bind``).
What a sign-in under way needs afterwards (state, nonce, verifier) lies encrypted in a cookie of that browser: nothing
is kept here, and no other browser can finish it.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.sync_app import OAuth2Mixin
from authlib.integrations.base_client.sync_openid import OpenIDMixin
from authlib.integrations.requests_client import OAuth2Session
from cryptography.fernet import Fernet, InvalidToken
from joserfc.errors import JoseError

from api.auth.errors import ProviderUnavailable, SignInUnfinished
from api.auth.registration import Registration, private

PATIENCE = 5.0
"""Seconds the provider may take to answer."""
LONGEST = timedelta(minutes=10)
"""How long somebody may take to sign in there."""
LEEWAY = 60
"""Seconds by which the provider's clock and ours may differ."""
LONGEST_SUBJECT = 255
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
"""Signatures by the provider's own key; never ``none``, nor one by a secret both sides hold."""
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")

_log = structlog.get_logger("ronglian.oidc")


@dataclass(frozen=True)
class Begun:
    """A sign-in under way: where it was begun, and where to go on afterwards."""

    state: str
    nonce: str
    code_verifier: str
    back: str
    wanted: str


@dataclass(frozen=True)
class Returned:
    """What the provider sent back with the browser."""

    state: str
    code: str
    error: str
    issuer: str


class _Client(OAuth2Mixin, OpenIDMixin):  # type: ignore[misc]  # Authlib is not typed
    client_cls = OAuth2Session


class Provider:
    """The provider of a registration."""

    def __init__(self, registration: Registration) -> None:
        self.registration = registration
        self._cookies = Fernet(Fernet.generate_key())
        self._made: Any = None

    def begin(self, back: str, wanted: str) -> tuple[str, str]:
        """Where the browser has to go, and the cookie it has to come back with.

        Raises:
            ProviderUnavailable: when the provider cannot be asked what it needs.
        """
        try:
            sent = self._client().create_authorization_url(back)
        except (requests.RequestException, ValueError, KeyError, RuntimeError) as error:
            raise self._unavailable(error) from error
        begun = Begun(sent["state"], sent["nonce"], sent["code_verifier"], back, wanted)
        return sent["url"], self._cookies.encrypt(json.dumps(asdict(begun)).encode()).decode()

    def finish(self, cookie: str, returned: Returned) -> tuple[str, str]:
        """The subject that signed in, and where to go on.

        Raises:
            SignInUnfinished: when this browser began no such sign-in, or what the provider says of it is not valid.
            ProviderUnavailable: when the provider cannot be asked.
        """
        begun = self._begun(cookie)
        if not hmac.compare_digest(begun.state.encode(), returned.state.encode()):
            raise self._unfinished("state")
        if returned.issuer and returned.issuer != self.registration.issuer:
            raise self._unfinished("issuer")
        if returned.error or not returned.code:
            raise self._unfinished("refused there")
        return self._subject(begun, returned.code), begun.wanted

    def end_address(self, back: str) -> str | None:
        """Where to sign out there, too; None when the provider has no such place.

        Raises:
            ProviderUnavailable: when the provider cannot be asked.
        """
        try:
            client = self._client()
            if not client.load_server_metadata().get("end_session_endpoint"):
                return None
            more = {"post_logout_redirect_uri": back, "client_id": self.registration.client_id}
            return str(client.create_logout_url(**more)["url"])
        except (requests.RequestException, ValueError) as error:
            raise self._unavailable(error) from error

    def _begun(self, cookie: str) -> Begun:
        try:
            return Begun(**json.loads(self._cookies.decrypt(cookie.encode(), ttl=int(LONGEST.total_seconds()))))
        except InvalidToken as error:
            raise self._unfinished("cookie") from error

    def _subject(self, begun: Begun, code: str) -> str:
        ours = self.registration
        expected = {
            "iss": {"essential": True, "value": ours.issuer},
            "aud": {"essential": True, "value": ours.client_id},
            ours.claim: {"essential": True},
        }
        try:
            client = self._client()
            token = client.fetch_access_token(begun.back, code=code, code_verifier=begun.code_verifier)
            claims = client.parse_id_token(token, begun.nonce, claims_options=expected, leeway=LEEWAY)
        except requests.RequestException as error:
            raise self._unavailable(error) from error
        except (AuthlibBaseError, JoseError, ValueError, KeyError, RuntimeError) as error:
            self._made = None  # a key may have been replaced under its name
            raise self._unfinished(type(error).__name__) from error
        subject = (claims or {}).get(ours.claim)
        if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
            raise self._unfinished("no subject")
        return subject

    def _client(self) -> Any:
        """Authlib's client, with what the provider says of itself once that was fetched and is sound.

        Raises:
            ValueError: when it is not sound.
        """
        if self._made is not None:
            return self._made
        ours = self.registration
        agreed = {
            "scope": ours.scopes,
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
            "max_redirects": 0,
        }
        client = _Client(
            None,
            client_id=ours.client_id,
            client_secret=ours.secret,
            server_metadata_url=ours.issuer.rstrip("/") + "/.well-known/openid-configuration",
            client_kwargs=agreed,
        )
        said = client.load_server_metadata()
        if said.get("issuer") != ours.issuer:
            raise ValueError("it calls itself by another name")
        if not all(private(said[name]) for name in _ENDPOINTS if said.get(name)):
            raise ValueError("it is addressed without TLS")
        offered = said.get("id_token_signing_alg_values_supported") or ["RS256"]
        said["id_token_signing_alg_values_supported"] = [one for one in SIGNATURES if one in offered]
        ways = said.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        if "client_secret_basic" not in ways and "client_secret_post" in ways:
            agreed["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105  a method
        self._made = client
        return client

    def _unavailable(self, error: Exception) -> ProviderUnavailable:
        self._made = None
        _log.warning("provider_unavailable", issuer=self.registration.issuer, error=type(error).__name__)
        return ProviderUnavailable(name=self.registration.name)

    def _unfinished(self, reason: str) -> SignInUnfinished:
        """What somebody is told; why, the log says, without what was sent."""
        _log.warning("sign_in_unfinished", issuer=self.registration.issuer, reason=reason)
        return SignInUnfinished(name=self.registration.name)
