"""People who mean harm: each danger of docs/operations.md as something that is tried."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import logging
import re
import socket
import time
import zipfile

import pytest

from frontledger.web import server as serving
from frontledger.web.gate import CSP

from .running import Guest, house

EVENT = "/api/v1/events/first:e1"
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> \"'`${7*7} javascript:alert(3) \u2028 --> \x7f"
)


def test_every_answer_bears_the_headers(alone, ann):
    for guest, path in [
        (ann, "/"), (ann, "/api/v1/events"), (ann, "/api/v1/none"), (alone.stranger(), "/api/v1/events"), (ann, "/assets/plain.js"),
        (alone.stranger(), "/enter?token=x"), (ann, "/ogc/"), (ann, "/health"), (ann, "/api/v1/events/none"), (ann, "/none"),
    ]:  # fmt: skip
        headers = guest.get(path).headers
        assert headers["content-security-policy"] == CSP, path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert "server" not in headers
        assert headers["cache-control"] == ("no-cache" if "assets" in path else "no-store"), path
    for forbidden in ("unsafe-inline", "unsafe-eval", "*", "http:"):
        assert forbidden not in CSP
    assert "default-src 'none'" in CSP


def test_pages_run_no_script_of_their_own(alone):
    for path in ("/", "/join", "/enter"):
        page = alone.stranger().get(path).body.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=|javascript:", page), path


def test_the_address_that_was_printed_opens_once(alone):
    token = alone.service.door.new_entry()
    guest = Guest(alone.port)
    first = guest.get(f"/enter?token={token}")
    assert (first.status, first.headers["location"]) == (303, "/")
    assert token not in first.headers["set-cookie"]
    assert guest.get(f"/enter?token={token}").status == 403
    for wrong in ("", "x", token[:-1], token + "x", "%00", "\u00e9".encode().hex()):
        assert guest.get(f"/enter?token={wrong}").status in (400, 403)
    assert Guest(alone.port, {"Authorization": f"Bearer {token}"}).get("/api/v1/me").status == 401


def test_no_secret_and_no_person_in_the_log(path, caplog):
    caplog.set_level(logging.INFO, "frontledger.web")
    formatter = serving.Lines()
    with house(path, by="Ann Example") as running:
        token = running.service.door.new_entry()
        guest = Guest(running.port)
        cookie = guest.get(f"/enter?token={token}").headers["set-cookie"].partition(";")[0]
        ann = Guest(running.port, {"Cookie": cookie, "Origin": guest.base})
        ann.post(f"{EVENT}/verdicts", {"verdict": "reject", "why": "private reason"})
        ann.get("/api/v1/search?q=private-search")
        ann.get("/api/v1/accounts/private-account")
        made = ann.post("/api/v1/tokens", {"label": "x"}).json()["token"]
        Guest(running.port, {"Authorization": f"Bearer {made}"}).get("/api/v1/me")
    lines = [formatter.format(record) for record in caplog.records]
    assert len([line for line in lines if json.loads(line)["event"] == "request"]) >= 6
    for secret in (token, cookie.partition("=")[2], made, "Ann Example", "private", "127.0.0.1", "palmyra"):
        assert not any(secret in line for line in lines), secret


def test_an_unforeseen_error_tells_nobody_what_it_was_about(ann, caplog, monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("text of an account")

    monkeypatch.setattr("frontledger.ledger.browsing.place", fail)
    answer = ann.get("/api/v1/places/palmyra")
    assert (answer.status, answer.type) == (500, "application/problem+json")
    assert "text of an account" not in answer.body.decode()
    lines = [serving.Lines().format(record) for record in caplog.records]
    assert any('"RuntimeError"' in line for line in lines)
    assert not any("text of an account" in line for line in lines)


@pytest.mark.parametrize(
    "name",
    ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:1", "", "localhost:80", "127.0.0.1@evil.example"],
)
def test_other_host_names_are_refused(alone, ann, name):
    answer = (
        ann.get("/api/v1/me", Host=name or None)
        if name
        else raw(alone.port, b"GET /api/v1/me HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n")
    )
    if isinstance(answer, bytes):
        assert answer.startswith((b"HTTP/1.1 421", b"HTTP/1.1 400"))
    else:
        assert answer.status == 421
        assert "evil" not in answer.body.decode()


def test_what_a_visitor_says_of_proxies_is_not_believed(path):
    given = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4", "X-Forwarded-Host": "evil.example"}
    with house(path) as running:
        ann = running.enter()
        links = ann.ask("GET", "/ogc/", headers=given).json()["links"]
        assert all(link["href"].startswith(ann.base) for link in links)
    with house(path, behind_proxy=True, names=("ledger.example.org",)) as running:
        guest = Guest(running.port, {"Host": "ledger.example.org", **given})
        came = guest.get(f"/enter?token={running.service.door.new_entry()}")
        assert came.headers["set-cookie"].startswith("__Host-frontledger=")
        assert "Secure" in came.headers["set-cookie"]
        assert "strict-transport-security" in came.headers
        guest.headers["Cookie"] = came.headers["set-cookie"].partition(";")[0]
        links = guest.get("/ogc/").json()["links"]
        assert all(link["href"].startswith("https://ledger.example.org/") for link in links)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": None},
        {"Origin": None, "Sec-Fetch-Site": "cross-site"},
        {"Origin": None, "Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": None, "Referer": "http://127.0.0.1/"},
    ],
)
def test_another_page_changes_nothing(ann, headers):
    before = ann.get("/api/v1/me").json()["revision"]
    for kind in (
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
    ):
        answer = ann.ask(
            "POST", f"{EVENT}/verdicts", b'{"verdict":"accept"}', {**headers, "Content-Type": kind}
        )
        assert answer.status == 403, (headers, kind)
    assert ann.ask("DELETE", "/api/v1/session", headers=headers).status == 403
    assert ann.get("/api/v1/me").json()["revision"] == before


def test_another_page_reads_nothing_either(ann):
    for headers in (
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
        {"Origin": "https://evil.example"},
    ):
        answer = ann.ask("GET", "/api/v1/events", headers={"Origin": None, **headers})
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers


def raw(port, request, *, wait=20.0):
    """What comes back for these very bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as line:
        got = b""
        with contextlib.suppress(ConnectionError):  # it need not read to the end what it has refused
            line.sendall(request)
        with contextlib.suppress(ConnectionError):
            while piece := line.recv(65536):
                got += piece
        return got


