"""How people come in when the service is for a team: name and password, invitations, tokens of programs.

What belongs here: checking what somebody shows.  What does not: the rows (``ledger.people``), or the addresses (``routes_team``).
"""

from __future__ import annotations

import asyncio
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from frontledger.ledger import people
from frontledger.ledger.storage import Ledger
from frontledger.web.desk import Desk
from frontledger.web.doors import FRESH_SECONDS, digest, given_token
from frontledger.web.limits import Limits
from frontledger.web.persons import Person
from frontledger.web.problems import Refused, details
from frontledger.web.settings import Settings

__all__ = ["TeamDoor"]

MOST_KNOWN = 10_000
INVITED_DAYS = 7


class TeamDoor:
    """The door of a service for a team."""

    def __init__(self, settings: Settings, desk: Desk) -> None:
        self._settings = settings
        self._desk = desk
        self._known: dict[str, tuple[Person, float]] = {}
        self._hasher = PasswordHasher(time_cost=3, memory_cost=settings.argon_kilobytes, parallelism=1)
        self._checks = ThreadPoolExecutor(2, "passwords")
        self._nobody = self._hasher.hash(secrets.token_hex(16))
        self._by_name = Limits()
        self._by_address = Limits(free=30)

    def entered(self, token: str) -> str | None:
        """There are no one-time addresses here."""
        del token
        return None

    async def who(self, cookie: str, authorization: str) -> Person | None:
        """Whose session or token this is; None for nobody's."""
        shown = digest(given_token(authorization) if authorization else cookie)
        if not (authorization or cookie):
            return None
        known = self._known.get(shown)
        if known is not None and time.monotonic() - known[1] < FRESH_SECONDS:
            return known[0]
        person = await (self._token(shown) if authorization else self._session(shown))
        if person is None:
            self._known.pop(shown, None)
            return None
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[shown] = (person, time.monotonic())
        return person

    async def _token(self, shown: str) -> Person | None:
        found = await self._desk.read(lambda ledger: people.token(ledger, shown))
        if found is None or found[1] is None:
            return None
        return Person(name=found[0], role=found[1].role, by="token", session=shown)

    async def _session(self, shown: str) -> Person | None:
        found = await self._desk.read(lambda ledger: people.session(ledger, shown))
        if found is None:
            return None
        user, until = found
        left = (datetime.fromisoformat(until) - datetime.now(UTC)).total_seconds()
        hours = self._settings.session_hours
        if left < hours * 3600 * 0.9:
            await self._desk.write(lambda ledger: people.prolong(ledger, shown, hours))
        return Person(name=user.name, role=user.role, by="cookie", session=shown)

    async def sign_in(self, name: str, password: str, address: str) -> str:
        """A new session; raises :class:`Refused`, in the same time and words whatever was wrong."""
        names = (f"name {name.casefold()} from {address}",)
        wait = max(self._by_name.wait(*names), self._by_address.wait(address))
        if wait > 0:
            raise Refused(
                details(429, "too many attempts: wait a while", "attempts"),
                {"Retry-After": str(int(wait) + 1)},
            )
        stored = await self._desk.read(lambda ledger: people.password(ledger, name))
        if not await self._right(stored or self._nobody, password) or stored is None:
            self._by_name.miss(*names)
            self._by_address.miss(address)
            raise Refused(details(401, "name or password is wrong", "sign-in"))
        self._by_name.hit(*names)
        if self._hasher.check_needs_rehash(stored):
            hashed = await self.hashed(password)
            await self._desk.write(lambda ledger: people.change(ledger, name, hashed=hashed))
        return await self.open_session(name)

    async def open_session(self, name: str) -> str:
        """A new session of somebody who has shown who they are; never one that they brought along."""
        session = secrets.token_urlsafe(32)
        hours = self._settings.session_hours
        await self._desk.write(lambda ledger: people.add_session(ledger, digest(session), name, hours))
        return session

    async def join(self, code: str, password: str, address: str) -> tuple[people.User, str]:
        """Accept an invitation; raises :class:`Refused`."""
        if self._by_address.wait(address) > 0:
            raise Refused(details(429, "too many attempts: wait a while", "attempts"), {"Retry-After": "60"})
        hashed = await self.hashed(password)
        user = await self._desk.write(lambda ledger: people.accept(ledger, digest(code), hashed))
        if user is None:
            self._by_address.miss(address)
            raise Refused(details(403, "this invitation is none (any more)", "invitation"))
        return user, await self.open_session(user.name)

    async def confirmed(self, person: Person, password: str) -> bool:
        """Whether that is their password."""
        stored = await self._desk.read(lambda ledger: people.password(ledger, person.name))
        return stored is not None and await self._right(stored, password)

    async def hashed(self, password: str) -> str:
        """The hash of a password, which takes a while on purpose."""
        return await asyncio.get_running_loop().run_in_executor(self._checks, self._hasher.hash, password)

    async def _right(self, stored: str, password: str) -> bool:
        def check() -> bool:
            try:
                return bool(self._hasher.verify(stored, password))
            except (Argon2Error, InvalidHashError):
                return False

        return await asyncio.get_running_loop().run_in_executor(self._checks, check)

    async def left(self, person: Person) -> None:
        """End the session of a person."""
        self.forget()
        await self._desk.write(lambda ledger: people.end_session(ledger, person.session))

    def forget(self) -> None:
        """Ask the database about everybody anew: something about them has changed."""
        self._known.clear()

    def close(self) -> None:
        """Stop its threads."""
        self._checks.shutdown(wait=True)


def invitation(ledger: Ledger, name: str, by: str) -> tuple[people.Invitation, str]:
    """An invitation and its code, which is shown once."""
    code = secrets.token_urlsafe(24)
    return people.invite(ledger, digest(code), name, by, INVITED_DAYS), code


def new_token(ledger: Ledger, name: str, label: str, days: float | None) -> tuple[people.TokenCard, str]:
    """A token, which is shown once."""
    token = f"flt_{secrets.token_urlsafe(32)}"
    return people.add_token(ledger, digest(token), name, label, days), token
