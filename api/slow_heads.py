"""The protocol of the server: a line that is open and asks nothing whole is closed after a while."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from api import guard


class HeadTimeoutProtocol(H11Protocol):
    """uvicorn's own, which waits without end for the rest of a head and for a body that nobody reads any more.

    A line may be without a request under way for ``guard.HEAD_SECONDS``, counted from its opening or from the first
    byte after an answer; further bytes gain no time. Silence after an answer ends sooner, by uvicorn's keep-alive.
    """

    _until_head: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Take bytes; stop waiting when they complete a head, begin to when they do not."""
        super().data_received(data)
        if self._idle():
            self._wait()
        else:
            self._stop_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the clock with the line."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        if self._until_head is None:
            self._until_head = self.loop.call_later(guard.HEAD_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._until_head is not None:
            self._until_head.cancel()
            self._until_head = None

    def _give_up(self) -> None:
        self._until_head = None
        if self._idle():
            self.timeout_keep_alive_handler()
