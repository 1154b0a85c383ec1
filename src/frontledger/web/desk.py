"""The ledger as the service works on it: many read at once, one writes at a time, whoever waits is told.

The event loop touches no database.  Readers are a few threads, each with a connection of its own; verdicts pass through
one thread, so that they queue here and not at the database's lock; what takes long (reading accounts, replacing places)
runs in a process of its own (``readings``).  What belongs here: threads, connections, ready answers.  What does not: HTTP.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import msgspec

from frontledger.errors import FrontledgerError, LedgerError
from frontledger.ledger.storage import Ledger
from frontledger.ledger.watching import Change, Watcher
from frontledger.web.hub import Hub

__all__ = ["JSON", "Desk", "Ready"]

JSON = "application/json"
READERS = 4
MOST_WAITING = 500
"""Verdicts that may queue before more are refused."""
MOST_READY_BYTES = 128 * 1024 * 1024
WORTH_PACKING = 1400
"""Bytes that fit in one packet are not worth compressing."""
PACKED_AT_ONCE = 256 * 1024
"""So many bytes are compressed by the thread that made them: nobody else waits meanwhile."""

Answer = TypeVar("Answer")


class Ready:
    """An answer as bytes, of one revision of the ledger; compressed once somebody wants it so."""

    __slots__ = ("_packed", "body", "etag", "media", "revision")

    def __init__(self, revision: int, etag: str, body: bytes, media: str = JSON) -> None:
        self.revision = revision
        self.etag = etag
        self.body = body
        self.media = media
        self._packed: bytes | None = None

    def packed(self) -> bytes | None:
        """The body as gzip; None where that is not worth it."""
        if len(self.body) < WORTH_PACKING:
            return None
        if self._packed is None:
            self._packed = gzip.compress(self.body, compresslevel=1, mtime=0)
        return self._packed


class Desk:
    """One ledger, served; to be used from one event loop."""

    def __init__(self, where: str, *, poll_seconds: float = 0.25) -> None:
        self.where = where
        self.hub = Hub()
        self.revision = 0
        self._poll_seconds = poll_seconds
        self._own = threading.local()
        self._readers = ThreadPoolExecutor(READERS, "reader")
        self._writer = ThreadPoolExecutor(1, "writer")
        self._waiting = 0
        self._watcher: Watcher | None = None
        self._ready: OrderedDict[str, Ready] = OrderedDict()
        self._ready_bytes = 0
        self._making: dict[tuple[str, int], asyncio.Task[Ready]] = {}
        self._polling: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Look at the ledger for the first time, and from now on; raises what :meth:`Ledger.open` does."""
        await asyncio.get_running_loop().run_in_executor(self._writer, self._look)
        self.hub.begin(asyncio.get_running_loop())
        self._polling = asyncio.create_task(self._poll())

    async def stop(self) -> None:
        """Close everything; what is under way is finished."""
        if self._polling is not None:
            self._polling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._polling
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writer, self._dropped)
        together = threading.Barrier(READERS)  # each connection is closed by the thread that opened it
        await asyncio.gather(
            *(loop.run_in_executor(self._readers, self._ended, together) for _ in range(READERS))
        )
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)

    async def read(self, ask: Callable[[Ledger], Answer]) -> Answer:
        """What ``ask`` makes of the ledger as it is at one moment."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._asked, ask)

    async def write(self, do: Callable[[Ledger], Answer]) -> Answer:
        """Let ``do`` change the ledger; everybody is told before this returns.

        Raises :class:`~frontledger.errors.LedgerError` where too many are waiting.
        """
        if self._waiting >= MOST_WAITING:
            raise LedgerError("somebody else has been writing: too many verdicts are waiting")
        self._waiting += 1
        try:
            done, changes = await asyncio.get_running_loop().run_in_executor(self._writer, self._done, do)
        finally:
            self._waiting -= 1
        self._tell(changes)
        return done

    async def look(self) -> None:
        """See what others have changed."""
        self._tell(await asyncio.get_running_loop().run_in_executor(self._writer, self._look))

    async def ready(self, name: str, make: Callable[[Ledger], Any], media: str = JSON) -> Ready:
        """The answer called ``name`` at the present revision: made once, by one, for all who ask meanwhile.

        ``make`` gives a value that is encoded as JSON, or bytes.
        """
        known = self._ready.get(name)
        if known is not None and known.revision == self.revision:
            self._ready.move_to_end(name)
            return known
        key = (name, self.revision)
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.create_task(self._make(name, make, media))
            task.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(task)

    async def _make(self, name: str, make: Callable[[Ledger], Any], media: str) -> Ready:
        revision = self.revision

        def made(ledger: Ledger) -> Ready:
            value = make(ledger)
            body = value if isinstance(value, bytes) else msgspec.json.encode(value)
            ready = Ready(revision, f'"{revision}"', body, media)
            if len(body) >= PACKED_AT_ONCE:
                ready.packed()
            return ready

        answer = await self.read(made)
        former = self._ready.pop(name, None)
        self._ready[name] = answer
        self._ready_bytes += len(answer.body) - (len(former.body) if former else 0)
        while self._ready_bytes > MOST_READY_BYTES and len(self._ready) > 1:
            _, oldest = self._ready.popitem(last=False)
            self._ready_bytes -= len(oldest.body)
        return answer

    def _ledger(self) -> Ledger:
        """The connection of the thread that asks."""
        ledger: Ledger | None = getattr(self._own, "ledger", None)
        if ledger is None:
            ledger = self._own.ledger = Ledger.open(self.where)
        return ledger

    def _dropped(self) -> None:
        """Let go of this thread's connection, which may be broken: the next one who asks opens another."""
        ledger: Ledger | None = getattr(self._own, "ledger", None)
        self._own.ledger = None
        if ledger is not None:
            with contextlib.suppress(Exception):
                ledger.close()

    def _ended(self, together: threading.Barrier) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(10)
        self._dropped()

    def _asked(self, ask: Callable[[Ledger], Answer]) -> Answer:
        try:
            ledger = self._ledger()
            with ledger.reading():
                return ask(ledger)
        except LedgerError:
            self._dropped()
            raise

    def _done(self, do: Callable[[Ledger], Answer]) -> tuple[Answer, list[Change]]:
        try:
            done = do(self._ledger())
        except LedgerError:
            self._dropped()
            raise
        try:
            return done, self._look()
        except FrontledgerError:  # it is recorded all the same; the next look will see it
            return done, []

    def _look(self) -> list[Change]:
        try:
            ledger = self._ledger()
            with ledger.reading():
                if self._watcher is None:
                    self._watcher = Watcher(ledger)
                    self.revision = self._watcher.revision
                    return []
                return self._watcher.look(ledger)
        except LedgerError:
            self._dropped()
            raise

    def _tell(self, changes: list[Change]) -> None:
        if changes:
            self.revision = max(self.revision, changes[-1].revision)
            self.hub.publish(changes)

    async def _poll(self) -> None:
        """Other processes write, too: ``frontledger run``, a second service."""
        while True:
            await asyncio.sleep(self._poll_seconds)
            with contextlib.suppress(FrontledgerError):
                await self.look()