def head(ann, path, **headers):
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: 127.0.0.1:{ann.port}",
        *(f"{k}: {v}" for k, v in {**ann.headers, **headers}.items()),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def test_what_is_too_large_is_refused_before_it_is_read(path):
    with house(path, most_upload=100_000, most_body=10_000) as running:
        ann = running.enter()
        told = raw(
            running.port, head(ann, "/api/v1/accounts/files?name=x.txt", **{"Content-Length": str(10**9)})
        )
        assert b" 413 " in told.partition(b"\r\n")[0]
        chunked = head(ann, "/api/v1/accounts/files?name=x.txt", **{"Transfer-Encoding": "chunked"})
        endless = b"".join(b"4000\r\n" + b"x" * 0x4000 + b"\r\n" for _ in range(20))
        assert b" 413 " in raw(running.port, chunked + endless).partition(b"\r\n")[0]
        assert ann.post(f"{EVENT}/verdicts", {"verdict": "reject", "why": "x" * 20_000}).status == 413
        assert (
            ann.ask("POST", "/api/v1/accounts", b'{"name":"x","text":"' + b"x" * 200_000 + b'"}').status
            == 413
        )
        assert ann.get("/api/v1/ledger").json()["accounts"] == 2


def test_slow_clients_are_let_go(path):
    with house(path, header_seconds=1, body_seconds=1) as running:
        ann = running.enter()
        for begun in (
            b"",
            b"GET / HTTP/1.1\r\nHo",
            b"GET /health HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\nGET / HT" % running.port,
        ):
            at = time.monotonic()
            with socket.create_connection(("127.0.0.1", running.port), timeout=20) as line:
                line.sendall(begun)
                while line.recv(65536):
                    pass
            assert time.monotonic() - at < 15, begun
        slow = (
            head(ann, f"{EVENT}/verdicts", **{"Content-Length": "100", "Content-Type": "application/json"})
            + b'{"verd'
        )
        assert b" 408 " in raw(running.port, slow).partition(b"\r\n")[0]
        assert ann.get("/health").status == 200


