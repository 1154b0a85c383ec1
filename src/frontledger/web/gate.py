"""What every request passes before any address sees it, and every answer on its way out.

Host names, sizes and silences are checked here, whoever asks is recognised, security headers are set, and one line of
log and one measurement are made.  What belongs here: what holds for all addresses.  What does not: what one of them
asks for (``persons.allowed``).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec

from frontledger.web.answers import ProblemDetails
from frontledger.web.doors import Door, cookie_name, given_cookie
from frontledger.web.measures import Measures
from frontledger.web.problems import PROBLEM, Refused, details
from frontledger.web.settings import Settings

__all__ = ["CSP", "Gate"]

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOG = logging.getLogger("frontledger.web")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"vary", b"Accept-Encoding, Authorization, Cookie"),
)
HSTS = (b"strict-transport-security", b"max-age=31536000")
NO_STORE = (b"cache-control", b"no-store")
UPLOADS = ("/api/v1/accounts",)
"""The addresses under which an account may come."""
LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Gate:
    """An ASGI application around another."""

    def __init__(self, app: App, settings: Settings, door: Door, measures: Measures) -> None:
        self._app = app
        self._settings = settings
        self._door = door
        self._measures = measures
        self._cookie = cookie_name(settings)
        names = {settings.host, *settings.names, *LOCAL}
        self._hosts = {name.casefold() for name in names} | {
            f"{name}:{settings.port}".casefold() for name in names
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        begun = time.perf_counter()
        scope["request_id"] = secrets.token_hex(8)
        way = _Way(scope, receive, send, self._settings)
        try:
            problem = self._refusal(scope, way)
            if problem is not None:
                await way.refuse(problem)
                return
            self._proxied(scope, way.headers)
            scope["user"] = await self._door.who(
                given_cookie(way.headers.get("cookie", ""), self._cookie),
                way.headers.get("authorization", ""),
            )
            scope["auth"] = None
            try:
                await self._app(scope, way.receive, way.send)
            except Refused as refused:
                await way.refuse(refused.problem)
        except (TimeoutError, ConnectionError):  # the client takes nothing any more
            way.status = way.status or 499
        finally:
            self._note(scope, way, time.perf_counter() - begun)

    def _refusal(self, scope: Scope, way: _Way) -> ProblemDetails | None:
        """Why a request is not even looked at."""
        if way.headers.get("host", "").casefold() not in self._hosts:
            return details(421, "this service is not known under that name", "host")
        if b"%00" in scope.get("query_string", b"") or "\0" in scope["path"]:
            return details(400, "NUL is no character of any text")
        length = way.headers.get("content-length", "")
        if length and (not length.isdigit() or int(length) > way.most):
            return (
                details(413, f"at most {way.most:,} bytes") if length.isdigit() else details(400, "no length")
            )
        return None

    def _proxied(self, scope: Scope, headers: dict[str, str]) -> None:
        """Behind a proxy, the scheme is the one that browsers use, and the last address is the one that it saw."""
        if not self._settings.behind_proxy:
            return
        scheme = headers.get("x-forwarded-proto", "")
        if scheme in ("http", "https"):
            scope["scheme"] = scheme
        seen = headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if seen:
            scope["client"] = (seen, 0)

    def _note(self, scope: Scope, way: _Way, seconds: float) -> None:
        """One line and one measurement; no address of anybody, no name, no query."""
        route = str(scope.get("path_template") or "unmatched")
        method = str(scope["method"])
        self._measures.request(route, method, way.status, seconds)
        LOG.info(
            "request",
            extra={
                "request": scope["request_id"], "method": method, "route": route, "status": way.status,
                "ms": round(1000 * seconds, 1), "bytes": way.sent,
            },
        )  # fmt: skip


class _Way:
    """The way of one request in and of its answer out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, settings: Settings) -> None:
        self._receive = receive
        self._send = send
        self._settings = settings
        self._scope = scope
        self.headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        upload = scope["method"] in ("POST", "PUT") and scope["path"].startswith(UPLOADS)
        self.most = settings.most_upload if upload else settings.most_body
        self.status = 0
        self.sent = 0
        self._received = 0
        self._whole = False

    async def receive(self) -> Message:
        """A piece of the request; raises :class:`Refused` when there is too much of it or too long none."""
        if self._whole:  # only that the client leaves can still come, and that may take its time
            return await self._receive()
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                message = await self._receive()
        except TimeoutError:
            raise Refused(details(408, "the rest of the request has not come")) from None
        if message["type"] == "http.request":
            self._received += len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
            if self._received > self.most:
                raise Refused(details(413, f"at most {self.most:,} bytes"))
        return message

    def _comes_more(self) -> bool:
        """Whether the request has a body."""
        return "transfer-encoding" in self.headers or self.headers.get("content-length", "0") != "0"

    async def send(self, message: Message) -> None:
        """A piece of the answer, its headers completed; raises :class:`TimeoutError` when nobody takes it."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = list(message["headers"])
            if not any(key == b"cache-control" for key, _ in headers):
                headers.append(NO_STORE)
            headers += HEADERS
            if self._settings.secure:
                headers.append(HSTS)
            if not self._whole and self._comes_more():
                headers.append((b"connection", b"close"))  # the rest of the request is not read
            message = {**message, "headers": headers}
        else:
            self.sent += len(message.get("body", b""))
        async with asyncio.timeout(self._settings.body_seconds):
            await self._send(message)

    async def refuse(self, problem: ProblemDetails) -> None:
        """Answer with a problem, unless an answer is under way already."""
        if self.status:
            return
        named = msgspec.structs.replace(problem, instance=f"urn:request:{self._scope['request_id']}")
        body = msgspec.json.encode(named)
        headers = [(b"content-type", PROBLEM.encode()), (b"content-length", str(len(body)).encode())]
        await self.send({"type": "http.response.start", "status": problem.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body, "more_body": False})
