"""Addresses of the house itself: the page, the door, health, measurements, the description of the API.

What belongs here: what is not of the ledger.  What does not: users of a team (``routes_team``).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.params import FromPath, QueryParameter

import frontledger
from frontledger.model import Value
from frontledger.web.answers import Me
from frontledger.web.declaring import Asked, desk_of, ends, person_of, reads
from frontledger.web.doors import Door, cookie_header
from frontledger.web.measures import MEDIA, Measures
from frontledger.web.persons import PUBLIC
from frontledger.web.problems import Refused, details
from frontledger.web.routes_files import ledger_name
from frontledger.web.settings import Settings

__all__ = ["API_ROUTES", "ROUTES"]

ASSETS = Path(frontledger.__file__).parent / "exports" / "assets"
"""Where the build puts the bundle of the front end."""
OWN = Path(__file__).parent / "static"
TYPES = {
    ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
    ".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain", ".map": "application/json",
}  # fmt: skip
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+")


class Health(Value, frozen=True):
    """Whether the service answers, and up to which revision it has seen the ledger."""

    status: str
    revision: int
    team: bool
    """Whether people sign in with names and passwords; else it is for one person."""


@get(["/", "/join"], opt={"role": PUBLIC}, include_in_schema=False)
async def page() -> Response[bytes]:
    """The page.  It holds nothing of the ledger: its script asks the API."""
    bundle = OWN / ("index.html" if (ASSETS / "service.js").is_file() else "plain.html")
    return Response(content=bundle.read_bytes(), media_type="text/html")


@get("/assets/{name:str}", opt={"role": PUBLIC}, include_in_schema=False)
async def asset(request: Asked, name: FromPath[str]) -> Response[bytes]:
    """A file of the front end: by a plain name, out of two folders, and nothing else."""
    for folder in (ASSETS, OWN):
        path = folder / name
        if NAME.fullmatch(name) and path.suffix in TYPES and path.is_file():
            state = path.stat()
            etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}"'
            headers = {"ETag": etag, "Cache-Control": "no-cache"}
            if etag in request.headers.get("if-none-match", ""):
                return Response(content=b"", status_code=304, headers=headers)
            return Response(content=path.read_bytes(), media_type=TYPES[path.suffix], headers=headers)
    raise Refused(details(404, "no such file"))


@get("/enter", opt={"role": PUBLIC}, include_in_schema=False)
async def enter(
    request: Asked, token: Annotated[str, QueryParameter(max_length=200)] = ""
) -> Response[bytes]:
    """Come in by an address that works once; from here on a cookie says who it is."""
    door: Door = request.app.state.door
    session = door.entered(token) if token else None
    if session is None:
        return Response(content=(OWN / "used.html").read_bytes(), status_code=403, media_type="text/html")
    settings: Settings = request.app.state.settings
    return Response(
        content=b"", status_code=303, media_type="text/plain",
        headers={"Location": "/", "Set-Cookie": cookie_header(settings, session)},
    )  # fmt: skip


@reads("/health", 503, role=PUBLIC, tags=["house"])
async def health(request: Asked) -> Health:
    """Whether the service answers and reaches its ledger."""
    desk = desk_of(request)
    await desk.read(lambda _: None)
    settings: Settings = request.app.state.settings
    return Health(status="ok", revision=desk.revision, team=settings.team)


@reads("/metrics", role="reader", tags=["house"], media_type=MEDIA)
async def metrics(request: Asked) -> Response[bytes]:
    """Measurements for Prometheus: counts and times by address, no names."""
    measures: Measures = request.app.state.measures
    desk = desk_of(request)
    measures.revision.set(desk.revision)
    measures.listeners.set(len(desk.hub))
    return Response(content=measures.text(), media_type=MEDIA)


@reads("/me", tags=["people"])
async def me(request: Asked) -> Me:
    """Who is asking, and what they may do."""
    person = person_of(request)
    settings: Settings = request.app.state.settings
    return Me(
        name=person.name, role=person.role, team=settings.team, ledger=ledger_name(settings.ledger),
        revision=desk_of(request).revision, version=frontledger.__version__,
    )  # fmt: skip


@ends("/session", role="reader", tags=["people"])
async def sign_out(request: Asked) -> Response[None]:
    """Sign out here."""
    door: Door = request.app.state.door
    await door.left(person_of(request))
    settings: Settings = request.app.state.settings
    return Response(
        content=None, headers={"Set-Cookie": cookie_header(settings, "", 0), "Clear-Site-Data": '"cache"'}
    )


@get("/openapi.json", opt={"role": PUBLIC}, include_in_schema=False)
async def description(request: Asked) -> Response[bytes]:
    """The API described: OpenAPI 3.1."""
    schema: dict[str, Any] = request.app.openapi_schema.to_schema()
    return Response(content=msgspec.json.encode(schema), media_type="application/vnd.oai.openapi+json")


ROUTES = [page, asset, enter, health, metrics]
API_ROUTES = [me, sign_out, description]