def test_whoever_takes_nothing_is_let_go(path):
    with house(path, body_seconds=1) as running:
        ann = running.enter()
        lines = [
            f"{key}: {value}" for key, value in {**ann.headers, "Host": f"127.0.0.1:{running.port}"}.items()
        ]
        with socket.create_connection(("127.0.0.1", running.port), timeout=20) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            for _ in range(400):  # ask for more and more, and read none of it
                try:
                    line.sendall(
                        ("GET /api/v1/exports/jsonl HTTP/1.1\r\n" + "\r\n".join(lines) + "\r\n\r\n").encode()
                    )
                except OSError:
                    break
            assert ann.get("/health").status == 200
    # that the service stopped at the end of the block is the test


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "/etc/passwd",
        ".htaccess",
        "a/../../b.txt",
        "%2e%2e%2fx",
        "-rf",
        "con",
        "x" * 250,
        "\u202etxt.exe",
        " ",
        "...",
    ],
)
def test_names_of_uploads_lead_nowhere(ann, tmp_path, name):
    from urllib.parse import quote

    before = sorted(tmp_path.iterdir())
    answer = ann.ask(
        "POST",
        f"/api/v1/accounts/files?name={quote(name)}&lang=en&revise=true",
        b"On 1 June 2016, ISIL captured Arak.",
        {"Content-Type": "application/octet-stream"},
    )
    assert answer.status == 201, answer.body
    (made,) = answer.json()["accounts"]
    assert re.fullmatch(r"[\w.-]+", made)
    assert not made.startswith(".")
    source = ann.get(f"/api/v1/accounts/{made}").json()["account"]["source"]
    assert "/" not in source
    assert "\\" not in source
    assert [one for one in sorted(tmp_path.iterdir()) if "gpkg" not in one.name] == [
        one for one in before if "gpkg" not in one.name
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/assets/../server.py",
        "/assets/..%2fserver.py",
        "/assets/%2e%2e%2f%2e%2e%2fcli.py",
        "/assets/plain.html",
        "/assets/.hidden",
        "/assets//etc/passwd",
        "/assets/x%00.js",
        "/assets/con.js",
        "/..%2f..%2fetc/passwd",
    ],
)
def test_files_of_the_front_end_and_no_others(ann, address):
    assert ann.get(address).status in (400, 404)


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * (300 * 1024 * 1024))
    return packed.getvalue()


def climbing():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../evil.txt", "On 1 June 2016, ISIL captured Arak.")
    return packed.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        bomb(),
        gzip.compress(b"0" * (300 * 1024 * 1024)),
        b"\0" * 1000,
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"",
        b"PK\x03\x04",
        b"{" * 100_000,
    ],
    ids=["zip bomb", "gzip bomb", "zeros", "picture", "empty", "cut", "braces"],
)
def test_uploads_that_are_no_accounts(ann, content):
    answer = ann.ask(
        "POST",
        "/api/v1/accounts/files?name=x&lang=en&wait=60",
        content,
        {"Content-Type": "application/octet-stream"},
    )
    assert answer.status in (201, 422), answer.body
    if answer.status == 422:
        assert answer.type == "application/problem+json"
        assert "upload-" not in answer.body.decode()
    assert ann.get("/health").status == 200


def test_members_of_archives_lead_nowhere(ann, tmp_path):
    answer = ann.ask(
        "POST", "/api/v1/accounts/files?name=x.zip&lang=en", climbing(), {"Content-Type": "application/zip"}
    )
    assert answer.status in (201, 422)
    assert not list(tmp_path.parent.rglob("evil.txt"))


