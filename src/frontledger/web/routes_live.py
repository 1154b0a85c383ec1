"""The stream of changes: what one person does, others see within a second.

What belongs here: server-sent events.  What does not: seeing changes (``desk``), or who listens (``hub``).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import msgspec
from litestar.params import QueryParameter
from litestar.response import Stream

from frontledger.ledger.storage import Ledger
from frontledger.ledger.watching import Change, Watcher
from frontledger.web.declaring import Asked, desk_of, reads
from frontledger.web.problems import Refused, details

__all__ = ["ROUTES"]

HEARTBEAT_SECONDS = 15.0
"""So often something is said, that neither proxies nor browsers take silence for an end."""
RETRY_MILLISECONDS = 1000


def _event(change: Change) -> bytes:
    data = msgspec.json.encode(change)  # holds no line end
    return b"id: %d\nevent: revision\ndata: %s\n\n" % (change.revision, data)


def _missed(ledger: Ledger, since: int) -> list[Change]:
    return Watcher(ledger, since).look(ledger)


@reads("/changes", role="reader", tags=["live"], media_type="text/event-stream")
async def stream(
    request: Asked,
    after: Annotated[
        int | None,
        QueryParameter(ge=0, le=2**62, description="Begin behind this revision; else with what comes."),
    ] = None,
) -> Stream:
    """Every revision as it comes, as a server-sent event `revision` whose data is a change and whose id its number.

    A client that comes back with `Last-Event-ID` misses nothing.
    """
    desk = desk_of(request)
    last = request.headers.get("last-event-id", "")
    since = int(last) if last.isascii() and last.isdigit() and len(last) < 16 else after
    listener = desk.hub.join()
    if listener is None:
        raise Refused(details(503, "too many are listening", "busy"), {"Retry-After": "5"})

    async def events() -> AsyncIterator[bytes]:
        seen = desk.revision if since is None else since
        try:
            yield b"retry: %d\n\n" % RETRY_MILLISECONDS
            if since is not None and since < desk.revision:
                for change in await desk.read(lambda ledger: _missed(ledger, since)):
                    seen = change.revision
                    yield _event(change)
            while True:
                try:
                    async with asyncio.timeout(HEARTBEAT_SECONDS):
                        heard = await listener.queue.get()
                except TimeoutError:
                    yield b": still here\n\n"
                    continue
                if heard is None:
                    return
                if heard.revision > seen:
                    seen = heard.revision
                    yield _event(heard)
        finally:
            desk.hub.leave(listener)

    return Stream(events(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


ROUTES = [stream]
