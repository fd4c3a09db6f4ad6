"""Deterministic ids: the same thing gets the same id from every source and on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_EXCHANGE_CODE = re.compile(r"^(\d{6})(?:\.(?:SH|SZ|BJ))?$")


def normalise(text: str) -> str:
    """Fold what people type differently for the same name: width, case, runs of spaces (NFKC)."""
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split()).casefold()


def make_id(prefix: str, *key: str) -> str:
    """Return ``prefix-`` and 16 hex digits of a hash over the normalised key.

    64 bits: among 10 million ids of one prefix a collision has odds of about 1 in 370,000.

    Raises:
        ValueError: when a part of the key is empty after normalisation.
    """
    parts = [normalise(part) for part in key]
    if not parts or not all(parts):
        raise ValueError(f"empty key for {prefix}: {key!r}")
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8)
    return f"{prefix}-{digest.hexdigest()}"


@lru_cache(10_000)
def exchange_code(text: str) -> str | None:
    """Return the six digits of a mainland exchange code (``688268.SH`` → ``688268``), or None."""
    found = _EXCHANGE_CODE.match(unicodedata.normalize("NFKC", text).strip().upper())
    return found.group(1) if found else None
