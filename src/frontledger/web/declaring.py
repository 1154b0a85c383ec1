"""How addresses are declared: each with the role that it asks for and the problems that it may answer with.

What belongs here: what all declarations have in common, and answering with ready bytes.  What does not: any address.
"""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.openapi.datastructures import ResponseSpec

from frontledger.web.desk import Desk, Ready
from frontledger.web.persons import PUBLIC, Person
from frontledger.web.problems import Refused, details, documented

__all__ = ["JSONL", "Asked", "changes", "desk_of", "ends", "matched", "person_of", "reads", "sent"]

Asked = Request[Any, Any, Any]
JSONL = "application/jsonl"
ALWAYS = (400, 401, 403, 421)
WRITING = (408, 409, 412, 413, 415, 422, 429, 503)


def _more(role: str, raises: tuple[int, ...], given: dict[str, Any]) -> dict[str, Any]:
    statuses = (400, 403, 421, *raises) if role == PUBLIC else (*ALWAYS, 503, *raises)
    responses = {**documented(*sorted(set(statuses))), **given.pop("responses", {})}
    return {"opt": {"role": role}, "responses": responses, **given}


def reads(path: str, *raises: int, role: str = "reader", **more: Any) -> get:
    """A ``GET`` address."""
    return get(path, **_more(role, raises, more))


def changes(path: str, *raises: int, role: str, status: int = 201, **more: Any) -> post:
    """A ``POST`` address that changes something."""
    return post(path, status_code=status, **_more(role, (*raises, *WRITING), more))


def ends(path: str, *raises: int, role: str, **more: Any) -> delete:
    """A ``DELETE`` address."""
    done = ResponseSpec(None, description="It is done.", generate_examples=False)
    return delete(path, status_code=204, **_more(role, raises, {"responses": {204: done}, **more}))


def desk_of(request: Asked) -> Desk:
    """The ledger of the service."""
    desk: Desk = request.app.state.desk
    return desk


def person_of(request: Asked) -> Person:
    """Who asks; there is somebody wherever an address is not public."""
    person: Person = request.scope["user"]
    return person


def sent(request: Asked, ready: Ready) -> Response[Any]:
    """Ready bytes: none of them where the client has them already, compressed where it takes that."""
    headers = {"ETag": ready.etag}
    if ready.etag in request.headers.get("if-none-match", ""):
        return Response(content=b"", status_code=304, headers=headers, media_type=ready.media)
    body = ready.body
    if "gzip" in request.headers.get("accept-encoding", ""):
        packed = ready.packed()
        if packed is not None:
            body = packed
            headers["Content-Encoding"] = "gzip"
    return Response(content=body, headers=headers, media_type=ready.media)


def matched(request: Asked) -> int | None:
    """The version that ``If-Match`` names; None without it.  Raises :class:`Refused` where it names none."""
    given = request.headers.get("if-match")
    if given is None:
        return None
    number = given.strip().removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) < 16):
        raise Refused(
            details(400, f'If-Match: expected a version in quotation marks, as "12", not {given!r}')
        )
    return int(number)
