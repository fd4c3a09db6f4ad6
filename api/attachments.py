"""Files attached to intentions: checked, encrypted each under its own key, kept in a folder beside the database.

The key is a sensitive value of the graph, so a file opens for those who may see the amount of the intention, a copy of
the folder alone says nothing, and the keys take part when those of the database are changed.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.answers import who
from api.auth import traces
from api.auth.disclosure import Sight
from api.events import wire
from api.files import EXCEL, WORD
from api.guard import LARGEST_ATTACHMENT
from api.schemas.event_edits import AttachmentEdit
from api.schemas.events import EventWire
from graph import model
from graph.disclosure import WITHHELD
from graph.errors import InputError, NotFound
from graph.messages import N_
from graph.store import Store
from graph.vault import new_key
from matching.events import desk

MOST = 20
"""How many files a meeting may have."""
_NONCE = 12
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
KINDS: dict[str, tuple[bytes, str]] = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".ofd": (_ZIP, "application/ofd"),
    ".docx": (_ZIP, WORD),
    ".xlsx": (_ZIP, EXCEL),
    ".doc": (_OLE, "application/msword"),
    ".xls": (_OLE, "application/vnd.ms-excel"),
    ".wps": (_OLE, "application/vnd.ms-works"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    ".png": (b"\x89PNG", "image/png"),
}
"""What may be attached: how its content begins, and its media type."""


class AttachmentRefused(InputError):
    """Not of a kind that is taken, or not what its name says."""

    message = N_("“{name}”不是可用的附件")
    cure = N_("请上传 PDF、OFD、Word、Excel、WPS 或 JPG、PNG 图片；内容须与扩展名一致")


class AttachmentTooLarge(InputError):
    """Longer than is taken."""

    message = N_("“{name}”超过 10 MB")
    cure = N_("请压缩或分成几个文件后上传")


class TooManyAttachments(InputError):
    """More than a meeting may have."""

    message = N_("这场会面已有 {most} 个附件")
    cure = N_("请先移除不用的附件")


class AttachmentLost(NotFound):
    """The file is not in its folder, or was changed there."""

    message = N_("附件“{id}”的文件不在，或已损坏")
    cure = N_("请从备份恢复附件文件夹，或重新上传")


class Attachments:
    """The folder of encrypted files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> tuple[str, str]:
        """Keep a file; return what it is called and the key that opens it."""
        own, key, nonce = secrets.token_hex(16), new_key(), os.urandom(_NONCE)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._folder / f".{own}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(nonce + AESGCM(key).encrypt(nonce, content, own.encode()))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / own)
        return own, base64.b64encode(key).decode()

    def get(self, own: str, key: str) -> bytes:
        """The content of a file.

        Raises:
            AttachmentLost: when it is not there or was changed.
        """
        try:
            kept = (self._folder / own).read_bytes()
            return AESGCM(base64.b64decode(key)).decrypt(kept[:_NONCE], kept[_NONCE:], own.encode())
        except (OSError, InvalidTag, ValueError) as error:
            raise AttachmentLost(id=own) from error


def check_file(name: str, content: bytes) -> str:
    """The bare name of a file that may be attached.

    Raises:
        AttachmentRefused, AttachmentTooLarge: when it may not.
    """
    bare = PureWindowsPath(PurePosixPath(name).name).name
    bare = "".join(sign for sign in bare if sign.isprintable())[-120:]
    begins, _ = KINDS.get(Path(bare).suffix.lower(), (b"", ""))
    if not begins or bare.startswith(".") or not content.startswith(begins):
        raise AttachmentRefused(where="name", name=bare or name[:60])
    if len(content) > LARGEST_ATTACHMENT:
        raise AttachmentTooLarge(where="name", name=bare)
    return bare


def attached(store: Store, files: Attachments, ref: str, edit: AttachmentEdit, content: bytes) -> EventWire:
    """Attach a file to the intention of a meeting.

    Raises:
        AttachmentRefused, AttachmentTooLarge, TooManyAttachments: when the file may not be.
        NoIntention: when there is no intention to attach it to.
        EventChanged: when somebody else came first.
    """
    bare = check_file(edit.name, content)
    occasion = desk.load_occasion(store, ref)
    meeting = desk.check_intention(occasion, edit.a, edit.b)
    if len(occasion.attached.get(meeting.id, ())) >= MOST:
        raise TooManyAttachments(most=MOST)
    own, key = files.put(content)
    attachment = model.Attachment(
        name=bare,
        meeting=meeting.id,
        file=own,
        secret=key,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        added_by=who(edit.by) or "—",
        added_at=datetime.now(UTC),
        sample=meeting.sample,
    )
    return wire(store, desk.attach(store, occasion, attachment, by=who(edit.by), seen=edit.seen))


def detached(store: Store, ref: str, file: str, by: str, seen: int | None) -> EventWire:
    """Take a file off an intention; undoing brings it back.

    Raises:
        NotFound: when there is no such attachment.
        EventChanged: when somebody else came first.
    """
    return wire(store, desk.detach(store, desk.load_occasion(store, ref), file, by=who(by), seen=seen))


def opened(store: Store, files: Attachments, ref: str, file: str) -> tuple[str, str, bytes]:
    """Name, media type and content of an attachment, for those who may see secrets of one of the two; it is recorded.

    Raises:
        NotFound: when there is none, or they may not know more of it than its name.
        AttachmentLost: when its file is gone.
    """
    occasion = desk.load_occasion(store, ref)
    found = desk.find_attachment(occasion, file)
    meeting = occasion.meetings[found.meeting]
    firms = {meeting.a, meeting.b}
    key = Sight.on(store, firms).facts(found.LABEL, {"secret": found.secret}, firms)["secret"]
    if key is WITHHELD:
        traces.refused(file)
        raise NotFound(id=file)
    return found.name, KINDS[Path(found.name).suffix.lower()][1], files.get(found.file, str(key))
