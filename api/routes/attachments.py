"""Files attached to intentions: uploaded, downloaded by those who may, removed with undo."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import attachments
from api.auth.gate import may
from api.auth.roles import Action
from api.deps import AttachmentsDep, IdPath, StoreDep
from api.files import sent
from api.routes.files import BYTES, Content, file_answer
from api.routes.problems import problems
from api.schemas.event_edits import AttachmentEdit, EventEdit
from api.schemas.events import EventWire
from graph.messages import N_

router = APIRouter(prefix="/events/{event}/attachments", tags=["events"])
EditQuery = Annotated[AttachmentEdit, Query()]


@router.post(
    "",
    status_code=201,
    summary=N_("上传意向附件"),
    description=N_("PDF、OFD、Word、Excel、WPS 或图片，至多 10 MB；加密保存，只有可见意向金额的人能下载。"),
    responses=problems(400, 404, 409, 413, 422),
    dependencies=[may(Action.ORGANISE)],
)
def attach(event: IdPath, edit: EditQuery, content: Content, store: StoreDep, files: AttachmentsDep) -> EventWire:
    """Attach a file."""
    return attachments.attached(store, files, event, edit, content)


@router.get(
    "/{file}",
    summary=N_("下载意向附件"),
    description=N_("只给可见意向金额的人；下载记入审计。"),
    response_class=Response,
    responses=file_answer(BYTES) | problems(404, 422),
    dependencies=[may(Action.READ)],
)
def download(event: IdPath, file: IdPath, store: StoreDep, files: AttachmentsDep) -> Response:
    """A file."""
    name, media, content = attachments.opened(store, files, event, file)
    return sent(content, name, media, **{"Cache-Control": "no-store"})


@router.post(
    "/{file}/remove",
    summary=N_("移除意向附件"),
    description=N_("可撤销；此后不再列出，也不能下载。"),
    responses=problems(400, 404, 409, 422),
    dependencies=[may(Action.ORGANISE)],
)
def detach(event: IdPath, file: IdPath, edit: EventEdit, store: StoreDep) -> EventWire:
    """Take a file off."""
    return attachments.detached(store, event, file, edit.by, edit.seen)
