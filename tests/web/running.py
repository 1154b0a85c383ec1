"""A service at a real socket, in a thread of the test, and a plain client for it."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

from frontledger.web import server as serving
from frontledger.web.settings import Settings


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    def json(self):
        return json.loads(self.body)

    @property
    def type(self):
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Guest:
    """Somebody who asks; ``headers`` go with everything."""

    port: int
    headers: dict = field(default_factory=dict)
    trusting: ssl.SSLContext | None = None
    """Whom to trust; None where the service speaks HTTP."""

    @property
    def base(self):
        return f"{'https' if self.trusting else 'http'}://127.0.0.1:{self.port}"

    def connected(self, wait):
        if self.trusting:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=wait, context=self.trusting)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=wait)

    def ask(self, method, path, body=None, headers=None):
        given = {**self.headers, **(headers or {})}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            given.setdefault("Content-Type", "application/json")
        connection = self.connected(60)
        try:
            connection.request(method, path, body, {k: v for k, v in given.items() if v is not None})
            got = connection.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            connection.close()

    def get(self, path, **headers):
        return self.ask("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def post(self, path, body, **headers):
        return self.ask("POST", path, body, {k.replace("_", "-"): v for k, v in headers.items()})

    def listen(self, after=None):
        """The events of the stream of changes, as they come."""
        connection = self.connected(20)
        connection.request(
            "GET", "/api/v1/changes" + (f"?after={after}" if after is not None else ""), headers=self.headers
        )
        got = connection.getresponse()
        assert got.status == 200, got.read()
        try:
            while line := got.readline():
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])
                elif line.startswith(b"retry: "):
                    yield None  # the stream is open
        finally:
            connection.close()


class House:
    """A running service."""

    def __init__(self, server, port):
        self.server = server
        self.service = server.service
        self.port = port

    @property
    def trusting(self):
        """Who trusts the certificate of the service, if it has one."""
        certificate = self.service.settings.certificate
        return ssl.create_default_context(cafile=certificate) if certificate else None

    def stranger(self):
        return Guest(self.port, trusting=self.trusting)

    def enter(self):
        """Somebody who came in by a one-time address, with a cookie, as a browser of our page."""
        guest = self.stranger()
        came = guest.get(f"/enter?token={self.service.door.new_entry()}")
        assert came.status == 303, came
        cookie = came.headers["set-cookie"].partition(";")[0]
        return Guest(self.port, {"Cookie": cookie, "Origin": guest.base}, guest.trusting)


@contextmanager
def house(ledger, **settings):
    """A service of a ledger, started and stopped."""
    given = {
        "port": 0,
        "body_seconds": 5,
        "header_seconds": 5,
        "grace_seconds": 3,
        "argon_kilobytes": 64,
        "by": "Ann",
    }
    server, sock = serving.prepared(Settings(ledger=str(ledger), **{**given, **settings}))
    up = threading.Event()
    server.ready = up.set
    thread = threading.Thread(target=server.run, args=([sock],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not up.wait(0.05):
        assert thread.is_alive(), "the service did not start"
        assert time.monotonic() < deadline
    try:
        yield House(server, server.service.settings.port)
    finally:
        server.should_exit = True
        thread.join(20)
        sock.close()
        assert not thread.is_alive(), "the service did not stop"
