"""Addresses by which accounts come in: pasted, or as files of any kind that ``frontledger read`` understands.

What belongs here: taking the bytes, within bounds, into a folder of their own.  What does not: reading them (``readings``).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Annotated

from litestar import Response
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter

from frontledger.web.answers import PastedAccount, Taken
from frontledger.web.declaring import Asked, changes, person_of, reads
from frontledger.web.measures import Measures
from frontledger.web.problems import Refused, details
from frontledger.web.readings import Readings, Task

__all__ = ["ROUTES", "file_name"]

Wait = Annotated[float, QueryParameter(ge=0, le=60, description="Seconds to wait for the outcome.")]
LONGEST_NAME = 100


def file_name(given: str) -> str:
    """The name under which an upload is kept: no folder, nothing hidden, nothing that a shell or a system reads."""
    last = re.split(r"[/\\]", given)[-1]
    safe = re.sub(r"[^\w.-]+", "-", last).strip("-.")
    stem, dot, suffix = safe.rpartition(".")
    if not dot:
        stem, suffix = safe, ""
    stem = stem.strip("-.")[:LONGEST_NAME] or "account"
    return f"{stem}.{suffix[:10]}" if suffix else stem


def _readings(request: Asked) -> Readings:
    readings: Readings = request.app.state.readings
    if readings.full:
        raise Refused(details(503, "too much is waiting to be read", "busy"), {"Retry-After": "10"})
    return readings


LATER = {
    202: ResponseSpec(
        Taken,
        description="It is being read: `Location` tells where its outcome will stand.",
        generate_examples=False,
    )
}


async def _outcome(request: Asked, folder: Path, task: Task, wait: float) -> Response[Taken]:
    readings: Readings = request.app.state.readings
    name = readings.take(folder, task)
    taken = await readings.finished(name, wait)
    if taken is None or taken.state in ("waiting", "reading"):
        return Response(
            content=taken or Taken(id=name, state="waiting"), status_code=202,
            headers={"Location": f"/api/v1/readings/{name}"},
        )  # fmt: skip
    measures: Measures = request.app.state.measures
    measures.readings.labels(taken.state).inc()
    if taken.error is not None:
        raise Refused(taken.error)
    return Response(content=taken, status_code=201, headers={"Location": f"/api/v1/readings/{name}"})


def _task(request: Asked, file: str, lang: str | None, *, revise: bool) -> Task:
    where = request.app.state.settings.ledger
    return Task(ledger=where, by=person_of(request).name, file=file, lang=lang, revise=revise)


@changes("/accounts", role="editor", tags=["accounts"], responses=LATER)
async def paste_account(request: Asked, data: JSONBody[PastedAccount], wait: Wait = 20) -> Response[Taken]:
    """Read a pasted account.  Where one of that id is there already, nothing is read (409) unless `revise` is said.

    202 where reading takes longer than `wait` seconds: `Location` tells where its outcome will stand.
    """
    readings = _readings(request)
    folder = readings.folder()
    name = file_name(f"{data.name}.txt")
    (folder / name).write_text(data.text, encoding="utf-8", errors="replace", newline="")
    return await _outcome(request, folder, _task(request, name, data.lang, revise=data.revise), wait)


@changes("/accounts/files", role="editor", tags=["accounts"], responses=LATER)
async def upload_account(
    request: Asked,
    name: Annotated[
        str,
        QueryParameter(min_length=1, max_length=255, description="Name of the file; the id is made of it."),
    ],
    lang: Annotated[
        str | None, QueryParameter(pattern="^[a-z]{2}$", description="ISO 639-1, instead of detecting it.")
    ] = None,
    revise: Annotated[
        bool, QueryParameter(description="It may take the place of accounts of the same ids.")
    ] = False,
    wait: Wait = 20,
) -> Response[Taken]:
    """Read a file: text, wikitext, HTML, JSON Lines, a dump, a web archive, an archive of these; the body is the file."""
    readings = _readings(request)
    folder = readings.folder()
    try:
        safe = file_name(name)
        with (folder / safe).open("wb") as file:
            async for piece in request.stream():
                file.write(piece)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return await _outcome(request, folder, _task(request, safe, lang, revise=revise), wait)


@reads("/readings/{reading:str}", 404, role="editor", tags=["accounts"])
async def reading(request: Asked, reading: FromPath[str], wait: Wait = 0) -> Taken:
    """How far the reading of an upload is, and its outcome."""
    readings: Readings = request.app.state.readings
    taken = await readings.finished(reading, wait)
    if taken is None:
        raise Refused(details(404, "no reading of that id (any more)"))
    return taken


ROUTES = [paste_account, upload_account, reading]
