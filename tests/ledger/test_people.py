"""Who may use the service, in both backends; and the ledgers from before there was one."""

from __future__ import annotations

import pytest

from frontledger.errors import ConflictError, InputError, NotFoundError
from frontledger.ledger import interchange, people
from frontledger.ledger.schema import PRIVATE, SCHEMA_VERSION
from frontledger.ledger.storage import Ledger

from .test_storage import store


@pytest.fixture
def ledger(where):
    with Ledger.create(where) as made:
        yield made


def test_users_come_and_change(ledger):
    people.add(ledger, "Ann", "admin", "hash")
    people.add(ledger, " Ben  Bell ", "reader")
    assert [(one.name, one.role, one.invited) for one in people.users(ledger)] == [
        ("Ann", "admin", False),
        ("Ben Bell", "reader", True),
    ]
    assert people.change(ledger, "Ben Bell", role="reviewer").role == "reviewer"
    with pytest.raises(ConflictError):
        people.add(ledger, "ANN", "reader")
    for name in ("", "x" * 65, "a\x00b", "a\u202eb"):
        with pytest.raises(InputError):
            people.add(ledger, name, "reader")
    with pytest.raises(InputError):
        people.add(ledger, "Carl", "king")
    with pytest.raises(NotFoundError):
        people.change(ledger, "Carl", role="reader")


def test_one_admin_stays(ledger):
    people.add(ledger, "Ann", "admin", "hash")
    for change in ({"role": "editor"}, {"active": False}):
        with pytest.raises(ConflictError):
            people.change(ledger, "Ann", **change)
        assert people.user(ledger, "Ann").role == "admin"
        assert people.user(ledger, "Ann").active
    people.add(ledger, "Ben", "admin")
    assert people.change(ledger, "Ann", role="editor").role == "editor"


def test_sessions_and_tokens_end(ledger):
    people.add(ledger, "Ann", "admin", "hash")
    people.add(ledger, "Ben", "reader", "hash")
    people.add_session(ledger, "a" * 64, "Ben", 1)
    people.add_session(ledger, "b" * 64, "Ben", -1)
    assert people.session(ledger, "a" * 64)[0].name == "Ben"
    assert people.session(ledger, "b" * 64) is None
    people.add_token(ledger, "c" * 64, "Ben", "qgis", None)
    people.add_token(ledger, "d" * 64, "Ben", "old", -1)
    assert people.token(ledger, "c" * 64)[0] == "Ben"
    assert people.token(ledger, "d" * 64) is None
    with pytest.raises(NotFoundError):
        people.end_token(ledger, "c" * 16, "Ann")
    people.change(ledger, "Ben", active=False)
    assert people.session(ledger, "a" * 64) is None
    assert people.token(ledger, "c" * 64) is None
    assert people.password(ledger, "Ben") is None
    people.change(ledger, "Ben", active=True)
    assert people.session(ledger, "a" * 64) is None
    assert people.tokens(ledger) == []


def test_an_invitation_is_accepted_once(ledger):
    people.add(ledger, "Ann", "admin", "hash")
    people.add(ledger, "Ben", "reviewer")
    people.invite(ledger, "e" * 64, "Ben", "Ann", 7)
    people.invite(ledger, "f" * 64, "Ben", "Ann", 7)
    assert people.accept(ledger, "e" * 64, "hash") is None
    assert people.accept(ledger, "f" * 64, "hash").role == "reviewer"
    assert people.accept(ledger, "f" * 64, "other") is None
    assert people.password(ledger, "Ben") == "hash"
    people.invite(ledger, "g" * 64, "Ben", "Ann", -1)
    assert people.accept(ledger, "g" * 64, "other") is None


def test_people_are_no_part_of_an_export(ledger, tmp_path):
    people.add(ledger, "Ann", "admin", "secret-hash")
    interchange.export(ledger, tmp_path / "out.jsonl")
    assert "secret-hash" not in (tmp_path / "out.jsonl").read_text(encoding="utf-8")


def older(where):
    """A ledger of schema 2, as the version before wrote it."""
    with Ledger.create(where) as ledger:
        store(ledger, "A", "5 red takes P; 9 blue takes P from red")
        for table in reversed(PRIVATE):
            ledger._store.rows(f"DROP TABLE {table}")
        ledger._store.rows("UPDATE migrations SET version = 2")
        ledger._store.rows("UPDATE frontledger_meta SET value = '2' WHERE key = 'schema'")


def test_a_ledger_from_before_the_service_gains_its_tables(where):
    older(where)
    with Ledger.open(where) as ledger:
        people.add(ledger, "Ann", "admin")
        assert ledger._store.rows("SELECT value FROM frontledger_meta WHERE key = 'schema'") == [
            (str(SCHEMA_VERSION),)
        ]
        assert ledger._store.rows("SELECT name FROM migrations WHERE version = 3") == [
            ("people of the service",)
        ]
        assert len(ledger.events) == 2


def test_one_that_cannot_be_written_is_read_as_it_is(tmp_path, monkeypatch):
    path = tmp_path / "war.gpkg"
    older(path)
    before = path.read_bytes()
    monkeypatch.setattr("os.access", lambda *_: False)
    with Ledger.open(path) as ledger:
        assert len(ledger.events) == 2
    assert path.read_bytes() == before


def test_lines_of_the_schema_before_are_still_read(tmp_path):
    with Ledger.create(tmp_path / "war.gpkg") as ledger:
        store(ledger, "A", "5 red takes P")
        interchange.export(ledger, tmp_path / "war.jsonl")
    lines = (
        (tmp_path / "war.jsonl")
        .read_text(encoding="utf-8")
        .replace(f'"schema":{SCHEMA_VERSION}', '"schema":2', 1)
    )
    (tmp_path / "old.jsonl").write_text(lines, encoding="utf-8")
    interchange.import_ledger(tmp_path / "old.jsonl", tmp_path / "new.gpkg")
    with Ledger.open(tmp_path / "new.gpkg") as ledger:
        assert len(ledger.events) == 1
