"""Passwords: Argon2id through pwdlib; which are too easy to guess, by zxcvbn and its lists of common ones."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from api.auth.errors import CommonPassword, WeakPassword
from graph.ids import normalise

if TYPE_CHECKING:
    from pwdlib import PasswordHash

SHORTEST, LONGEST, DIFFERENT = 12, 256, 5
GUESSABLE = 2
"""zxcvbn's score from 0 to 4 up to which a password is refused: fewer than 10⁸ guesses."""
_NEAR = ("ronglian", "changzhou", "xinbei", "woaini", "5201314", "1314520")
"""What people here would try first and zxcvbn's lists, made of English ones, do not hold."""
_RATED = 72
"""How much of a password is rated: the rest makes it no easier, only slower to rate."""
_AT_ONCE = BoundedSemaphore(4)
"""Each check takes 64 MiB, so a flood of sign-ins must queue instead of filling the memory."""


@cache
def _hasher() -> PasswordHash:
    from pwdlib import PasswordHash

    return PasswordHash.recommended()


@cache
def _nobodys() -> str:
    """The hash a password is held against when there is no such account, so that both take as long."""
    return _hasher().hash("nobody's password")


def check_strength(name: str, password: str) -> None:
    """Refuse what is easy to guess.

    Raises:
        WeakPassword: when it is short, of few characters, too long to be hashed safely, holds the name, or is made of
            common passwords, words, dates or keys in a row.
    """
    from zxcvbn import zxcvbn

    easy = len(set(password)) < DIFFERENT or normalise(name) in normalise(password)
    if easy or not SHORTEST <= len(password) <= LONGEST:
        raise WeakPassword(length=SHORTEST, different=DIFFERENT)
    if zxcvbn(password[:_RATED], user_inputs=[name, *_NEAR])["score"] <= GUESSABLE:
        raise CommonPassword()


def hashed(password: str) -> str:
    """The Argon2id hash of a password, with its salt and parameters."""
    with _AT_ONCE:
        return _hasher().hash(password)


def matches(password: str, kept: str | None) -> tuple[bool, str | None]:
    """Whether a password is the one kept, and its hash made anew when the parameters have grown since."""
    with _AT_ONCE:
        right, renewed = _hasher().verify_and_update(password[:LONGEST], kept or _nobodys())
    return right and kept is not None, renewed
