"""Records as pandas and GeoPandas frames."""

from __future__ import annotations

import sys

import pytest

from frontledger.errors import LedgerError
from frontledger.ledger.storage import Ledger

from .building import day
from .test_reviews import TOLD, take_in


@pytest.fixture
def ledger(tmp_path):
    with Ledger.create(tmp_path / "war.gpkg") as ledger:
        take_in(ledger, "A", TOLD)
        yield ledger


def test_lists_of_records_are_plain_lists_too(ledger):
    assert ledger.events == tuple(ledger.events)
    assert ledger.control(on=day(6)) == list(ledger.control(on=day(6)))
    assert ledger.events[0].id == "A:A0"


def test_without_pandas_one_line_says_what_to_install(ledger, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    for made in (ledger.events.to_pandas, ledger.control(on=day(6)).to_pandas, ledger.to_pandas):
        with pytest.raises(LedgerError, match=r"needs pandas: pip install 'frontledger\[tables\]'"):
            made()


def test_without_geopandas_too(ledger, monkeypatch):
    monkeypatch.setitem(sys.modules, "geopandas", None)
    with pytest.raises(LedgerError, match="needs geopandas"):
        ledger.places.to_geopandas()


@pytest.fixture
def pandas():
    return pytest.importorskip("pandas", reason="pandas is an extra: frontledger[tables]")


def test_events(ledger, pandas):
    frame = ledger.events.to_pandas()
    assert list(frame.id) == ["A:A0", "A:A100", "A:A200", "A:A300"]
    assert list(frame.actor_id) == ["blue", "red", "blue", "red"]
    assert list(frame.against_id)[1] == "blue"
    assert list(frame.objects) == [["P"], ["P"], ["Q"], ["Q"]]
    assert frame.date_earliest.dtype == "datetime64[s]"
    assert frame.date_earliest[1] == pandas.Timestamp("2020-01-05")
    assert frame.hedged.sum() == 1


def test_holdings(ledger, pandas):
    frame = ledger.holdings.to_pandas()
    assert len(frame) == len(ledger.holdings)
    first = frame[(frame.place == "P") & (frame.side == "blue")].iloc[0]
    assert first.since_latest == pandas.Timestamp("2020-01-02")
    assert pandas.isna(frame[frame.place == "P"].until_latest.iloc[-1])


def test_control(ledger, pandas):
    frame = ledger.control(on=day(13)).to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert {"place", "holder", "state", "claimed_state"} <= set(frame.columns)
    assert dict(zip(frame.place, frame.holder, strict=True))["P"] == "red"


@pytest.mark.usefixtures("pandas")
def test_years_before_christ(tmp_path):
    import numpy as np

    from .test_storage import store

    with Ledger.create(tmp_path / "rome.gpkg") as ledger:
        store(ledger, "A", "5 red takes P", shift=lambda one: one and one.replace("2020-", "-0048-"))
        frame = ledger.events.to_pandas()
    assert frame.date_earliest.to_numpy()[0] == np.datetime64("-0048-01-05")


@pytest.mark.usefixtures("pandas")
def test_nothing_is_an_empty_frame(tmp_path):
    with Ledger.create(tmp_path / "empty.gpkg") as ledger:
        for records in (ledger.events, ledger.holdings, ledger.places, ledger.findings):
            assert len(records.to_pandas()) == 0


def test_points(ledger):
    pytest.importorskip("geopandas", reason="GeoPandas is an extra: frontledger[tables]")
    holdings = ledger.holdings.to_geopandas()
    assert holdings.crs.to_epsg() == 4326
    point = holdings[holdings.place == "P"].geometry.iloc[0]
    assert (point.x, point.y) == (37.0, 34.0)
    assert holdings[holdings.place == "Q"].geometry.iloc[0] is None
    events = ledger.events.to_geopandas()
    assert list(events.place) == ["P", "P", "Q", "Q"]
    assert ledger.places.to_geopandas().geometry.notna().sum() == 1
    assert ledger.control(on=day(6)).to_geopandas().crs.to_epsg() == 4326
