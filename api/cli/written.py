"""Files that a command writes where it was told to."""

from __future__ import annotations

import os
from pathlib import Path

from graph.errors import TargetUnwritable
from graph.messages import N_, Message


def require_writable(file: Path) -> None:
    """Before anything is worked out that could not be written then.

    Raises:
        TargetUnwritable: the folder is not there or nothing can be written in it.
    """
    if file.is_dir():
        raise TargetUnwritable(path=file, reason=Message(N_("这是一个文件夹")))
    if not file.parent.is_dir():
        raise TargetUnwritable(path=file, reason=Message(N_("没有这个文件夹")))
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise TargetUnwritable(path=file, reason=Message(N_("没有写入权限")))


def write_text(file: Path, text: str) -> None:
    """Write a file as UTF-8.

    Raises:
        TargetUnwritable: the disk is full, or the folder is gone.
    """
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise TargetUnwritable(path=file, reason=error) from None
