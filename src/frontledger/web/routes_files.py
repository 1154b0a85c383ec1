"""Addresses that hand the ledger out: as files of each export format, and as the page's payload.

What belongs here: which formats there are and their streams.  What does not: writing a format (``exports``).
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator
from pathlib import PurePath

from litestar import Response
from litestar.params import FromPath
from litestar.response import Stream

from frontledger.exports.report.building import build
from frontledger.exports.report.page import asset
from frontledger.exports.report.payload import Payload
from frontledger.ledger import interchange
from frontledger.ledger.storage import Ledger
from frontledger.web.answers import ExportFormat
from frontledger.web.declaring import JSONL, Asked, desk_of, reads, sent
from frontledger.web.problems import Refused, details

__all__ = ["ROUTES", "ledger_name"]

FORMATS = {
    "jsonl": ExportFormat(name="jsonl", title="The whole ledger with its history, lossless", media_type=JSONL)
}
CHUNK = 64 * 1024


def ledger_name(where: str) -> str:
    """What the ledger is called: neither folders nor hosts nor passwords."""
    if "://" in where:
        return (
            where.rpartition("#")[2]
            if "#" in where
            else where.rpartition("/")[2].partition("?")[0] or "ledger"
        )
    return PurePath(where).stem or "ledger"


@reads("/exports", tags=["exports"])
async def export_formats(request: Asked) -> list[ExportFormat]:
    """The formats that the ledger can be had in."""
    del request
    return list(FORMATS.values())


@reads("/exports/{form:str}", 404, tags=["exports"], media_type=JSONL)
async def export(request: Asked, form: FromPath[str]) -> Stream:
    """The whole ledger in a format, as it is at one moment."""
    if form not in FORMATS:
        raise Refused(details(404, f"no format {form!r}: there are {', '.join(FORMATS)}"))
    name = ledger_name(request.app.state.settings.ledger)
    headers = {"Content-Disposition": f'attachment; filename="{_ascii(name)}.{form}"'}
    desk = desk_of(request)
    return Stream(_lines(desk.where), media_type=JSONL, headers=headers)


def _ascii(name: str) -> str:
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name) or "ledger"


async def _lines(where: str) -> AsyncIterator[bytes]:
    """The lines of a ledger in pieces, read by a thread of its own with a connection of its own, no faster than sent."""
    pieces: queue.Queue[bytes | None] = queue.Queue(8)
    ended = threading.Event()

    def put(piece: bytes | None) -> bool:
        while not ended.is_set():
            try:
                pieces.put(piece, timeout=0.5)
            except queue.Full:
                continue
            return True
        return False

    def fill() -> None:
        try:
            with Ledger.open(where) as ledger, ledger.reading():
                piece = bytearray()
                for line in interchange.lines(ledger):
                    piece += line + b"\n"
                    if len(piece) >= CHUNK:
                        if not put(bytes(piece)):
                            return
                        piece.clear()
                put(bytes(piece))
        finally:
            put(None)

    thread = threading.Thread(target=fill, name="export", daemon=True)
    thread.start()
    try:
        while (piece := await asyncio.to_thread(pieces.get)) is not None:
            yield piece
    finally:
        ended.set()


@reads("/page", tags=["ledger"])
async def page_payload(request: Asked) -> Response[Payload]:
    """Everything that the page of the report shows, as the report itself carries it."""

    def payload(ledger: Ledger) -> Payload:
        return build(ledger, world=asset("world.json"))

    return sent(request, await desk_of(request).ready("page", payload))


ROUTES = [export_formats, export, page_payload]
