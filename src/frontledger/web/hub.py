"""Who listens to the changes of the ledger, and telling them.

What belongs here: listeners and their queues.  What does not: seeing changes (``desk``), the stream (``routes_live``).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from frontledger.ledger.watching import Change

__all__ = ["Hub", "Listener"]

MOST_UNHEARD = 256
"""Changes that a listener may be behind; then its stream ends, and it asks again from where it was."""
MOST_LISTENERS = 1000


class Listener:
    """One who listens; ``None`` in the queue ends it."""

    def __init__(self) -> None:
        self.queue: asyncio.Queue[Change | None] = asyncio.Queue(MOST_UNHEARD + 1)
        self.ended = False

    def tell(self, changes: Sequence[Change]) -> None:
        """Pass changes on; whoever does not listen for too long is let go."""
        for change in changes:
            if self.queue.qsize() >= MOST_UNHEARD:
                self.end()
            if self.ended:
                return
            self.queue.put_nowait(change)

    def end(self) -> None:
        """Say no more."""
        if not self.ended:
            self.ended = True
            self.queue.put_nowait(None)


class Hub:
    """Everybody who listens, in one event loop."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self.closed = False
        self.on_change: list[asyncio.Event] = []

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on, in this loop."""
        self._loop = loop

    def __len__(self) -> int:
        return len(self._listeners)

    def join(self) -> Listener | None:
        """A new listener; None where there are too many, or the service is stopping."""
        if self.closed or len(self._listeners) >= MOST_LISTENERS:
            return None
        listener = Listener()
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """It listens no more."""
        self._listeners.discard(listener)

    def publish(self, changes: Sequence[Change]) -> None:
        """Tell everybody."""
        for listener in list(self._listeners):
            listener.tell(changes)
        for event in self.on_change:
            event.set()

    def close(self) -> None:
        """End all streams, so that the service can stop."""
        self.closed = True
        for listener in list(self._listeners):
            listener.end()
