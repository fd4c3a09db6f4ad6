"""Sensitive values encrypted at rest: AES-256-GCM under keys that are kept in a file outside the database.

A sealed value is a text, ``sealed:<key>:<nonce and ciphertext>``; ``<key>`` is made from the key, so a value says
which key opens it. The file holds one key a line, base64, the one in use first. Who has both the file and the database
has the values, so they belong into different backups. Values are numbers, texts and lists of them.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from graph.errors import KeyExposed, KeyFileUnusable, KeyMissing, SealBroken
from graph.messages import N_

_MARK = "sealed:"
_KEY_BYTES, _NONCE_BYTES = 32, 12
_ID_LENGTH = 16
_START = len(_MARK) + _ID_LENGTH + 1


def key_id(key: bytes) -> str:
    """What a sealed value calls its key; the key cannot be had from it."""
    return hashlib.sha256(b"ronglian key " + key).hexdigest()[:_ID_LENGTH]


def new_key() -> bytes:
    """A key nobody has."""
    return secrets.token_bytes(_KEY_BYTES)


def read_keys(path: Path) -> tuple[bytes, ...]:
    """The keys of a file, the one in use first.

    Raises:
        KeyMissing: when there is no such file.
        KeyExposed: when other users of the machine can read it.
        KeyFileUnusable: when it cannot be read or holds no keys.
    """
    try:
        if os.name == "posix" and path.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
            raise KeyExposed(path=path)
        lines = path.read_text("ascii", "ignore").splitlines()
        keys = tuple(base64.b64decode(line, validate=True) for line in lines if line and not line.startswith("#"))
    except FileNotFoundError as error:
        raise KeyMissing(path=path) from error
    except (OSError, binascii.Error) as error:
        raise KeyFileUnusable(path=path, reason=N_("读不出密钥")) from error
    if not keys or any(len(key) != _KEY_BYTES for key in keys):
        raise KeyFileUnusable(path=path, reason=N_("没有密钥，或密钥长度不对"))
    return keys


def write_keys(path: Path, keys: Sequence[bytes], *, new: bool = False) -> None:
    """Write a key file in one step, for its owner only; a ``new`` one never in place of another.

    Raises:
        FileExistsError: when there is one already and it was to be new.
        KeyFileUnusable: when it cannot be written.
    """
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    text = "".join(f"{base64.b64encode(key).decode()}\n" for key in keys)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(descriptor, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            if new:
                os.link(draft, path)
            else:
                draft.replace(path)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
    except FileExistsError:
        raise
    except OSError as error:
        raise KeyFileUnusable(path=path, reason=N_("无法写入")) from error


class Vault:
    """Seals values under the newest key, opens those sealed under any of them.

    With a ``path`` the keys are read anew when a value names one that is not known: another process changed them.
    """

    def __init__(self, keys: Sequence[bytes], path: Path | None = None) -> None:
        self._path = path
        self._stamp = self._file_stamp()
        self._take(keys)

    def _take(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)
        self._ciphers = {key_id(key): AESGCM(key) for key in keys}
        self.current = key_id(keys[0])
        self.prefix = f"{_MARK}{self.current}:"
        self._cipher, self._bound = self._ciphers[self.current], self.prefix.encode()

    def _file_stamp(self) -> int:
        try:
            return self._path.stat().st_mtime_ns if self._path else 0
        except OSError:
            return 0

    def _read_anew(self) -> None:
        stamp = self._file_stamp()
        if self._path and stamp and stamp != self._stamp:
            self._take(read_keys(self._path))
            self._stamp = stamp

    def marks(self, text: str) -> tuple[str, ...]:
        """What a secret is known by without being kept, under each key, the newest first: HMAC-SHA-256, in hex.

        Nobody who has the database alone can try out which text it is of.
        """
        self._read_anew()
        return tuple(hmac.digest(key, b"ronglian mark " + text.encode(), "sha256").hex() for key in self._keys)

    def seal(self, value: object) -> str:
        """A value as it is kept."""
        nonce = os.urandom(_NONCE_BYTES)
        text = json.dumps(value, ensure_ascii=False).encode()
        return self.prefix + base64.b64encode(nonce + self._cipher.encrypt(nonce, text, self._bound)).decode()

    def opened(self, text: str) -> Any:
        """The value that was sealed; a text that was not, as it is.

        Raises:
            SealBroken: when it was changed since.
        """
        if not text.startswith(_MARK):
            return text
        own = text[len(_MARK) : _START - 1]
        if own not in self._ciphers:
            self._read_anew()
        cipher = self._ciphers.get(own)
        if cipher is None:  # no key was ever called so: a text that somebody typed
            return text
        try:
            sealed = base64.b64decode(text[_START:], validate=True)
            plain = cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], text[:_START].encode())
        except (InvalidTag, binascii.Error, ValueError) as error:
            raise SealBroken(key=own) from error
        return json.loads(plain)
