"""A ledger in PostgreSQL from the command line, and what can be wrong with its address."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count

import pytest

from frontledger import cli
from frontledger.errors import LedgerError, LedgerVersionError
from frontledger.ledger.storage import Ledger

NUMBERS = count()
ACCOUNT = "The northern campaign\nOn 3 March 2016, the Syrian Army captured Harbit from ISIL.[1]\n"


def call(capsys, *arguments):
    code = cli.main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_verbs_take_an_address(database, tmp_path, capsys):
    account = tmp_path / "north.txt"
    account.write_text(ACCOUNT, encoding="utf-8")
    shared, file = f"{database}#verbs", tmp_path / "war.gpkg"
    for where in (shared, file):
        assert call(capsys, "run", account, "-o", where)[0] == 0
        assert call(capsys, "review", where, "e1", "accept", "--by", "Ann", "--why", "read")[0] == 0
    for verb in ("events", "control", "findings"):
        one, other = (call(capsys, verb, where, "--format", "json")[1] for where in (shared, file))
        assert json.loads(one) == json.loads(other) != []
    assert "accepted by Ann" in " ".join(call(capsys, "explain", shared, "e1")[1].split())


def test_a_ledger_is_a_schema_of_its_own(database):
    with Ledger.create(f"{database}#first"), pytest.raises(LedgerError, match="exists already"):
        Ledger.create(f"{database}#first")
    Ledger.create(f"{database}#second").close()
    assert Ledger.exists(f"{database}#second")
    assert not Ledger.exists(f"{database}#third")
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger.open(f"{database}#third")
    with pytest.raises(LedgerError, match="cannot name a ledger"):
        Ledger.create(f'{database}#x"; DROP SCHEMA public; --')


def test_a_schema_of_somebody_elses(database):
    with Ledger.create(f"{database}#mine") as ledger:
        ledger._store.rows("CREATE SCHEMA theirs")
    with pytest.raises(LedgerError, match="is not a frontledger ledger"):
        Ledger.open(f"{database}#theirs")


def test_a_newer_schema(database):
    with Ledger.create(f"{database}#newer") as ledger:
        ledger._store.rows("UPDATE frontledger_meta SET value = '99'")
    with pytest.raises(LedgerVersionError, match="newer frontledger"):
        Ledger.open(f"{database}#newer")


def test_an_address_shows_no_password(database):
    address = database.replace("tester@", "tester:secret@")
    with Ledger.create(f"{address}#hidden") as ledger:
        assert "secret" not in ledger.name
    with pytest.raises(LedgerError) as error:
        Ledger.open("postgresql://tester:secret@127.0.0.1:1/none")
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)


def test_without_psycopg(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"pip install 'frontledger\[postgis\]'"):
        Ledger.open("postgresql://127.0.0.1/none")


def test_points_are_postgis_points(database):
    from .test_storage import store

    with Ledger.create(f"{database}#points") as ledger:
        store(ledger, "A", "5 red takes P; 9 blue takes P")
        found = ledger._store.rows(
            "SELECT DISTINCT ST_AsText(geom), ST_SRID(geom) FROM holdings WHERE place = 'P'"
        )
        assert found == [("POINT(37 34)", 4326)]
        (begins,) = ledger._store.rows("SELECT min(begins) FROM holdings")[0]
        assert begins.isoformat() == "2020-01-05T00:00:00+00:00"


AGAIN = """
INSERT INTO holdings (place, layer, number, state, certain_from, certain_until, implied, sides, evidence, revision, record)
SELECT place, %s, 9, state, certain_from, certain_until, implied, sides, evidence, revision, record
FROM holdings WHERE certain_from < certain_until AND layer = 'assessed'
"""
"""Another row for the same place and time, in this layer."""


@pytest.fixture
def stranger(database):
    """How somebody connects who knows nothing of our locks: to a ledger in which red holds P."""
    psycopg = pytest.importorskip("psycopg")
    from .test_storage import store

    space = f"strangers_{next(NUMBERS)}"
    with Ledger.create(f"{database}#{space}") as ledger:
        store(ledger, "A", "5 red takes P")
    return partial(psycopg.connect, database, autocommit=True, options=f"-c search_path={space},public")


def test_overlap_is_forbidden_to_everybody(stranger):
    with stranger() as one:
        with pytest.raises(Exception, match="two holdings of one place at one time"):
            one.execute(AGAIN, ["assessed"])
        one.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        with pytest.raises(Exception, match="READ COMMITTED"):
            one.execute(AGAIN, ["claimed"])
        one.execute("ROLLBACK")
        one.execute(AGAIN, ["claimed"])  # another layer is another record


def test_two_at_once_cannot_overlap(stranger):
    with stranger() as one, stranger() as other, ThreadPoolExecutor(1) as apart:
        one.execute("BEGIN")
        one.execute(AGAIN, ["claimed"])
        waiting = apart.submit(other.execute, AGAIN, ["claimed"])
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)
        one.execute("COMMIT")
        with pytest.raises(Exception, match="two holdings of one place at one time"):
            waiting.result(timeout=20)


def planned(connection, condition: str) -> str:
    """How PostgreSQL would look for the holdings that meet a new one, in a ledger that was just made."""
    written = {"NEW.place": "'P'", "NEW.layer": "'assessed'", "NEW.fid": "1"}
    for column, value in (written | {"NEW.certain_from": "1", "NEW.certain_until": "2"}).items():
        condition = condition.replace(column, value)
    connection.execute("SET enable_seqscan = off")
    asked = f"EXPLAIN SELECT 1 FROM holdings WHERE {condition}"  # noqa: S608 - our own text
    rows = connection.execute(asked).fetchall()
    return "\n".join(row[0] for row in rows)


def test_what_overlaps_is_looked_for_by_place_even_in_an_empty_ledger(stranger):
    from frontledger.ledger.postgis_store import MEETS

    with stranger() as one:
        assert "Index Cond: (place = 'P'" in planned(one, MEETS)
        plain = MEETS.replace(" || ''", "").replace(" + 0", "")
        assert "Index Cond: (place = 'P'" not in planned(one, plain)  # the trap that the longer words avoid
