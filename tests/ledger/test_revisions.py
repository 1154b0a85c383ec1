"""The ledger as it was known: revisions, dismissals, overlap, migrations, and both ways through JSON Lines."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest

from frontledger.errors import InputError, LedgerError, NotFoundError, ReviewError
from frontledger.ledger import geopackage, interchange, rows
from frontledger.ledger.fold import fold
from frontledger.ledger.schema import SCHEMA_VERSION
from frontledger.ledger.storage import Ledger
from frontledger.ledger.store import insert

from .building import PLACES, day
from .test_reviews import TOLD, assert_as_if_folded_anew, judge, take_in, text_of
from .test_storage import LOCATED, SIDES, reading


def everything(view):
    return (
        view.accounts, view.events, view.readings, view.places, view.sides, view.holdings, view.all_findings,
        view.findings, view.reviews, view.dismissals, view.revisions, view.progress,
        view.control(on=day(13)),
    )  # fmt: skip


def deeds():
    """Changes of every kind, one revision each."""
    yield lambda ledger: take_in(ledger, "A", TOLD)
    yield lambda ledger: judge(ledger, "A100", "reject")
    yield lambda ledger: take_in(ledger, "B", "4 red takes P from blue; 6 blue takes Q")
    yield lambda ledger: judge(
        ledger, "B:A0", "correct", changes=[("date", "2020-01-07"), ("extent", "partial")]
    )
    yield lambda ledger: judge(ledger, "A:A200", "correct", changes=[("place", "new:Elsewhere")])
    yield lambda ledger: ledger.dismiss(ledger.findings[0].id, by="Ann", why="known")
    yield lambda ledger: take_in(ledger, "A", "3 blue takes P", text_of(["3 blue takes P"]))
    yield lambda ledger: ledger.dismiss(ledger.dismissals[0].finding, by="Ann", why="no", restore=True)
    yield lambda ledger: judge(ledger, "A:A0", "accept")


def test_every_revision_can_be_read_again(where):
    known = {}
    with Ledger.create(where) as ledger:
        for deed in deeds():
            try:
                deed(ledger)
            except NotFoundError:  # the finding is gone, and with it the dismissal
                continue
            known[len(ledger.revisions)] = everything(ledger)
    assert len(known) >= 7
    with Ledger.open(where) as ledger:
        for revision, wanted in known.items():
            assert everything(ledger.at(revision)) == wanted, revision
        for wrong in (0, len(known) + 2):
            with pytest.raises(NotFoundError, match=f"no revision {wrong}: it has 1 to"):
                ledger.at(wrong)


def test_as_known_at_and_on_are_two_questions(where):
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", TOLD)
        judge(ledger, "A100", "reject")

        def holder(view):
            return {row.place: row.holder for row in view.control(on=day(6))}["P"]

        assert (holder(ledger), holder(ledger.at(1)), holder(ledger.at(2))) == ("blue", "red", "blue")


def test_a_revision_that_changes_nothing_keeps_nothing(where):
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", TOLD)
        take_in(ledger, "A", TOLD)
        kinds = [kind for (kind,) in ledger._store.rows("SELECT kind FROM history")]
        assert kinds == ["accounts"]  # read anew, and the same
        assert ledger.version("A100") == 1


# --- dismissals


def test_a_dismissed_finding_comes_back_when_its_evidence_changes(where):
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", "2 red takes P; 9 red takes P")
        (finding,) = [one for one in ledger.findings if one.code == "retaken-without-loss"]
        made = ledger.dismiss(finding.id[:6], by=" Ann ", why="two parts of the town")
        assert (made.finding, made.by, made.code) == (finding.id, "Ann", "retaken-without-loss")
        assert finding not in ledger.findings
        assert finding in ledger.all_findings
        take_in(ledger, "B", "20 red takes Q")
        take_in(ledger, "A", "1 blue takes Q; 2 red takes P; 9 red takes P")  # other ids, the same words
        assert "retaken-without-loss" not in [one.code for one in ledger.findings]
        told = ["2 red takes P", "9 red takes P once more"]
        take_in(ledger, "A", "2 red takes P; 9 red takes P", text_of(told))
        assert "retaken-without-loss" in [one.code for one in ledger.findings]


def test_a_dismissal_can_be_taken_back_and_needs_a_reason(where):
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", "2 red takes P; 9 red takes P")
        finding = ledger.findings[0]
        with pytest.raises(ReviewError, match="needs --by NAME and --why TEXT"):
            ledger.dismiss(finding.id, by="Ann", why=" ")
        with pytest.raises(ReviewError, match="is not dismissed"):
            ledger.dismiss(finding.id, by="Ann", why="x", restore=True)
        with pytest.raises(NotFoundError, match="no finding 'zzz'"):
            ledger.dismiss("zzz", by="Ann", why="x")
        with pytest.raises(NotFoundError):
            ledger.dismiss("", by="Ann", why="x")
        ledger.dismiss(finding.id, by="Ann", why="x")
        with pytest.raises(ReviewError, match="already dismissed"):
            ledger.dismiss(finding.id, by="Ben", why="y")
        ledger.dismiss(finding.id, by="Ben", why="y", restore=True)
        assert finding in ledger.findings
        assert [one.restored for one in ledger.dismissals] == [False, True]


# --- the database itself forbids overlap


def test_overlap_is_forbidden_by_the_database(where):
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", "2 red takes P; 9 blue takes P")
        before = ledger.holdings
        rival = msgspec.structs.replace(before[0], side="green", sides=("green",))
        place = ledger.places[0]
        for wanted in (rival, msgspec.structs.replace(rival, since_earliest=day(4), since_latest=day(4))):
            row = rows.holding_row(ledger._store, wanted, place, 9, 1)
            with (
                pytest.raises(LedgerError, match="contradictory rows, nothing written") as error,
                ledger.writing(),
            ):
                insert(ledger._store, "holdings", [row])
            assert "\n" not in str(error.value)
        with pytest.raises(LedgerError, match="contradictory rows"), ledger.writing():
            ledger._store.rows("UPDATE holdings SET certain_from = certain_from - 5 WHERE number = 1")
        assert ledger.holdings == before
        elsewhere = rows.holding_row(
            ledger._store, msgspec.structs.replace(rival, layer="claimed"), place, 9, 1
        )
        with ledger.writing():
            insert(ledger._store, "holdings", [elsewhere])  # another layer is another record


# --- JSON Lines


def filled(where):
    ledger = Ledger.create(where)
    for deed in deeds():
        try:
            deed(ledger)
        except NotFoundError:
            continue
    return ledger


def test_export_and_import_lose_nothing(where, tmp_path):
    first, second = tmp_path / "war.jsonl", tmp_path / "again.jsonl"
    with filled(where) as ledger:
        count = interchange.export(ledger, first)
        wanted = [everything(ledger.at(revision.number)) for revision in ledger.revisions]
    other = tmp_path / "copy.gpkg"
    assert interchange.import_ledger(first, other) == count == len(first.read_bytes().splitlines())
    with Ledger.open(other) as copy:
        assert [everything(copy.at(revision.number)) for revision in copy.revisions] == wanted
        interchange.export(copy, second)
        assert_as_if_folded_anew(copy)
        judge(
            copy, copy.events[0].id, "accept", version=copy.version(copy.events[0].id)
        )  # it can be worked on
    assert first.read_bytes() == second.read_bytes()


def test_a_file_becomes_a_shared_ledger_and_back(database, tmp_path):
    lines, again = tmp_path / "war.jsonl", tmp_path / "again.jsonl"
    with filled(tmp_path / "war.gpkg") as ledger:
        interchange.export(ledger, lines)
    shared = f"{database}#from_a_file"
    interchange.import_ledger(lines, shared)
    with Ledger.open(shared) as ledger:
        judge(ledger, ledger.events[-1].id, "dispute", version=ledger.version(ledger.events[-1].id))
        Ledger.open(shared).close()
    interchange.import_ledger(lines, f"{database}#twice")
    with Ledger.open(f"{database}#twice") as ledger:
        interchange.export(ledger, again)
    assert lines.read_bytes() == again.read_bytes()


HEAD = json.dumps({"kind": "frontledger ledger", "schema": SCHEMA_VERSION})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "line 1: is no exported ledger"),
        ("no json\n", "line 1: is no exported ledger"),
        ('{"kind": "frontledger ledger", "schema": 99}\n', "line 1: is of schema 99"),
        (f"{HEAD}\n[1]\n", "line 2: expected an object whose kind"),
        (f'{HEAD}\n{{"kind": "revisions", "record": {{"number": 1}}}}\n', "line 2: not as exported"),
        (f'{HEAD}\n{{"kind": "events"}}\n', "line 2: not as exported"),
    ],
)
def test_lines_that_are_no_ledger_make_none(tmp_path, content, said):
    source, where = tmp_path / "war.jsonl", tmp_path / "war.gpkg"
    source.write_text(content)
    with pytest.raises(InputError) as error:
        interchange.import_ledger(source, where)
    assert said in str(error.value)
    assert list(tmp_path.iterdir()) == [source]


def test_import_never_takes_the_place_of_a_ledger(tmp_path):
    lines, where = tmp_path / "war.jsonl", tmp_path / "war.gpkg"
    with filled(where) as ledger:
        interchange.export(ledger, lines)
    before = where.read_bytes()
    with pytest.raises(LedgerError, match="exists already"):
        interchange.import_ledger(lines, where)
    assert where.read_bytes() == before
    with pytest.raises(InputError, match="No such file"):
        interchange.import_ledger(tmp_path / "none.jsonl", tmp_path / "other.gpkg")


# --- several people at once


def test_runs_at_once_see_each_other(where):
    """Each takes the write lock before it reads, so the later one folds the events of both."""
    Ledger.create(where).close()
    start = threading.Barrier(4)

    def work(name, told):
        with Ledger.open(where) as ledger:
            start.wait()
            take_in(ledger, name, told)

    tellings = {
        "A": TOLD,
        "B": "4 red takes P",
        "C": "6 blue takes Q",
        "D": "20 red takes P; 21 blue takes Q",
    }
    workers = [threading.Thread(target=work, args=pair) for pair in tellings.items()]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with Ledger.open(where) as ledger:
        assert {account.id for account in ledger.accounts} == set(tellings)
        assert len(ledger.revisions) == 4
        assert_as_if_folded_anew(ledger)


def test_what_is_read_together_is_of_one_moment(where):
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", TOLD)
    with Ledger.open(where) as reader, Ledger.open(where) as writer, reader.reading():
        before = reader.events
        judge(writer, "A100", "reject")
        assert reader.events == before
        assert len(reader.revisions) == 1


# --- older schemas


FIRST = """
CREATE TABLE frontledger_meta (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE revisions (number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, at DATETIME, by TEXT, why TEXT, accounts TEXT, record TEXT);
CREATE TABLE accounts (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, id TEXT, revision INTEGER, record TEXT);
CREATE TABLE citations (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, account TEXT, record TEXT);
CREATE TABLE events (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, id TEXT, account TEXT, record TEXT);
CREATE TABLE sides (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, id TEXT, record TEXT);
CREATE TABLE places (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, id TEXT, record TEXT);
CREATE TABLE holdings (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, place TEXT, layer TEXT, record TEXT);
CREATE TABLE findings (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, code TEXT, record TEXT);
CREATE TABLE reviews (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, event TEXT, record TEXT);
"""
"""The tables of schema 1, with the columns that the migration reads."""


def make_first(path):
    """A ledger of schema 1."""
    account, found = reading("A", TOLD)
    database = sqlite3.connect(path, isolation_level=None)
    geopackage.prepare(database)
    database.executescript(FIRST)
    database.execute("INSERT INTO frontledger_meta VALUES ('schema', '1')")
    old = (
        "accounts",
        "citations",
        "events",
        "sides",
        "places",
        "holdings",
        "findings",
        "reviews",
        "revisions",
    )
    for table in old:
        geopackage.register(database, table, "", points=table in ("places", "holdings"))
    revision = rows.Revision(number=1, at="2020-01-01T00:00:00.000Z", by=None, why="read A", accounts=("A",))
    record = rows.json
    database.execute(
        "INSERT INTO revisions VALUES (1, ?, NULL, 'read A', '[]', ?)", (revision.at, record(revision))
    )
    database.execute("INSERT INTO accounts (id, revision, record) VALUES ('A', 1, ?)", (record(account),))
    for event in found:
        database.execute(
            "INSERT INTO events (id, account, record) VALUES (?, 'A', ?)", (event.id, record(event))
        )
    for side in SIDES:
        database.execute("INSERT INTO sides (id, record) VALUES (?, ?)", (side.id, record(side)))
    for place in LOCATED:
        database.execute("INSERT INTO places (id, record) VALUES (?, ?)", (place.id, record(place)))
    for holding in fold(found, LOCATED):
        database.execute(
            "INSERT INTO holdings (place, record) VALUES (?, ?)", (holding.place, record(holding))
        )
    finding = {"code": "unplaced", "severity": "low", "message": "Q has no coordinates.", "places": ["Q"]}
    database.execute("INSERT INTO findings (code, record) VALUES ('unplaced', ?)", (json.dumps(finding),))
    database.execute("PRAGMA journal_mode = WAL")
    database.close()
    return account, found


def test_an_older_ledger_is_migrated_when_it_is_opened(tmp_path):
    path = tmp_path / "old.gpkg"
    account, found = make_first(path)
    with Ledger.open(path) as ledger:
        assert ledger.accounts == (account,)
        assert ledger.events == tuple(found)
        assert ledger.places == LOCATED
        assert ledger.holdings == fold(found, PLACES)
        assert [one.code for one in ledger.findings] == ["unplaced"]
        assert [one.why for one in ledger.revisions] == ["read A"]
        steps = ledger._store.rows("SELECT version, name FROM migrations ORDER BY version")
        assert steps == [
            (2, "evidence, versions and history"),
            (3, "people of the service"),
            (4, "events in the order of their account"),
        ]
        assert ledger._store.rows("PRAGMA integrity_check") == [("ok",)]
        assert ledger._store.rows("PRAGMA foreign_key_check") == []
        judge(ledger, "A100", "reject")
        take_in(ledger, "A", TOLD, account.text)
        assert [event.review for event in ledger.events] == [
            "unchecked",
            "rejected",
            "unchecked",
            "unchecked",
        ]
    Ledger.open(path).close()


def test_an_older_ledger_that_cannot_be_written_says_so_and_stays(tmp_path, monkeypatch):
    path = tmp_path / "old.gpkg"
    make_first(path)
    before = path.read_bytes()
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(LedgerError, match="read-only"):
        Ledger.open(path)
    assert path.read_bytes() == before


def test_two_who_open_an_older_ledger_at_once(tmp_path):
    path = tmp_path / "old.gpkg"
    _, found = make_first(path)
    start, failed = threading.Barrier(4), []

    def work():
        start.wait()
        try:
            with Ledger.open(path) as ledger:
                assert len(ledger.events) == len(found)
        except LedgerError as error:
            failed.append(error)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []


def test_random_deeds_leave_a_ledger_as_if_folded_anew(where):
    dice = random.Random(7)  # noqa: S311 - no secret
    with Ledger.create(where) as ledger:
        for number in range(25):
            if number % 6 == 0:
                told = "; ".join(
                    f"{dice.randint(1, 28)} {dice.choice(['red', 'blue'])} {dice.choice(['takes', 'leaves', 'holds'])}"
                    f" {dice.choice(['', 'part of '])}{dice.choice(['P', 'Q', 'P/d'])}"
                    for _ in range(dice.randint(2, 9))
                )
                take_in(ledger, dice.choice("ABC"), told, text_of(told.split(";")))
            else:
                event = dice.choice(ledger.events).id
                deed, changes = dice.choice(
                    [
                        ("accept", ()),
                        ("reject", ()),
                        ("dispute", ()),
                        ("correct", (("date", day(dice.randint(1, 28))),)),
                        ("correct", (("place", dice.choice(["P", "Q", "P/d", "P; Q"])),)),
                    ]
                )
                judge(ledger, event, deed, changes=changes)
            assert_as_if_folded_anew(ledger)


@pytest.mark.parametrize("layer", ["assessed", "claimed"])
def test_a_map_is_control_without_names(where, layer):
    told = (
        "2 blue takes P; 3 red takes P/d from blue; 5–8 red takes Q; 9 red leaves Q; 6 blue takes P (reported);"
        "12–15 red takes P; 20 blue takes part of Q; 22– red takes Q"
    )
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", told, text_of(told.split(";")))
        for on in (1, 2, 4, 6, 8, 9, 10, 13, 15, 20, 30):
            wanted = {
                (row.place, row.state, row.holder)
                for row in ledger.control(on=day(on), layer=layer)
                if row.state != "unknown"
            }
            assert set(ledger.map(on=day(on), layer=layer)) == wanted, on
            assert set(ledger.at(1).map(on=day(on), layer=layer)) == wanted
        with pytest.raises(ValueError, match="no such day"):
            ledger.map(on="2020-02-30")


def make_third(where):
    """A ledger of schema 3: events without their place in the account; in PostgreSQL, a constraint against overlap."""
    with Ledger.create(where) as ledger:
        take_in(ledger, "A", TOLD)
        take_in(ledger, "B", "4 red takes P from blue; 6 blue takes Q")
        run = ledger._store.rows
        run("DROP INDEX events_in_order")
        run("ALTER TABLE events DROP COLUMN starts")
        run("CREATE INDEX events_account ON events(account)")
        if not isinstance(where, Path):
            run("DROP TRIGGER holdings_follow ON holdings")
            run("DROP FUNCTION holdings_follow()")
            run("CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public")
            run(
                "ALTER TABLE holdings ADD CONSTRAINT two_holdings_of_one_place_at_one_time EXCLUDE USING gist"
                " (place WITH =, layer WITH =, int4range(certain_from, certain_until) WITH &&)"
            )
        run("DELETE FROM migrations WHERE version > 3")
        run("UPDATE frontledger_meta SET value = '3' WHERE key = 'schema'")
        return ledger.events, ledger.holdings


def test_a_ledger_of_schema_3_learns_where_its_events_stand(where):
    told, held = make_third(where)
    with Ledger.open(where) as ledger:
        run = ledger._store.rows
        assert dict(run("SELECT id, starts FROM events")) == {one.id: one.sentence.start for one in told}
        assert (ledger.events, ledger.holdings) == (told, held)
        assert run("SELECT max(version) FROM migrations") == [(SCHEMA_VERSION,)]
        judge(ledger, "A:A100", "correct", changes=[("date", day(7))])
        assert_as_if_folded_anew(ledger)
        with pytest.raises(LedgerError, match="contradictory rows"), ledger.writing():
            run("UPDATE holdings SET certain_from = certain_from - 5 WHERE number = 1")
    Ledger.open(where).close()
