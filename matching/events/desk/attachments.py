"""Files attached to intentions: what there is; their content lies elsewhere."""

from __future__ import annotations

from graph import model
from graph.errors import NotFound
from graph.messages import N_, Message
from graph.store import Store
from matching.events.desk.edits import Edit, commit
from matching.events.desk.errors import NoIntention
from matching.events.desk.occasion import Occasion

ATTACHED, DETACHED = N_("上传附件“{file}”（{name}）"), N_("移除附件“{file}”（{name}）")


def check_intention(occasion: Occasion, a: str, b: str) -> model.Meeting:
    """The meeting of two parties, which reached an intention.

    Raises:
        NoIntention: when it did not.
        NotRegistered, NoSuchMeeting: when there is no such meeting.
    """
    meeting = occasion.meeting(a, b)
    outcome = occasion.outcomes.get(meeting.id)
    if outcome is None or not outcome.intention:
        raise NoIntention(name=meeting.name)
    return meeting


def find_attachment(occasion: Occasion, file: str) -> model.Attachment:
    """An attachment by what its file is called.

    Raises:
        NotFound: when there is none.
    """
    for one in (one for some in occasion.attached.values() for one in some):
        if one.file == file:
            return one
    raise NotFound(id=file)


def attach(
    store: Store, occasion: Occasion, attachment: model.Attachment, *, by: str, seen: int | None = None
) -> Occasion:
    """Write down that a file is attached.

    Raises:
        EventChanged: when somebody else came first.
    """
    name = occasion.meetings[attachment.meeting].name
    what = Message(ATTACHED, {"file": attachment.name, "name": name})
    return commit(store, occasion, lambda _: Edit(what, (attachment,)), by=by, seen=seen)


def detach(store: Store, occasion: Occasion, file: str, *, by: str, seen: int | None = None) -> Occasion:
    """Take an attachment off; its encrypted file stays, so that this can be undone.

    Raises:
        NotFound: when there is none.
        EventChanged: when somebody else came first.
    """
    found = find_attachment(occasion, file)
    what = Message(DETACHED, {"file": found.name, "name": occasion.meetings[found.meeting].name})
    return commit(store, occasion, lambda _: Edit(what, (), (found.id,)), by=by, seen=seen)
