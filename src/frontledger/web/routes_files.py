"""Addresses that hand the ledger out: as files of each export format, and as the page's payload.

What belongs here: which formats there are and their streams.  What does not: writing a format (``exports``).
"""

from __future__ import annotations

import asyncio
import json
import queue
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator
from pathlib import Path, PurePath
from typing import Annotated, Any

from litestar import Response
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from frontledger.errors import InputError
from frontledger.exports import formats
from frontledger.exports.formats import FORMATS, LOSSLESS, Table
from frontledger.exports.report.building import build
from frontledger.exports.report.keeping import Kept
from frontledger.exports.report.page import asset
from frontledger.exports.report.payload import Payload
from frontledger.ledger import interchange
from frontledger.ledger.storage import Ledger
from frontledger.web.answers import ExportFormat
from frontledger.web.declaring import JSONL, Asked, desk_of, reads, sent
from frontledger.web.geojson import GEOJSON, FeatureCollection
from frontledger.web.problems import Refused, details

__all__ = ["ROUTES", "Page", "ledger_name"]

CHUNK = 64 * 1024
WHOLE = "the whole ledger with its history, lossless"
KINDS = {
    "acled": (".csv", "text/csv"), "ucdp": (".csv", "text/csv"), "csv": (".csv", "text/csv"),
    "plover": (".jsonl", "application/jsonl"), "geojson": (".geojson", GEOJSON), "jsonld": (".jsonld", "application/ld+json"),
    "gpkg": (".gpkg", "application/geopackage+sqlite3"), "kml": (".kml", "application/vnd.google-earth.kml+xml"),
    "parquet": (".parquet", "application/vnd.apache.parquet"), "geoparquet": (".parquet", "application/vnd.apache.parquet"),
    "wikitext": (".wiki", "text/plain"), LOSSLESS: (".jsonl", JSONL),
}  # fmt: skip
"""Suffix and media type of each format."""
SHAPES: dict[str, Any] = {"geojson": FeatureCollection, "jsonld": dict[str, Any]}
"""Of the formats that are one JSON value, its shape."""
OTHER = ("", "application/octet-stream")
MOST_KEPT = 30_000
"""Events of a page whose parts are kept: about 6 kB each."""
MOST_AT_ONCE = asyncio.Semaphore(2)


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
    """The formats that the ledger can be had in; those with `tables` hold one table, `?table=` says which."""
    del request
    whole = ExportFormat(name=LOSSLESS, title=WHOLE, media_type=JSONL)
    others = [
        ExportFormat(name=name, title=form.about, media_type=KINDS.get(name, OTHER)[1], tables=form.tables)
        for name, form in FORMATS.items()
    ]
    return [whole, *others]


async def _export(request: Asked, form: str, table: str | None) -> Stream:
    """The ledger in a format, as it is at one moment."""
    suffix, media = KINDS.get(form, OTHER)
    name = _ascii(ledger_name(request.app.state.settings.ledger))
    headers = {"Content-Disposition": f'attachment; filename="{name}{suffix}"'}
    where = desk_of(request).where
    if form == LOSSLESS:
        return Stream(_lines(where), media_type=media, headers=headers)
    folder = Path(tempfile.mkdtemp(prefix="frontledger-export-"))
    try:
        async with MOST_AT_ONCE:
            written = await asyncio.to_thread(
                formats.export, where, form, folder / f"{name}{suffix}", table=table
            )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    if written.notes:
        headers["Frontledger-Left-Out"] = json.dumps(written.notes)[:4000]
    return Stream(_pieces(folder, folder / f"{name}{suffix}"), media_type=media, headers=headers)


def _address(form: str, about: str, *, tables: bool) -> Any:
    """The address of one format, which says of itself what it sends and whether it can be asked for a table."""

    async def whole(request: Asked) -> Stream:
        if "table" in request.query_params:
            having = ", ".join(name for name, one in FORMATS.items() if one.tables)
            raise InputError(f"table is for {having}; {form} holds all that it can")
        return await _export(request, form, None)

    async def one_table(
        request: Asked, table: Annotated[Table, QueryParameter(description="Which table.")] = "events"
    ) -> Stream:
        return await _export(request, form, table)

    media = KINDS.get(form, OTHER)[1]
    shape = SHAPES.get(form)
    named = f"Export{form.title()}"
    return reads(
        f"/exports/{form}", 422, tags=["exports"], media_type=media, name=named, operation_id=named, summary=about,
        description="As it is at one moment; what the format cannot say stands in `Frontledger-Left-Out`.",
        responses={} if shape is None else {200: ResponseSpec(shape, media_type=media, description=about, generate_examples=False)},
    )(one_table if tables else whole)  # fmt: skip


@reads("/exports/{form:str}", 404, tags=["exports"], include_in_schema=False)
async def export_unknown(form: FromPath[str]) -> None:
    """Any other format: there is none, and the answer says which there are."""
    raise Refused(details(404, f"no format {form!r}: there are {', '.join([LOSSLESS, *FORMATS])}"))


async def _pieces(folder: Path, path: Path) -> AsyncIterator[bytes]:
    """A file in pieces; it is gone afterwards."""
    try:
        with await asyncio.to_thread(path.open, "rb") as file:
            while piece := await asyncio.to_thread(file.read, CHUNK):
                yield piece
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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


class Page:
    """The payload of the page, revision after revision: only the parts that changed are made anew."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._lock = threading.Lock()

    def payload(self, ledger: Ledger) -> Payload:
        """The payload of the ledger as it is; one at a time."""
        with self._lock:
            made = build(ledger, world=asset("world.json"), kept=self._kept)
            if len(made.events) > MOST_KEPT:
                self._kept = Kept()
            return made


@reads("/page", tags=["ledger"])
async def page_payload(request: Asked) -> Response[Payload]:
    """Everything that the page of the report shows, as the report itself carries it."""
    page: Page = request.app.state.page
    return sent(request, await desk_of(request).ready("page", page.payload))


EXPORTS = [
    _address(LOSSLESS, WHOLE, tables=False),
    *(_address(name, form.about, tables=form.tables) for name, form in FORMATS.items()),
]
ROUTES = [export_formats, *EXPORTS, export_unknown, page_payload]
