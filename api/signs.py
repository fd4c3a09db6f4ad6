"""Signs that end a line, steer a terminal or turn the reading round, in texts that others typed."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: control, format (direction among them), lone surrogate, line and paragraph separators."""


def steers(sign: str) -> bool:
    """Whether a sign does something where it is read; a new line and a tab are laid out by whoever writes them."""
    return sign not in "\n\t" and unicodedata.category(sign) in _STEERING


def harmless(text: str) -> str:
    """A text for a terminal; each sign that would steer it is replaced."""
    return text if text.isprintable() else "".join("�" if steers(sign) else sign for sign in text)


def as_json(value: Any, **options: Any) -> str:
    """JSON that can be read as it is, its steering signs escaped: it says the same to a program."""
    text = json.dumps(value, **{"ensure_ascii": False} | options)
    return "".join(json.dumps(sign)[1:-1] if steers(sign) else sign for sign in text)
