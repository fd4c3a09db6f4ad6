"""Settings, read from the environment when asked for, never at import."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What the environment says; each field is ``RONGLIAN_`` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="RONGLIAN_", env_ignore_empty=True)

    neo4j_uri: str | None = Field(None, description="address of a Neo4j 5.26 or later; else the embedded one")
    neo4j_user: str = Field("neo4j", description="user at that address")
    neo4j_password: SecretStr = Field(SecretStr(""), description="password at that address")
    neo4j_database: str | None = Field(None, description="database at that address, the server's default when left out")
    home: Path | None = Field(None, description="data folder of the embedded database")
    key_file: Path | None = Field(None, description="file with the keys of encrypted fields; else in the data folder")
    files: Path | None = Field(None, description="folder of encrypted attachments; else in the data folder")
    host: str = Field("127.0.0.1", description="address the service listens on; loopback only until there are accounts")
    hosts: str = Field("", description="names the service goes by beside this machine's own, separated by commas")
    session_idle_minutes: int = Field(
        60, ge=1, le=24 * 60, description="minutes without use after which a session ends"
    )
    session_hours: int = Field(12, ge=1, le=24 * 7, description="hours after which a session ends in any case")
    requests_per_minute: int = Field(600, ge=1, description="requests an account or address may send in a minute")
    pair_lists: int = Field(10, ge=1, description="lists of proposals that one firm may stand in before it goes back")
    pair_crowded: int = Field(10, ge=0, le=100, description="points by which such a firm goes back in a list")
    pair_group: int = Field(5, ge=0, le=100, description="points by which a further firm of one group goes back")
    encoder: str | None = Field(None, description="general text encoder: meaning, a model's folder or name; else none")
    log_requests: bool = Field(False, description="log one line a request: route, status, time, account id")
    oidc_issuer: str | None = Field(None, description="address of the OpenID Connect provider; no such sign-in without")
    oidc_client_id: str | None = Field(None, description="what the provider knows this service by")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="the secret shared with the provider")
    oidc_client_secret_file: Path | None = Field(None, description="file holding that secret, instead of the variable")
    oidc_claim: str = Field("sub", min_length=1, description="claim of the id token an account is bound to")
    oidc_scopes: str = Field("openid", description="scopes to ask for, separated by blanks")
    oidc_name: str | None = Field(None, description="what the sign-in page calls the provider; else single sign-on")
    port: int = Field(8000, ge=0, le=65535, description="port the service listens on")

    @property
    def names(self) -> frozenset[str]:
        """The names the service goes by."""
        return frozenset(name.strip().lower() for name in self.hosts.split(",") if name.strip())
