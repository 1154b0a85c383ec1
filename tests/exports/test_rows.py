"""The flat rows that every format starts from."""

import pytest

from frontledger.exports.rows import Material
from frontledger.ledger.storage import Ledger

from .ledgers import stored


@pytest.fixture(scope="module")
def material(war):
    with Ledger.open(war) as ledger:
        return Material.of(ledger, "war"), ledger.events, ledger.holdings


def test_every_event_is_in_some_row(material):
    made, events, _ = material
    assert {row.event for row in made.rows} == {event.id for event in events}
    assert len({row.row for row in made.rows}) == len(made.rows)


def test_a_row_has_the_words_that_it_rests_on(material):
    first = material[0].rows[0]
    assert first.quote == "On 3 November 2015, the Syrian Army captured Mahin from ISIL."
    assert first.trigger == "captured"
    (source,) = first.sources
    assert "Army takes = Mahin" in source.text
    assert source.url == "https://example.org/m?a=1&b=2"


def test_status_says_who_vouches(material):
    status = {row.event: row.status for row in material[0].rows}
    assert status["war:e1"] == "stated"
    assert status["war:e2"] == "rejected"
    assert status["war:e3"] == "reported"  # disputed by a reviewer
    assert status["war:e4"] == "reported"  # "reportedly"
    assert status["war:e5"] == "denied"  # "failed to"


def test_an_unnamed_place_names_the_one_it_lies_by(material):
    (bombed,) = [row for row in material[0].rows if row.kind == "airstrike"]
    assert (bombed.place, bombed.near) == (None, "Palmyra")


def test_holdings_are_those_of_the_ledger(material):
    made, _, holdings = material
    assert [(row.place_id, row.layer, row.state, row.side_id) for row in made.holdings] == [
        (one.place, one.layer, one.state, one.side) for one in holdings
    ]


def test_a_range_of_days_stays_a_range(tmp_path):
    told = [("2016-03-03", "2016-03-05", "red", "p", "blue"), ("2016-03-09", None, "blue", "p", "red")]
    with stored(tmp_path / "x.gpkg", told, places={"p": (1.0, 2.0)}) as ledger:
        rows = Material.of(ledger, "x").holdings
    red = next(row for row in rows if row.side_id == "red" and row.layer == "assessed")
    assert red.since == "2016-03-03/2016-03-05"
    assert red.certain[0] == "2016-03-05"


def test_a_path_of_this_machine_is_not_exported(material):
    assert {row.address for row in material[0].rows} == {"war.wiki"}


def test_sides_are_ranked_as_in_the_report(material):
    assert set(material[0].ranked_sides) == {"isil", "syrian-government"}
