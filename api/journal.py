"""What a long run has done so far, kept in a file: a run that was cut off is taken up where it was.

Lines are sealed with the key of the graph where there is one: they hold what its sensitive values say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import SealBroken

if TYPE_CHECKING:
    from graph.vault import Vault


class Journal:
    """A file of lines: the question first, then what was found, by key."""

    def __init__(self, path: Path, vault: Vault | None = None) -> None:
        self._path = path
        self._vault = vault

    def take_up(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """What an earlier run did for the same question; a journal of another one is begun anew."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        head = json.loads(json.dumps(question))
        known = list(self._lines())
        kept = known[1:] if known[:1] == [head] else []
        self._path.unlink(missing_ok=True)
        for one in (head, *kept):
            self._write(one)
        return {one["key"]: one["found"] for one in kept}

    def add(self, key: str, found: Any) -> None:
        """Keep what was found."""
        self._write({"key": key, "found": found})

    def close(self) -> None:
        """Forget it: the run is done."""
        self._path.unlink(missing_ok=True)

    def _write(self, one: object) -> None:
        text = self._vault.seal(one) if self._vault else json.dumps(one, ensure_ascii=False)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")

    def _lines(self) -> Iterator[Any]:
        """The whole lines: the last may have been cut off."""
        if not self._path.exists():
            return
        for text in self._path.read_text(encoding="utf-8").splitlines():
            try:
                opened = self._vault.opened(text) if self._vault else text
                yield json.loads(opened) if isinstance(opened, str) else opened
            except (ValueError, SealBroken):
                return
