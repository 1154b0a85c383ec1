"""Who asks, and what they may: four roles, each with all rights of those before it.

What belongs here: roles, and whether a request may be answered.  What does not: how somebody shows who they are
(``doors``).
"""

from __future__ import annotations

from typing import Any, Literal

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from frontledger.ledger.people import Role
from frontledger.model import Value
from frontledger.web.problems import Refused, details

__all__ = ["PUBLIC", "RANK", "Person", "Role", "allowed", "role_of"]

RANK: dict[str, int] = {"reader": 1, "reviewer": 2, "editor": 3, "admin": 4}
PUBLIC = "public"
"""The role of an address that everybody may ask for: it tells nothing of the ledger."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Person(Value, frozen=True):
    """Whoever asks: their name, their role, and how they have shown it."""

    name: str
    role: Role
    by: Literal["cookie", "token"]
    session: str = ""
    """Digest of what they showed."""


def role_of(handler: BaseRouteHandler) -> str:
    """The role that an address asks for; one that declares none is closed to all."""
    return str(handler.opt.get("role", ""))


def allowed(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Raise :class:`Refused` unless whoever asks may do this; stands before every address."""
    wanted = role_of(handler)
    if wanted == PUBLIC:
        no_other_page(connection)  # else another page could sign a visitor in under a name of its own
        return
    person: Person | None = connection.scope.get("user")
    if person is None:
        raise Refused(
            details(401, "say who you are: sign in, or send a token", "unauthorized"),
            {"WWW-Authenticate": 'Bearer realm="frontledger"'},
        )
    if RANK[person.role] < RANK.get(wanted, 99):
        raise Refused(details(403, f"this needs the role {wanted}; you are a {person.role}", "role"))
    if person.by == "cookie":
        own_page(connection)


def own_page(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Raise :class:`Refused` where a browser asks on behalf of a page that is not ours.

    A cookie goes with whatever a browser asks for; that the page is ours shows in headers which no page can set.
    """
    no_other_page(connection)
    if not _changes(connection):
        return
    if not connection.headers.get("origin") and connection.headers.get("sec-fetch-site") != "same-origin":
        raise Refused(
            details(403, "a change needs the header Origin (or a token instead of the cookie)", "origin")
        )


def no_other_page(connection: ASGIConnection[Any, Any, Any, Any]) -> None:
    """Raise :class:`Refused` where the browser says that another page asks; following a link to the page is no asking."""
    headers = connection.headers
    site, origin = headers.get("sec-fetch-site", ""), headers.get("origin", "")
    ours = f"{connection.scope['scheme']}://{headers.get('host', '')}"
    arriving = headers.get("sec-fetch-mode") == "navigate" and not _changes(connection)
    if (site and site not in ("same-origin", "none") and not arriving) or (origin and origin != ours):
        raise Refused(details(403, "another page has asked for this", "origin"))


def _changes(connection: ASGIConnection[Any, Any, Any, Any]) -> bool:
    return str(connection.scope.get("method", "")) not in SAFE
