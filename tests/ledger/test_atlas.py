"""The map in memory is the map of the database, on any day, after any verdicts; and watching sees each of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontledger.errors import ReviewError
from frontledger.ledger import atlas
from frontledger.ledger.storage import Ledger
from frontledger.ledger.watching import Watcher
from frontledger.mentions import calendar

from .test_storage import store

TOLD = (
    "3 red takes P from blue; 5 blue takes P; 6 green takes Q (reported); 8 red takes Q; 9–11 blue takes Q;"
    " 12 green leaves P; 13 red takes part of P from blue; 20 green holds P; 21 red takes Q (reported)"
)


def drawn(sheet, day):
    signs = sheet.day(calendar.parse_iso(f"2020-01-{day:02d}"))
    return sorted(atlas.decoded(signs, sheet.places, sheet.meanings))


@pytest.fixture(params=[1, 3, 1024])
def piece(request, monkeypatch):
    """Time cut into many pieces, some, one."""
    monkeypatch.setattr(atlas, "PIECE", request.param)


@pytest.mark.usefixtures("piece")
def test_it_is_the_map_of_the_database_whatever_is_judged(where):
    with Ledger.create(where) as ledger:
        store(ledger, "A", TOLD)
        sheets = {layer: atlas.Atlas(ledger, layer) for layer in ("assessed", "claimed")}
        watcher = Watcher(ledger)
        events = [event.id for event in ledger.events]
        deeds = [
            ("reject", 0),
            ("dispute", 1),
            ("accept", 2),
            ("reject", 3),
            ("undo", 0),
            ("reject", 7),
            ("undo", 3),
            ("dispute", 4),
        ]
        for deed, index in deeds:
            ledger.review(events[index], deed, by="Ann", why="test")
            changes = watcher.look(ledger)
            assert [change.events for change in changes] == [(events[index],)]
            assert not changes[0].everything
            for sheet in sheets.values():
                sheet.update(ledger, changes[0].places)
            for day in range(1, 29):
                for layer, sheet in sheets.items():
                    assert drawn(sheet, day) == sorted(ledger.map(on=f"2020-01-{day:02d}", layer=layer)), (
                        deed,
                        index,
                        day,
                        layer,
                    )
        assert watcher.look(ledger) == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    order=st.lists(
        st.tuples(st.sampled_from(["accept", "reject", "dispute", "undo"]), st.integers(0, 8)), max_size=8
    ),
    size=st.sampled_from([1, 4]),
)
def test_any_order_of_verdicts(tmp_path_factory, order, size):
    path = tmp_path_factory.mktemp("atlas") / "war.gpkg"
    former, atlas.PIECE = atlas.PIECE, size
    try:
        with Ledger.create(path) as ledger:
            store(ledger, "A", TOLD)
            sheet, watcher = atlas.Atlas(ledger), Watcher(ledger)
            events = [event.id for event in ledger.events]
            for deed, index in order:
                try:
                    ledger.review(events[index], deed, by="Ann", why="test")
                except ReviewError:  # nothing to undo
                    continue
                for change in watcher.look(ledger):
                    sheet.update(ledger, change.places)
            for day in range(1, 29, 3):
                assert drawn(sheet, day) == sorted(ledger.map(on=f"2020-01-{day:02d}"))
    finally:
        atlas.PIECE = former


def test_a_reading_may_have_changed_everything(tmp_path):
    with Ledger.create(tmp_path / "war.gpkg") as ledger:
        store(ledger, "A", TOLD)
        watcher = Watcher(ledger)
        ledger.review("A0", "accept", by="Ann", why="test")
        store(ledger, "B", "B: 6 green takes P")
        assert [change.everything for change in watcher.look(ledger)] == [True, True]
        assert [change.revision for change in Watcher(ledger, since=1).look(ledger)] == [2, 3]


def test_an_empty_ledger_has_an_empty_map(tmp_path):
    with Ledger.create(tmp_path / "war.gpkg") as ledger:
        assert atlas.Atlas(ledger).day(0) == ""
        assert Watcher(ledger).look(ledger) == []
