"""Opening, creating, replacing, reading back; and every way in which that can fail."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from frontledger.errors import LedgerError, LedgerVersionError
from frontledger.ledger import geopackage_store
from frontledger.ledger.fold import fold
from frontledger.ledger.storage import Ledger
from frontledger.model import Account, Citation, Finding, Side

from .building import PLACES, events

SIDES = (Side(id="blue", name="Blue"), Side(id="red", name="Red", names=("the reds",)))
LOCATED = (msgspec.structs.replace(PLACES[0], lat=34.0, lon=37.0), *PLACES[1:])


def read_of(ledger):
    return {account.id: account for account in ledger.accounts}


def account_of(name, told):
    text = "".join(f"{one.strip():<100}" for one in told.split(";"))
    citation = Citation(label="1", start=0, end=1, target="A book")
    return Account(id=name, text=text, title=f"War {name}", lang="en", sha256="0" * 64, citations=(citation,))


def reading(name, told, shift=None):
    found = [msgspec.structs.replace(one, id=f"{name}:{one.id}", account=name) for one in events(told)]
    if shift is not None:
        found = [
            msgspec.structs.replace(
                one,
                date=msgspec.structs.replace(
                    one.date, earliest=shift(one.date.earliest), latest=shift(one.date.latest)
                ),
            )
            for one in found
        ]
    return account_of(name, told), found


def store(ledger, name, told, shift=None, note="read"):
    """Read one account into the ledger as ``pipeline.run`` does."""
    account, found = reading(name, told, shift)
    told_all = [event for event in ledger.events if event.account != name] + found
    holdings = fold(told_all, LOCATED)
    findings = [Finding(code="unplaced", severity="low", message="Q has no coordinates.", places=("Q",))]
    return ledger.replace([account], found, LOCATED, SIDES, holdings, findings, note)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "war.gpkg"


def test_what_goes_in_comes_out(where):
    told = "5 red takes P; 9 blue takes P from red; 12 red takes Q from blue (reported)"
    account, found = reading("A", told)
    with Ledger.create(where) as ledger:
        store(ledger, "A", told)
    with Ledger.open(where) as ledger:
        assert ledger.accounts == (account,)
        assert ledger.events == tuple(found)
        assert ledger.places == LOCATED
        assert ledger.sides == SIDES
        assert ledger.holdings == fold(found, LOCATED)
        assert [finding.code for finding in ledger.findings] == ["unplaced"]
        assert ledger.reviews == ()
        (revision,) = ledger.revisions
        assert (revision.number, revision.why, revision.accounts) == (1, "read", ("A",))
        assert [row.holder for row in ledger.control(on="2020-01-10") if row.place == "P"] == ["blue"]
        assert {row.layer for row in ledger.control(on="2020-01-13", layer="claimed")} == {"claimed"}


def test_reading_again_replaces_one_account_and_keeps_the_other(where):
    with Ledger.create(where) as ledger:
        store(ledger, "A", "5 red takes P; 6 red holds Q")
        store(ledger, "B", "9 blue takes P; 10 red takes P")
        store(ledger, "A", "7 red takes P", note="read again")
        assert [event.id for event in ledger.events] == ["A:A0", "B:A0", "B:A100"]
        assert [event.date.earliest for event in ledger.events if event.account == "A"] == ["2020-01-07"]
        assert [account.id for account in ledger.accounts] == ["A", "B"]
        assert "Q" not in {place.id for place in ledger.places}
        assert [(one.number, one.why) for one in ledger.revisions] == [
            (1, "read"),
            (2, "read"),
            (3, "read again"),
        ]
        assert ledger._store.rows("SELECT count(*) FROM citations") == [(2,)]


def test_events_of_other_accounts_may_come_along(where):
    """The pipeline places the events of all accounts anew and hands them all back."""
    with Ledger.create(where) as ledger:
        store(ledger, "A", "5 red takes P")
        account, found = reading("B", "9 blue takes P")
        both = [*ledger.events, *found]
        ledger.replace([account], both, LOCATED, SIDES, fold(both, LOCATED), [], "both")
        assert ledger.events == tuple(both)


def test_a_failure_leaves_everything_as_it_was(where):
    with Ledger.create(where) as ledger:
        store(ledger, "A", "5 red takes P")
        before = (ledger.accounts, ledger.events, ledger.places, ledger.holdings, ledger.revisions)
        account, found = reading("A", "9 blue takes Q")
        strays = [msgspec.structs.replace(found[0], account="C")]
        other = Account(id="D", text="x")
        twins = [found[0], msgspec.structs.replace(found[0], account="D")]
        with pytest.raises(LedgerError, match="'C', which the ledger does not hold"):
            ledger.replace([account], strays, LOCATED, SIDES, (), (), "wrong")
        with pytest.raises(LedgerError, match="stands in two accounts"):
            ledger.replace([account, other], twins, LOCATED, SIDES, (), (), "wrong")
        with pytest.raises(LedgerError, match="nothing written"):
            ledger.replace([account], [found[0], found[0]], LOCATED, SIDES, (), (), "wrong")
        assert (ledger.accounts, ledger.events, ledger.places, ledger.holdings, ledger.revisions) == before


def line_of(error):
    text = str(error.value)
    assert "\n" not in text
    return text


@pytest.mark.parametrize("content", [b"", b"Sixteen bytes or more of text, but no database at all.\n" * 30])
def test_a_file_that_is_no_ledger(path, content):
    path.write_bytes(content)
    with pytest.raises(LedgerError) as error:
        Ledger.open(path)
    assert "is not a frontledger ledger" in line_of(error)
    assert path.read_bytes() == content


def test_somebody_elses_database(path):
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE towns (name)")
    database.close()
    with pytest.raises(LedgerError, match="no GeoPackage"):
        Ledger.open(path)


def test_somebody_elses_geopackage(path):
    database = sqlite3.connect(path)
    database.execute("PRAGMA application_id = 1196444487")
    database.execute("CREATE TABLE towns (name)")
    database.close()
    with pytest.raises(LedgerError, match="somebody else's"):
        Ledger.open(path)


def test_a_newer_ledger_is_refused_and_unharmed(path):
    Ledger.create(path).close()
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("UPDATE frontledger_meta SET value = '99' WHERE key = 'schema'")
    database.close()
    before = path.read_bytes()
    with pytest.raises(LedgerVersionError) as error:
        Ledger.open(path)
    assert "newer frontledger (schema 99" in line_of(error)
    assert path.read_bytes() == before


def test_missing_or_a_directory(tmp_path):
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger.open(tmp_path / "none.gpkg")
    with pytest.raises(LedgerError, match="is a directory"):
        Ledger.open(tmp_path)


def test_nowhere_to_create(tmp_path):
    with pytest.raises(LedgerError) as error:
        Ledger.create(tmp_path / "no" / "such" / "folder.gpkg")
    assert "No such file or directory" in line_of(error)
    (tmp_path / "file").write_text("x")
    with pytest.raises(LedgerError):
        Ledger.create(tmp_path / "file" / "war.gpkg")


def test_creating_never_takes_the_place_of_a_file(path):
    path.write_text("precious")
    with pytest.raises(LedgerError, match="exists already"):
        Ledger.create(path)
    assert path.read_text() == "precious"
    assert list(path.parent.iterdir()) == [path]


def test_a_read_only_ledger_is_read_and_not_written(path, monkeypatch):
    with Ledger.create(path) as ledger:
        store(ledger, "A", "5 red takes P")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Ledger.open(path) as ledger:
        assert len(ledger.events) == 1
        with pytest.raises(LedgerError, match="read-only"):
            store(ledger, "A", "6 red takes P")


def test_two_writers_wait_and_then_say_so(path, monkeypatch):
    monkeypatch.setattr(geopackage_store, "BUSY_SECONDS", 0.05)
    with Ledger.create(path) as one, Ledger.open(path) as other:
        one._store.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match="somebody else"):
            store(other, "A", "5 red takes P")
        assert other.events == ()  # reading never waits
        one._store.connection.execute("ROLLBACK")
        store(other, "A", "5 red takes P")
        assert len(one.events) == 1


def test_a_broken_file(path):
    with Ledger.create(path) as ledger:
        store(ledger, "A", "; ".join(f"{n} red takes P" for n in range(1, 30)))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(LedgerError) as error, Ledger.open(path) as ledger:
        assert ledger.events
    line_of(error)


WRITER = """
import sys
from tests_of_storage import store
from frontledger.ledger.storage import Ledger
with Ledger.open(sys.argv[1]) as ledger:
    print("ready", flush=True)
    number = len(ledger.revisions)
    while True:
        number += 1
        told = "; ".join(f"{1 + n % 28} {'red' if (n + number) % 2 else 'blue'} takes P" for n in range(number % 40 + 1))
        store(ledger, "A", told, note=str(number))
        print(number, flush=True)
