"""The verbs of the service at the command line: what they refuse, users, backups, and one start to finish."""

from __future__ import annotations

import contextlib
import signal
import sqlite3
import subprocess
import sys
import threading
import urllib.error
import urllib.request

import pytest

pytest.importorskip("litestar")
pytest.importorskip("argon2")

from frontledger.cli import main
from frontledger.ledger import people
from frontledger.ledger.storage import Ledger

TOLD = "On 5 May 2016, the Syrian Army captured Palmyra from ISIL.\n"


@pytest.fixture
def ledger(tmp_path):
    (tmp_path / "first.txt").write_text(TOLD, encoding="utf-8")
    assert main(["run", str(tmp_path / "first.txt"), "-o", str(tmp_path / "war.gpkg"), "--lang", "en"]) == 0
    return str(tmp_path / "war.gpkg")


def call(capsys, *arguments):
    capsys.readouterr()
    code = main(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--host", "0.0.0.0"], "use --team"),  # noqa: S104 - refused
        (["--team", "--host", "0.0.0.0"], "in the clear"),  # noqa: S104 - refused
        (["--team"], "no admin yet"),
        (["--certificate", "none.pem"], "belong together"),
        (["--certificate", "none.pem", "--key", "none.pem"], "no such file"),
    ],
)
def test_what_would_not_be_safe_is_refused(ledger, capsys, given, said):
    code, out, err = call(capsys, "serve", ledger, *given)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_what_is_no_ledger_is_not_served(tmp_path, capsys):
    (tmp_path / "no.gpkg").write_text("text")
    code, _, err = call(capsys, "serve", str(tmp_path / "no.gpkg"))
    assert code == 2
    assert "not a frontledger ledger" in err


def test_users_at_the_command_line(ledger, capsys):
    code, out, err = call(capsys, "user", ledger, "add", "Ann", "--role", "admin")
    assert code == 0
    assert out.startswith("/join#")
    assert "admin" in err
    assert call(capsys, "user", ledger, "add", "Ben")[0] == 0
    assert call(capsys, "user", ledger, "add", "ben")[0] == 2
    assert call(capsys, "user", ledger, "role", "Ben", "--role", "king")[0] == 2
    assert call(capsys, "user", ledger, "role", "Ben", "--role", "editor")[0] == 0
    assert call(capsys, "user", ledger, "disable", "Ann")[0] == 2
    assert call(capsys, "user", ledger, "disable", "Ben")[0] == 0
    assert call(capsys, "user", ledger, "disable", "Carl")[0] == 2
    assert call(capsys, "user", ledger, "add")[0] == 2
    code, out, _ = call(capsys, "user", ledger, "list", "--format", "jsonl")
    assert '"name":"Ann"' in out
    assert '"active":false' in out.splitlines()[1]
    code, out, _ = call(capsys, "user", ledger, "token", "Ann", "--label", "prometheus")
    assert out.startswith("flt_")
    with Ledger.open(ledger) as opened:
        assert [one.label for one in people.tokens(opened)] == ["prometheus"]


def test_a_backup_is_the_ledger_of_one_moment(ledger, tmp_path, capsys):
    call(capsys, "user", ledger, "add", "Ann", "--role", "admin")
    ended = threading.Event()

    def judge():
        with Ledger.open(ledger) as opened:
            while not ended.is_set():
                opened.review("first:e1", "accept", by="Ben", why="seen")

    thread = threading.Thread(target=judge)
    thread.start()
    try:
        code, _, err = call(capsys, "backup", ledger, "-o", str(tmp_path / "copy.gpkg"))
        assert call(capsys, "backup", ledger, "-o", str(tmp_path / "bare.gpkg"), "--without-people")[0] == 0
    finally:
        ended.set()
        thread.join()
    assert (code, "bytes" in err) == (0, True)
    assert call(capsys, "backup", ledger, "-o", str(tmp_path / "copy.gpkg"))[0] == 2
    with Ledger.open(tmp_path / "copy.gpkg") as copy, Ledger.open(ledger) as opened:
        count = len(copy.revisions)
        assert copy.revisions == opened.revisions[:count]
        assert len(copy.reviews) == count - 1
        assert [one.name for one in people.users(copy)] == ["Ann"]
    with contextlib.closing(sqlite3.connect(tmp_path / "bare.gpkg")) as bare:
        assert bare.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for table in ("service_users", "service_sessions", "service_tokens", "service_invitations"):
            assert bare.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)  # noqa: S608 - our own names


def test_from_the_first_line_to_the_last(ledger, tmp_path):
    """It prints an address that opens once, serves, and stops with 0 when it is asked to."""
    start = "import sys; from frontledger.cli import main; sys.exit(main(sys.argv[1:]))"
    with subprocess.Popen(
        [sys.executable, "-c", start, "serve", ledger, "--port", "0", "--no-browser"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
    ) as process:  # fmt: skip
        assert "Ctrl-C" in process.stdout.readline()
        address = process.stdout.readline().strip()
        base, _, token = address.partition("/enter?token=")
        with urllib.request.urlopen(f"{base}/health", timeout=20) as answer:  # noqa: S310 - our own service
            assert answer.status == 200
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(address, timeout=20) as page:
            assert page.url == f"{base}/"
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address, timeout=20)  # noqa: S310 - our own service
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=30)
        assert process.returncode == 0
    assert token not in err


def test_other_verbs_do_not_pay_for_it():
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from frontledger import cli; print(sorted(sys.modules))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not {"litestar", "uvicorn", "argon2", "asyncio", "http.client"} & set(eval(done.stdout))  # noqa: S307 - our own list
