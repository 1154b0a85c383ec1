"""CSV, Parquet and GeoParquet, read back with pandas, pyarrow and geopandas."""

import geopandas
import pandas as pd
import pyarrow.parquet as pq
import pytest

from frontledger.exports.tables import COLUMNS
from frontledger.ledger.storage import Ledger

from .campaign import ARABIC, FORMULA


@pytest.fixture
def ledger(war):
    with Ledger.open(war) as opened:
        yield opened


@pytest.mark.parametrize("table", ["events", "holdings", "places"])
@pytest.mark.parametrize("form", ["csv", "parquet", "geoparquet"])
def test_a_table_has_all_of_the_ledger(ledger, war, written, form, table):
    output, done = written(war, form, table=table)
    frame = pd.read_csv(output) if form == "csv" else pd.read_parquet(output)
    assert list(frame.columns)[: len(COLUMNS[table])] == list(COLUMNS[table])
    assert len(frame) == len(getattr(ledger, table))  # every event has one place here
    assert not any("left out" in line for line in done.notes)


def test_csv_says_what_the_ledger_says(ledger, war, written):
    frame = pd.read_csv(written(war, "csv")[0], keep_default_na=False, dtype=str)
    for event, row in zip(ledger.events, frame.to_dict("records"), strict=True):
        assert row["event"] == event.id
        assert row["edtf"] == (event.date.edtf or "")
        assert (row["earliest"], row["latest"]) == (event.date.earliest or "", event.date.latest or "")
        assert row["actor_id"] == (event.actor.id if event.actor else "")
        assert row["hedged"] == str(event.hedged).lower()
        assert row["negated"] == str(event.negated).lower()
        assert row["review"] == event.review


def test_claims_are_marked(war, written):
    frame = pd.read_csv(written(war, "csv")[0]).set_index("event")
    assert list(frame.status[["war:e1", "war:e2", "war:e4", "war:e5"]]) == [
        "stated",
        "rejected",
        "reported",
        "denied",
    ]


def test_formulas_are_text(hostile, written):
    frame = pd.read_csv(written(hostile, "csv", table="places")[0], keep_default_na=False).set_index("id")
    assert frame.name["formula"] == f"'{FORMULA}"
    assert frame.name["arabic"] == ARABIC
    assert "\n|-\n" in frame.name["nasty"]  # a line end inside a cell is kept, in quotation marks


def test_parquet_has_types(war, written):
    made = pq.read_table(written(war, "parquet")[0])
    types = {field.name: str(field.type) for field in made.schema}
    assert (types["earliest"], types["lat"], types["hedged"], types["quote"]) == (
        "date32[day]", "double", "bool", "string",
    )  # fmt: skip
    assert str(made["earliest"][0]) == "2015-11-03"


def test_years_before_1_are_text_in_parquet(ancient, written):
    output, done = written(ancient, "parquet", table="holdings")
    made = pq.read_table(output)
    assert set(made["since_latest"].to_pylist()) == {None}
    assert "-0048-01-10" in made["since"].to_pylist()
    assert any("before the year 1" in line for line in done.notes)


def test_geoparquet_has_the_points(ledger, war, written):
    output, done = written(war, "geoparquet", table="places")
    frame = geopandas.read_parquet(output).set_index("id")
    assert frame.crs.to_epsg() in {4326, None}
    for place in ledger.places:
        point = frame.geometry[place.id]
        if place.lat is None:
            assert point is None
        else:
            assert (point.x, point.y) == (place.lon, place.lat)
    missing = sum(place.lat is None for place in ledger.places)
    assert [line.split()[2] for line in done.notes] == [str(missing)]


@pytest.mark.parametrize("form", ["csv", "parquet", "geoparquet"])
def test_an_empty_ledger_is_an_empty_table(empty, written, form):
    output, _ = written(empty, form)
    frame = pd.read_csv(output) if form == "csv" else pd.read_parquet(output)
    assert len(frame) == 0
    assert list(frame.columns)[:2] == ["id", "event"]
