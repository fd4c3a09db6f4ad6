"""What the provider of accounts of elsewhere and this service agreed on, as the settings say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from api.auth.errors import RegistrationUnusable
from api.loopback import is_loopback
from graph.messages import N_, Message

if TYPE_CHECKING:
    from api.settings import Settings


@dataclass(frozen=True)
class Registration:
    """An OpenID Connect client; ``claim`` of the id token is the subject, ``name`` stands on the button."""

    issuer: str
    client_id: str
    secret: str
    claim: str
    scopes: str
    name: Message


def private(address: str) -> bool:
    """Whether nobody on the way can read what is sent there."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))


def registration(settings: Settings) -> Registration | None:
    """What the settings say; None when they name no provider.

    Raises:
        RegistrationUnusable: when something is missing or would cross the network in the clear.
    """
    if settings.oidc_issuer is None:
        return None
    if not private(settings.oidc_issuer):
        raise _unusable(N_("RONGLIAN_OIDC_ISSUER 应以 https:// 开头"))
    if settings.oidc_client_id is None:
        raise _unusable(N_("缺少 RONGLIAN_OIDC_CLIENT_ID"))
    if "openid" not in settings.oidc_scopes.split():
        raise _unusable(N_("RONGLIAN_OIDC_SCOPES 中应有 openid"))
    secret = settings.oidc_client_secret.get_secret_value()
    if settings.oidc_client_secret_file is not None:
        try:
            secret = settings.oidc_client_secret_file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise _unusable(N_("读不出 RONGLIAN_OIDC_CLIENT_SECRET_FILE 所指的文件")) from error
    if not secret:
        raise _unusable(N_("缺少 RONGLIAN_OIDC_CLIENT_SECRET 或 RONGLIAN_OIDC_CLIENT_SECRET_FILE"))
    return Registration(
        settings.oidc_issuer,
        settings.oidc_client_id,
        secret,
        settings.oidc_claim,
        settings.oidc_scopes,
        Message("{name}", {"name": settings.oidc_name}) if settings.oidc_name else Message(N_("统一身份认证")),
    )


def _unusable(reason: str) -> RegistrationUnusable:
    return RegistrationUnusable(reason=Message(reason, {}))