"""


def test_a_killed_writer_never_harms_the_ledger(path):
    Ledger.create(path).close()
    here = Path(__file__).parent
    program = WRITER.replace(
        "from tests_of_storage", f"sys.path.insert(0, {str(here.parent)!r})\nfrom ledger.test_storage"
    )
    dice = random.Random(5)  # noqa: S311 - no secret
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0.02, 0.25))
        writer.send_signal(signal.SIGKILL)
        said = [int(line) for line in writer.communicate()[0].splitlines() if line.strip().isdigit()]
        with Ledger.open(path) as ledger:
            assert ledger._store.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            revisions = [int(revision.why) for revision in ledger.revisions]
            assert revisions == list(range(1, len(revisions) + 1))
            assert len(revisions) >= max(said, default=0)  # what was reported as written is there
            if revisions:
                assert len(ledger.events) == revisions[-1] % 40 + 1  # all of one revision, nothing of another
                assert ledger.holdings == fold(ledger.events, LOCATED)
    assert len(revisions) > 3


def test_a_full_disk(path):
    with Ledger.create(path) as ledger:
        store(ledger, "A", "5 red takes P")
        pages = ledger._store.connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError) as error:
            store(ledger, "B", "; ".join("5 red takes P" for _ in range(200)))
        assert "full" in line_of(error)
        assert [account.id for account in ledger.accounts] == ["A"]
    with Ledger.open(path) as ledger:
        assert len(ledger.revisions) == 1
