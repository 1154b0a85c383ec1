"""The service with TLS files of its own: HTTPS from the first byte, and clear words about files that will not do."""

from __future__ import annotations

import http.client
import json
import shutil
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from frontledger.errors import InputError
from frontledger.ledger import people
from frontledger.ledger.storage import Ledger

from .running import Guest, house

PROGRAM = str(Path(sys.executable).with_name("frontledger"))
OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="no openssl on this machine makes a certificate")


def signed(folder, name, *more):
    """A certificate for this machine that signs itself, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}-key.pem"
    subprocess.run(
        [
            OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", "2",
            "-keyout", key, "-out", certificate, "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", *(more or ("-nodes",)),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return str(certificate), str(key)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return signed(tmp_path_factory.mktemp("tls"), "own")


def test_alone_over_https(path, files):
    with house(path, certificate=files[0], key=files[1]) as running:
        stranger = running.stranger()
        entered = stranger.get(f"/enter?token={running.service.door.new_entry()}")
        cookie = entered.headers["set-cookie"]
        assert cookie.startswith("__Host-frontledger=")
        assert {"Secure", "HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert entered.headers["strict-transport-security"].startswith("max-age=")

        ann = running.enter()
        assert ann.get("/api/v1/me").json()["name"] == "Ann"
        address = "/api/v1/events/first:e1/verdicts"
        http_page = f"http://127.0.0.1:{running.port}"
        assert ann.post(address, {"verdict": "accept"}, Origin=http_page).status == 403
        stream = ann.listen()
        assert next(stream) is None
        assert ann.post(address, {"verdict": "accept"}).status == 201
        assert next(stream)["events"] == ["first:e1"]
        stream.close()
        assert ann.get("/ogc/").json()["links"][0]["href"].startswith(f"{ann.base}/ogc")


def test_who_speaks_http_or_old_tls_gets_nothing(path, files):
    with house(path, certificate=files[0], key=files[1]) as running:
        with pytest.raises((http.client.HTTPException, OSError)):
            Guest(running.port).get("/health")
        with pytest.raises(ssl.SSLCertVerificationError):
            Guest(running.port, trusting=ssl.create_default_context()).get("/health")
        old = running.trusting
        old.minimum_version = ssl.TLSVersion.TLSv1_2
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        assert Guest(running.port, trusting=old).get("/health").status == 200
        assert running.stranger().get("/health").status == 200


def test_files_that_will_not_do(path, files, tmp_path):
    other = signed(tmp_path, "other")
    secret = signed(tmp_path, "secret", "-passout", "pass:a-word")
    (tmp_path / "text.pem").write_text("no certificate", encoding="utf-8")
    for certificate, key in (
        (files[0], other[1]), secret, (str(tmp_path / "text.pem"), files[1]), (files[1], files[0]), (str(tmp_path), files[1]),
    ):  # fmt: skip
        with (
            pytest.raises(InputError, match="expected a certificate and its key") as told,
            house(path, certificate=certificate, key=key),
        ):
            pass
        assert "\n" not in str(told.value)


def test_the_command_serves_a_team_by_https(path, files):
    with Ledger.open(path) as ledger:
        people.add(ledger, "Ann", "admin")
    command = [PROGRAM, "serve", str(path), "--team", "--port", "0"]
    served = subprocess.Popen(
        [*command, "--certificate", files[0], "--key", files[1]],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        line = served.stdout.readline()
        assert f"serving {path} at https://127.0.0.1:" in line
        port = int(line.rstrip().rstrip("/").rpartition(":")[2])
        guest = Guest(port, trusting=ssl.create_default_context(cafile=files[0]))
        assert json.loads(guest.get("/health").body)["team"] is True
        served.terminate()
        assert served.wait(20) == 0
    finally:
        served.kill()
        served.wait()
        served.stdout.close()
    refused = subprocess.run(
        [*command, "--certificate", files[0], "--key", files[0]],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
