"""How people come in when the service is for one: by an address that works once.

What belongs here: that address, the session behind it, cookies.  What does not: users of a team (``team``).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from base64 import b64decode
from http.cookies import CookieError, SimpleCookie
from typing import Protocol

from frontledger.ledger import people
from frontledger.web.desk import Desk
from frontledger.web.persons import Person
from frontledger.web.settings import Settings

__all__ = ["AloneDoor", "Door", "cookie_header", "cookie_name", "digest", "given_cookie", "given_token"]

MOST_SESSIONS = 100
FRESH_SECONDS = 1.0
"""For how long somebody is known without asking the database: so long another process's word may take to be heard."""


class Door(Protocol):
    """Tells who somebody is by what they show."""

    async def who(self, cookie: str, authorization: str) -> Person | None:
        """Whose session or token this is; None for nobody's."""

    def entered(self, token: str) -> str | None:
        """The session that a one-time address opens; None where it opens none (any more)."""

    def forget(self) -> None:
        """Something about people has changed: ask the database about everybody anew."""

    async def left(self, person: Person) -> None:
        """End the session of a person."""


def digest(secret: str) -> str:
    """What is kept of a secret: nobody can make the secret out of it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()


def cookie_name(settings: Settings) -> str:
    """Cookies know no ports: two services on one machine must not take one another's."""
    return "__Host-frontledger" if settings.secure else f"frontledger-{settings.port}"


def cookie_header(settings: Settings, value: str, seconds: int | None = None) -> str:
    """``Set-Cookie``: not for scripts, and never sent along by another site."""
    age = "" if seconds is None else f"; Max-Age={seconds}"
    secure = "; Secure" if settings.secure else ""
    return f"{cookie_name(settings)}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}"


def given_cookie(header: str, name: str) -> str:
    """The value of a cookie; empty where it is not there."""
    try:
        found = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def given_token(authorization: str) -> str:
    """The token of ``Bearer TOKEN``, or of ``Basic`` with any name and the token as password, as map programs send it."""
    scheme, _, given = authorization.partition(" ")
    if scheme.casefold() == "bearer":
        return given.strip()
    if scheme.casefold() == "basic":
        try:
            return b64decode(given.strip(), validate=True).decode().partition(":")[2]
        except ValueError:
            return ""
    return ""


class AloneDoor:
    """The door of a service for one person, who may do everything."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self._settings = settings
        self._desk = desk
        self._entries: set[str] = set()
        self._sessions: dict[str, float] = {}
        self._tokens: dict[str, float] = {}

    def new_entry(self) -> str:
        """A secret that opens the door once."""
        token = secrets.token_urlsafe(32)
        self._entries.add(digest(token))
        return token

    def entered(self, token: str) -> str | None:
        """The session that a one-time address opens; None where it opens none (any more)."""
        shown = digest(token)
        found = next((known for known in self._entries if hmac.compare_digest(known, shown)), None)
        if found is None:
            return None
        self._entries.discard(found)
        while len(self._sessions) >= MOST_SESSIONS:
            del self._sessions[min(self._sessions, key=lambda one: self._sessions[one])]
        session = secrets.token_urlsafe(32)
        self._sessions[digest(session)] = time.monotonic()
        return session

    async def who(self, cookie: str, authorization: str) -> Person | None:
        """The one person, if this is a session of theirs: in a cookie, or sent by a program as a token."""
        shown = digest(given_token(authorization) if authorization else cookie)
        used = self._sessions.get(shown)
        if used is None:
            return await self._token(shown) if authorization else None
        if time.monotonic() - used > self._settings.session_hours * 3600:
            del self._sessions[shown]
            return None
        self._sessions[shown] = time.monotonic()
        return Person(
            name=self._settings.by, role="admin", by="token" if authorization else "cookie", session=shown
        )

    async def _token(self, shown: str) -> Person | None:
        """A token that this person made for a program; those of users of a team open nothing here."""
        seen = self._tokens.get(shown, 0.0)
        if time.monotonic() - seen > FRESH_SECONDS:
            self._tokens.pop(shown, None)
            found = await self._desk.read(lambda ledger: people.token(ledger, shown))
            if found is None or found != (self._settings.by, None):
                return None
            self._tokens[shown] = time.monotonic()
        return Person(name=self._settings.by, role="admin", by="token", session=shown)

    def forget(self) -> None:
        """Ask the database about every token anew."""
        self._tokens.clear()

    async def left(self, person: Person) -> None:
        """End the session."""
        self._sessions.pop(person.session, None)
