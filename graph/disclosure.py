"""Who may see which property, and which are kept encrypted, read off the model's declarations."""

from __future__ import annotations

from functools import cache

from graph.grades import Disclosure, Storage
from graph.model import NODES, RELATIONSHIPS, Node, Relationship

_NAMING = frozenset({"id", "name", "sample"})
"""What a node is called and that it is made up follow the node onto every screen it may be on at all."""


def declared(owner: str) -> type[Node] | type[Relationship] | None:
    """The class of a label or relationship type."""
    return NODES.get(owner) or RELATIONSHIPS.get(owner)


class Withheld:
    """Stands where a value is that the reader may not see."""

    def __repr__(self) -> str:
        return "withheld"


WITHHELD = Withheld()


@cache
def of_class(owner: str) -> Disclosure:
    """Who may see that a node of the label, or a relationship of the type, is there at all."""
    found = declared(owner)
    return found.DISCLOSURE if found else Disclosure.SENSITIVE


@cache
def of_property(owner: str, field: str) -> Disclosure:
    """Who may see a property of a label or relationship type; what is not declared is shown to the fewest."""
    found = declared(owner)
    if found is None:
        return Disclosure.SENSITIVE
    if field in _NAMING:
        return found.DISCLOSURE
    if field not in found.model_fields:
        return Disclosure.SENSITIVE
    marked = [one for one in found.model_fields[field].metadata if isinstance(one, Disclosure)]
    return marked[-1] if marked else found.DISCLOSURE


def graded() -> list[tuple[str, str, Disclosure]]:
    """Every property of the model with its owner and who may see it, for docs and tests."""
    return [
        (owner, field, of_property(owner, field))
        for owner, model in [*NODES.items(), *RELATIONSHIPS.items()]
        for field in model.model_fields
        if field not in {"start", "end"}
    ]


_KEPT_ASIDE = {"RunBefore": frozenset({"payload"}), "ImportRun": frozenset({"drop_notes", "finding_notes"})}
"""Copies of what a source says that are no part of the model: what it said before a run, cells that were refused."""


@cache
def encrypted_of(owner: str) -> frozenset[str]:
    """The properties of a label or relationship type that are kept encrypted: the sensitive and the marked ones."""
    found = declared(owner)
    if found is None:
        return _KEPT_ASIDE.get(owner, frozenset())
    return frozenset(
        name
        for name, field in found.model_fields.items()
        if Storage.ENCRYPTED in field.metadata or of_property(owner, name) is Disclosure.SENSITIVE
    ) - {"start", "end", "id"}


def encrypted() -> dict[str, frozenset[str]]:
    """Every label and relationship type that has such properties, with them."""
    owners = (*NODES, *RELATIONSHIPS, *_KEPT_ASIDE)
    return {owner: fields for owner in owners if (fields := encrypted_of(owner))}
