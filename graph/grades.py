"""The grades of disclosure; apart from the model, since a table of roles needs no more than these."""

from __future__ import annotations

from enum import StrEnum


class Disclosure(StrEnum):
    """Who may see a property: anybody with an account, offices only, or those who work with that firm's secrets."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"

    @property
    def rank(self) -> int:
        """The higher, the fewer may see it."""
        return list(Disclosure).index(self)


Public = Disclosure.PUBLIC
Internal = Disclosure.INTERNAL
Sensitive = Disclosure.SENSITIVE
"""Markers of a property: ``amount: Annotated[Money | None, Sensitive]``; without one it is as its class says."""


class Storage(StrEnum):
    """How a property is kept when that is not plainly."""

    ENCRYPTED = "encrypted"


Encrypted = Storage.ENCRYPTED
"""Marker: kept encrypted, like every sensitive property, though more may see it or others are made of it."""
