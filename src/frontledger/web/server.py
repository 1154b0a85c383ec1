"""The service at a socket: uvicorn, set up so that it stops gracefully and waits for nobody for ever.

What belongs here: sockets, signals, logging, the address that is printed.  What does not: answering (``app``).
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import ssl
import sys
import tempfile
import time
import webbrowser
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import uvicorn
from msgspec.structs import replace
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from frontledger.errors import InputError
from frontledger.web.app import Service
from frontledger.web.doors import AloneDoor
from frontledger.web.settings import Settings

__all__ = ["Lines", "Server", "prepared", "serve"]

SWITCH_SECONDS = 0.0005
"""How long one thread may keep another waiting: with Python's own 5 ms, a verdict of forty questions to the database
could wait forty times for the loop that answers readers."""
MOST_CONNECTIONS = 2000
FIELDS = ("request", "method", "route", "status", "ms", "bytes", "error")


class Lines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; an exception becomes its type and where it was raised, never what it says: texts may stand there."""
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, Any] = {"at": f"{at}.{int(record.msecs):03d}Z", "level": record.levelname.lower()}
        line["event"] = record.getMessage() if record.name.startswith("frontledger") else record.msg
        line |= {field: getattr(record, field) for field in FIELDS if hasattr(record, field)}
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            frames = []
            while trace is not None:
                frames.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
                trace = trace.tb_next
            line["trace"] = frames[-8:]
        return json.dumps(line, ensure_ascii=False)


class _Patient(HttpToolsProtocol):
    """Waits for the headers of a request only so long: uvicorn alone would wait for ever."""

    header_seconds = 15.0

    def connection_made(self, transport: Any) -> None:
        """A connection: what it wants has to come in time."""
        super().connection_made(transport)
        self._timer = self.loop.call_later(self.header_seconds, self._too_late)

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._timer.cancel()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """The first byte of another request."""
        self._timer.cancel()
        self._timer = self.loop.call_later(self.header_seconds, self._too_late)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """It is said what is wanted."""
        self._timer.cancel()
        super().on_headers_complete()

    def _too_late(self) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.close()


class Server(uvicorn.Server):
    """Ends the streams first when it is to stop: they would never end by themselves."""

    service: Service
    ready: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets)
        if self.started:
            self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        self.service.desk.hub.close()
        if self.service.readings is not None:
            self.service.readings.give_up()
        await super().shutdown(sockets)
        self._captured_signals.clear()  # stopping when asked to is no failure: uvicorn would die of the signal again


def listening(settings: Settings) -> socket.socket:
    """The socket; raises :class:`~frontledger.errors.InputError` when the port is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((settings.host, settings.port))
    except OSError as error:
        found.close()
        raise InputError(
            f"cannot listen at {settings.host}, port {settings.port}: {error.strerror}"
        ) from error
    return found


def _check_certificate(settings: Settings) -> None:
    """Raise :class:`~frontledger.errors.InputError` unless the certificate can be served with its key, unattended."""
    if settings.certificate is None:
        return
    try:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(
            settings.certificate, settings.key, password=lambda: ""
        )  # nobody is there to ask
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)
        said = str(reason).replace("_", " ").lower()
        raise InputError(
            f"{settings.certificate} and {settings.key}: expected a certificate and its key, not encrypted, as PEM: {said}"
        ) from None


def prepared(settings: Settings) -> tuple[Server, socket.socket]:
    """A server and the socket that it will listen at, not yet running."""
    _check_certificate(settings)
    sock = listening(settings)
    if settings.port == 0:
        settings = replace(settings, port=sock.getsockname()[1])
    made = Service(settings)
    _Patient.header_seconds = settings.header_seconds
    config = uvicorn.Config(
        made.app,
        http=_Patient, ws="none", lifespan="on", log_config=None, access_log=False, server_header=False,
        date_header=False, proxy_headers=False, timeout_graceful_shutdown=int(settings.grace_seconds),
        limit_concurrency=MOST_CONNECTIONS, ssl_certfile=settings.certificate, ssl_keyfile=settings.key,
    )  # fmt: skip
    server = Server(config)
    server.service = made
    return server, sock


def serve(settings: Settings, tell: Callable[[str], None], *, browser: bool = True) -> None:
    """Serve until SIGINT or SIGTERM; ``tell`` gets the lines for whoever started it.

    Raises :class:`~frontledger.errors.FrontledgerError` when the ledger cannot be opened or the port is taken.
    """
    _log()
    sys.setswitchinterval(SWITCH_SECONDS)
    server, sock = prepared(settings)
    made = server.service
    server.ready = lambda: _say(made, tell, browser=browser)
    with sock:
        server.run([sock])
    if not server.started:
        raise InputError(f"{settings.ledger}: the service could not start; the log says why")


def _say(made: Service, tell: Callable[[str], None], *, browser: bool) -> None:
    """Print where it listens; for one person, the address that lets them in."""
    settings = made.settings
    scheme = "https" if settings.certificate else "http"
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    base = f"{scheme}://{host}:{settings.port}"
    door = made.door
    if not isinstance(door, AloneDoor):
        tell(f"serving {settings.ledger} at {base}/")
        return
    tell(f"serving {settings.ledger}; Ctrl-C stops it.  Open, once:")
    tell(f"{base}/enter?token={door.new_entry()}")
    if browser:
        asyncio.get_running_loop().run_in_executor(None, _open, f"{base}/enter?token={door.new_entry()}")


def _open(address: str) -> None:
    """Open the browser by way of a file that only this user can read: a command line can be read by all."""
    handle, name = tempfile.mkstemp(prefix="frontledger-", suffix=".html")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        quoted = escape(address, quote=True)
        file.write(
            f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={quoted}">'
            f'<title>frontledger</title><a href="{quoted}">frontledger</a>\n'
        )
    try:
        webbrowser.open(Path(name).as_uri())
        time.sleep(10)  # until the browser has read it
    finally:
        Path(name).unlink(missing_ok=True)


def _log() -> None:
    """Structured lines on standard error; of uvicorn only what goes wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    for name, level in (("frontledger", logging.INFO), ("uvicorn", logging.WARNING)):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.setLevel(level)
        logger.propagate = False
