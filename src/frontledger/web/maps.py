"""Maps of days, kept in memory and up to date beside the ledger.

What belongs here: keeping one atlas a layer, in a thread of its own.  What does not: the atlas (``ledger.atlas``).
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import msgspec

from frontledger.errors import FrontledgerError
from frontledger.ledger.atlas import Atlas, day_number
from frontledger.ledger.storage import Ledger
from frontledger.ledger.watching import Watcher
from frontledger.model import Layer
from frontledger.web.answers import DayMap, MapPlaces
from frontledger.web.desk import Desk, Ready

__all__ = ["Maps"]

MOST_DRAWN_BYTES = 32 * 1024 * 1024


class _Sheet:
    """An atlas with its watcher; ``version`` rises with every change, ``epoch`` with every new beginning."""

    def __init__(self, atlas: Atlas, watcher: Watcher, epoch: int) -> None:
        self.atlas = atlas
        self.watcher = watcher
        self.epoch = epoch
        self.version = 0
        self.lock = threading.Lock()
        self.drawn: dict[str, Ready] = {}
        """Maps as they were drawn last, by day."""
        self._drawn_bytes = 0

    def keep(self, on: str, ready: Ready) -> None:
        """Keep a map for whoever asks next; all are forgotten where they become too many."""
        if self._drawn_bytes > MOST_DRAWN_BYTES:
            self.drawn.clear()
            self._drawn_bytes = 0
        former = self.drawn.get(on)
        self._drawn_bytes += len(ready.body) - (len(former.body) if former is not None else 0)
        self.drawn[on] = ready


class Maps:
    """The maps of a ledger that is served."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._thread = ThreadPoolExecutor(1, "maps")
        self._sheets: dict[Layer, _Sheet] = {}
        self._first: dict[Layer, asyncio.Future[_Sheet]] = {}
        self._ledger: Ledger | None = None
        self._changed = asyncio.Event()
        self._following: asyncio.Task[None] | None = None
        self._epochs = 0

    async def start(self) -> None:
        """Follow the ledger from now on."""
        self._desk.hub.on_change.append(self._changed)
        self._following = asyncio.create_task(self._follow())
        self._warming = asyncio.create_task(self._warm())

    async def _warm(self) -> None:
        """Have the first map ready before anybody asks for it."""
        with contextlib.suppress(FrontledgerError):
            await self._begun("assessed")

    async def stop(self) -> None:
        """Follow it no more."""
        with contextlib.suppress(asyncio.CancelledError):
            await self._warming
        if self._following is not None:
            self._following.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._following
        await asyncio.get_running_loop().run_in_executor(self._thread, self._dropped)
        self._thread.shutdown(wait=True)

    async def map(self, on: str, layer: Layer) -> Ready:
        """The map of a day as ready bytes; raises :class:`ValueError` when ``on`` is no ISO day."""
        day = day_number(on)
        sheet = self._sheets.get(layer) or await self._begun(layer)
        known = sheet.drawn.get(on)
        if known is not None and known.etag == f'"{sheet.epoch}-{sheet.version}"':
            return known
        with sheet.lock:
            signs = sheet.atlas.day(day)
            answer = DayMap(
                on=on, layer=layer, revision=sheet.watcher.revision, places=self._list_version(sheet),
                meanings=tuple(sheet.atlas.meanings), signs=signs,
            )  # fmt: skip
            etag = f'"{sheet.epoch}-{sheet.version}"'
        ready = Ready(answer.revision, etag, msgspec.json.encode(answer))
        sheet.keep(on, ready)
        return ready

    async def etag(self, layer: Layer) -> str:
        """What the map of any day would bear as its ETag now."""
        sheet = self._sheets.get(layer) or await self._begun(layer)
        return f'"{sheet.epoch}-{sheet.version}"'

    async def places(self, layer: Layer) -> Ready:
        """The places of the maps of a layer."""
        sheet = self._sheets.get(layer) or await self._begun(layer)
        with sheet.lock:
            version = self._list_version(sheet)
            answer = MapPlaces(version=version, items=tuple(sheet.atlas.places))
        return Ready(sheet.watcher.revision, f'"{version}"', msgspec.json.encode(answer))

    @staticmethod
    def _list_version(sheet: _Sheet) -> int:
        """Changes when the list of places does: it is made anew, or grows."""
        return sheet.epoch * 10_000_000 + len(sheet.atlas.places)

    async def _begun(self, layer: Layer) -> _Sheet:
        """The first who asks has it made; all others wait for that."""
        loop = asyncio.get_running_loop()
        making = self._first.get(layer)
        if making is None:
            making = self._first[layer] = loop.run_in_executor(self._thread, self._make, layer)
        try:
            sheet = await asyncio.shield(making)
        finally:
            if making.done():
                self._first.pop(layer, None)
        return self._sheets.setdefault(layer, sheet)

    def _opened(self) -> Ledger:
        if self._ledger is None:
            self._ledger = Ledger.open(self._desk.where)
        return self._ledger

    def _dropped(self) -> None:
        """Let go of the connection, which may be broken."""
        former, self._ledger = self._ledger, None
        if former is not None:
            with contextlib.suppress(Exception):
                former.close()

    def _make(self, layer: Layer) -> _Sheet:
        ledger = self._opened()
        self._epochs += 1
        with ledger.reading():
            return _Sheet(Atlas(ledger, layer), Watcher(ledger), self._epochs)

    def _catch_up(self) -> None:
        """Bring every sheet up to date, in the thread of the maps."""
        for layer, sheet in list(self._sheets.items()):
            try:
                ledger = self._opened()
                with ledger.reading():
                    changes = sheet.watcher.look(ledger)
                    if any(change.everything for change in changes):
                        self._sheets[layer] = self._make(layer)
                        continue
                    places = {place for change in changes for place in change.places}
                    if places:
                        with sheet.lock:
                            sheet.atlas.update(ledger, places)
                            sheet.version += 1
            except FrontledgerError:  # look again at the next change, over another connection
                self._dropped()

    async def _follow(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await self._changed.wait()
            self._changed.clear()
            await loop.run_in_executor(self._thread, self._catch_up)
