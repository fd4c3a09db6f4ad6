"""Deterministic ids: the same thing gets the same id from every source and on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

_EXCHANGE_CODE = re.compile(r"^(\d{6})(?:\.(?:SH|SZ|BJ))?$")

_POINT_ZERO = re.compile(r"^(\d+)\.0+$", re.ASCII)
_SCIENTIFIC = re.compile(r"^\d(?:\.\d+)?[Ee]\+\d{1,2}$", re.ASCII)
_EXACT = 10**15


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


def as_digits(text: str) -> str:
    """The digits of a code or number that a program took for a number: ``600000.0`` → ``600000``, ``1.39E+10`` as well.

    Any other text as it is; so are numbers of more digits than a program keeps.
    """
    if found := _POINT_ZERO.match(text):
        return found[1]
    if _SCIENTIFIC.match(text) and (number := float(text)).is_integer() and number < _EXACT:
        return f"{number:.0f}"
    return text


@lru_cache(10_000)
def exchange_code(text: str) -> str | None:
    """Return the six digits of a mainland exchange code (``688268.SH`` → ``688268``), or None."""
    found = _EXCHANGE_CODE.match(as_digits(unicodedata.normalize("NFKC", text).strip().upper()))
    return found.group(1) if found else None