def test_hostile_text_stays_text(ann):
    """It comes back as it was, in JSON that no browser takes for a page."""
    text = f"On 1 June 2016, ISIL captured Arak. {HOSTILE}\n"
    taken = ann.post("/api/v1/accounts", {"name": HOSTILE[:90], "text": text, "lang": "en"})
    assert taken.status == 201, taken.body
    (made,) = taken.json()["accounts"]
    assert "<" not in made
    for path in (
        f"/api/v1/accounts/{made}",
        "/api/v1/events",
        "/api/v1/page",
        "/api/v1/search?q=captured",
        "/api/v1/findings",
        "/api/v1/history",
    ):
        answer = ann.get(path)
        assert answer.type == "application/json" if answer.status == 200 else answer.status == 422
    assert ann.get(f"/api/v1/accounts/{made}").json()["account"]["text"] == text
    judged = ann.post(
        f"{EVENT}/verdicts", {"verdict": "correct", "why": HOSTILE, "changes": {"actor": f"new:{HOSTILE}"}}
    )
    assert judged.status in (201, 422)
    for path in ("/api/v1/sides", EVENT, f"/api/v1/events/{'%3Cscript%3E'}", "/api/v1/map?on=%3Cscript%3E"):
        answer = ann.get(path)
        assert answer.type in ("application/json", "application/problem+json")


def test_nothing_is_fetched(path, monkeypatch):
    """Addresses in an account, and the online gazetteer of whoever runs the service, are asked by nobody."""
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.5)
        address = f"http://127.0.0.1:{trap.getsockname()[1]}"
        monkeypatch.setenv("FRONTLEDGER_RESOLVER", address)
        with house(path) as running:
            ann = running.enter()
            page = f'<html><head><base href="{address}/"><link rel="stylesheet" href="{address}/a.css"></head><body><p>On 1 June 2016, ISIL captured Arak and Nowherebad.<img src="{address}/x.png"></p><iframe src="{address}"></iframe></body></html>'
            xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{address}/e">]><html xmlns="http://www.w3.org/1999/xhtml"><body><p>&e; On 2 June 2016, ISIL captured Arak.</p></body></html>'
            for name, content in (
                ("a.html", page),
                ("b.xml", xml),
                ("c.txt", f"See {address}/c . On 3 June 2016, ISIL captured Arak."),
            ):
                answer = ann.ask(
                    "POST",
                    f"/api/v1/accounts/files?name={name}&lang=en",
                    content.encode(),
                    {"Content-Type": "text/html"},
                )
                assert answer.status in (201, 422), answer.body
        with pytest.raises(TimeoutError):
            trap.accept()


@pytest.mark.parametrize(
    "body",
    [
        b'{"verdict":"reject","why":"a\\u0000b"}',
        b'{"verdict":"reject","why":"\\ud800"}',
        b'{"verdict":"reject","why":"\xff"}',
        b"[" * 100_000,
        b'{"verdict":"reject","why":' + b"1" * 5000 + b"}",
    ],
)
def test_characters_that_are_none(where, body):
    with house(where) as running:
        ann = running.enter()
        answer = ann.ask("POST", f"{EVENT}/verdicts", body, {"Content-Type": "application/json"})
        assert answer.status in (201, 400, 422), answer.body
        assert ann.get("/api/v1/search?q=%00").status == 400
        assert ann.get("/api/v1/events/%00").status == 400
        assert ann.get("/api/v1/events?account=%ff").status in (200, 400)


def test_what_is_under_way_is_finished_when_it_stops(path):
    import threading

    with house(path) as running:
        ann = running.enter()
        stream = ann.listen()
        assert next(stream) is None
        answers = []
        thread = threading.Thread(
            target=lambda: answers.append(
                ann.post(
                    "/api/v1/accounts",
                    {"name": "late", "text": "On 1 June 2016, ISIL captured Arak.", "lang": "en"},
                )
            )
        )
        thread.start()
        time.sleep(0.3)
    thread.join(20)
    assert list(stream) == []  # the stream has ended
    assert not answers or answers[0].status in (201, 422, 503)
