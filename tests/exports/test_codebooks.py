"""ACLED, UCDP GED and PLOVER, against the lists of their code books, read back with pandas and json."""

import json

import pandas as pd
import pytest

from frontledger.exports.coding.geography import Geography, countries, prio_cell
from frontledger.ledger.storage import Ledger
from frontledger.model import Place

from .campaign import ARABIC

ACLED_COLUMNS = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
ACLED_TYPES = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED", "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory", "Other",
    },
}  # fmt: skip
ACLED_REGIONS = {
    "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa", "Northern Africa", "South Asia",
    "Southeast Asia", "Middle East", "Europe", "Caucasus and Central Asia", "Central America", "South America",
    "Caribbean", "East Asia", "North America", "Oceania", "Antarctica",
}  # fmt: skip
DISORDER = {"Political violence", "Demonstrations", "Strategic developments"}
UCDP_COLUMNS = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
UCDP_REGIONS = {"Europe", "Middle East", "Asia", "Africa", "Americas"}
PLOVER_FIELDS = [
    "id",
    "date",
    "source",
    "target",
    "event",
    "mode",
    "context",
    "eventText",
    "text",
    "textInfo",
    "language",
    "publication",
    "coder",
    "version",
    "dateCoded",
    "comment",
]
PLOVER_EVENTS = {
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "ACCUSE",
    "DEMAND",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
}
PLOVER_MODES = {
    "RETREAT": {"withdraw", "release", "return", "disarm", "ceasefire", "access", "resign"},
    "MOBILIZE": {"troops", "weapons", "police"},
    "ASSAULT": {"", "aerial", "heavy-weapons", "firearms", "explosives"},
    "AGREE": {""},
}


@pytest.fixture
def acled(war, written):
    output, done = written(war, "acled")
    return pd.read_csv(output, dtype=str, keep_default_na=False), done


@pytest.fixture
def ucdp(war, written):
    output, done = written(war, "ucdp")
    return pd.read_csv(output, dtype=str, keep_default_na=False), done


def told(done):
    """Reasons and their numbers out of the block on standard error."""
    found = {}
    for line in done.notes:
        kind, count, reason = line.split(maxsplit=3)[0], line.split()[2], " ".join(line.split()[3:])
        found[kind, reason] = int(count)
    return found


def check_acled(frame):
    """What the code book asks of every row."""
    assert list(frame.columns) == ACLED_COLUMNS
    assert len(ACLED_COLUMNS) == 31
    for row in frame.to_dict("records"):
        assert row["sub_event_type"] in ACLED_TYPES[row["event_type"]]
        assert row["disorder_type"] in DISORDER
        assert row["region"] in ACLED_REGIONS
        assert row["time_precision"] in "123"
        assert row["geo_precision"] in "123"
        assert row["inter1"] in set("12345678") | {""}
        assert row["inter2"] in set("12345678") | {""}
        first, second = sorted([row["inter1"] or "0", row["inter2"] or "0"])
        assert row["interaction"] in {first + second, second + first, ""}
        assert (
            row["interaction"] == ""
            or row["interaction"][0] <= row["interaction"][1]
            or row["interaction"][1] == "0"
        )
        assert pd.Timestamp(row["event_date"]).year == int(row["year"])
        assert row["event_type"] != "Battles" or row["actor2"]
        assert row["fatalities"] == ""
        assert -90 <= float(row["latitude"]) <= 90
        assert "\n" not in "".join(row.values())


def test_acled_is_as_the_code_book_says(acled):
    frame, _ = acled
    check_acled(frame)
    assert set(frame.iso) == {"760"}
    assert set(frame.country) == {"Syria"}
    assert list(frame.event_id_cnty) == [f"SYR{number}" for number in range(1, len(frame) + 1)]


def test_acled_sub_event_types_follow_the_definitions(acled):
    frame, _ = acled
    by_day = {row["event_date"]: row for row in frame.to_dict("records")}
    taken = by_day["2015-11-03"]
    assert taken["sub_event_type"] == "Government regains territory"
    assert (taken["actor1"], taken["inter1"], taken["inter2"], taken["interaction"]) == (
        "Syrian government",
        "1",
        "2",
        "12",
    )
    assert by_day["2015-12-05"]["sub_event_type"] == "Non-state actor overtakes territory"
    assert by_day["2015-12-05"]["actor1"] == "ISIL"
    assert by_day["2015-11-20"]["sub_event_type"] == "Armed clash"  # part of the town
    assert by_day["2015-11-28"]["sub_event_type"] == "Non-violent transfer of territory"
    assert by_day["2015-11-28"]["disorder_type"] == "Strategic developments"
    assert by_day["2015-11-16"]["sub_event_type"] == "Air/drone strike"
    assert by_day["2015-11-18"]["sub_event_type"] == "Shelling/artillery/missile attack"


def test_an_exchange_within_a_day_is_one_armed_clash(acled):
    frame, _ = acled
    (row,) = frame[frame.event_date == "2015-11-23"].to_dict("records")
    assert row["sub_event_type"] == "Armed clash"
    assert row["notes"].count("“") == 2


def test_acled_notes_quote_and_name_the_event(acled):
    frame, _ = acled
    notes = frame.notes[0]
    assert notes.startswith("On 3 November 2015, Syrian government captured Mahin (from ISIL).")
    assert "“On 3 November 2015, the Syrian Army captured Mahin from ISIL.” [war:e1]" in notes
    assert "Army takes = Mahin" in frame.source[0]


def test_claims_and_denials_are_no_facts_for_a_code_book(acled, ucdp):
    for frame, done in (acled, ucdp):
        said = " ".join(frame.get("notes", frame.get("where_description")))
        assert "reportedly" not in said
        assert "failed to" not in said
        assert "Huwwarin" not in said  # rejected by a reviewer
        reasons = told(done)
        assert reasons["left", "only reported: hedged, attributed to somebody or disputed"] == 2
        assert reasons["left", "denied or not done, says the account"] == 1
        assert reasons["left", "rejected by a reviewer"] == 1


def test_nothing_is_left_out_of_a_code_book_without_a_reason(war, acled, ucdp):
    with Ledger.open(war) as ledger:
        events = len(ledger.events)  # each has one place here
    for frame, done in (acled, ucdp):
        assert len(frame) + sum(count for (kind, _), count in told(done).items() if kind == "left") == events


def test_ucdp_is_as_the_code_book_says(ucdp):
    frame, _ = ucdp
    assert list(frame.columns) == UCDP_COLUMNS
    assert len(UCDP_COLUMNS) == 49
    for row in frame.to_dict("records"):
        assert row["type_of_violence"] in {"1", "2", "3", ""}
        assert row["where_prec"] in set("1234567")
        assert row["date_prec"] in set("12345")
        assert row["event_clarity"] in {"1", "2"}
        assert row["region"] in UCDP_REGIONS
        assert row["geom_wkt"] == f"POINT ({row['longitude']} {row['latitude']})"
        assert pd.Timestamp(row["date_start"]) <= pd.Timestamp(row["date_end"])
        assert row["best"] == row["high"] == row["low"] == ""
        assert (row["side_a"], row["gwnoa"], row["gwnob"]) == ("Syrian government", "652", "")
        assert (row["country"], row["country_id"]) == ("Syria", "652")
    assert frame.code_status[0] == "Clear"  # accepted in review
    assert set(frame.code_status[1:]) == {"Check"}


def test_dates_become_precisions(tmp_path, written):
    from .ledgers import stored

    spans = ["2016-03-01", "2016-03-03", "2016-03-07", "2016-03-28", "2016-12-31"]
    told_ = [("2016-03-01", last, "isil", "p", "syrian-government") for last in spans]
    stored(tmp_path / "p.gpkg", told_, places={"p": (34.24, 37.06)}).close()
    frame = pd.read_csv(written(tmp_path / "p.gpkg", "ucdp")[0])
    assert list(frame.date_prec) == [1, 2, 3, 3, 5]
    frame = pd.read_csv(written(tmp_path / "p.gpkg", "acled")[0])
    assert sorted(frame.time_precision) == [1, 2, 2, 3]  # a year is too wide for ACLED


def test_days_before_the_year_1_are_left_out_and_counted(ancient, written):
    for form in ("acled", "ucdp", "plover"):
        output, done = written(ancient, form)
        assert sum(count for (kind, _), count in told(done).items() if kind == "left") == 2
        assert json.loads(output.read_text()) == [] if form == "plover" else len(pd.read_csv(output)) == 0


def test_hostile_names_stay_in_their_cells(hostile, written):
    frame = pd.read_csv(written(hostile, "acled")[0], dtype=str, keep_default_na=False)
    check_acled(frame)
    assert frame.location[0] == ARABIC.strip()
    free = frame[["actor1", "actor2", "location", "source", "notes"]]
    assert not free.map(lambda cell: cell.startswith(("=", "+", "-", "@"))).any().any()
    frame = pd.read_csv(written(hostile, "ucdp")[0], dtype=str, keep_default_na=False)
    assert len(frame) == 3
    free = frame[
        ["side_a", "side_b", "dyad_name", "where_coordinates", "where_description", "source_article"]
    ]
    assert not free.map(lambda cell: cell.startswith(("=", "+", "-", "@"))).any().any()


def test_plover_records_are_as_the_manual_says(war, written):
    output, done = written(war, "plover")
    records = json.loads(output.read_text(encoding="utf-8"))
    assert records
    for record in records:
        assert list(record) == PLOVER_FIELDS
        assert record["event"] in PLOVER_EVENTS
        assert record["mode"] in PLOVER_MODES[record["event"]]
        assert record["source"]
        for party in record["source"] + record["target"]:
            assert list(party) == ["actorText", "code", "sector"]
            assert party["sector"] in {"MIL", "REB", "PRM", ""}
    by_id = {record["id"]: record for record in records}
    assert by_id["war:e1"]["source"] == [{"actorText": "Syrian government", "code": "SYR", "sector": "MIL"}]
    assert by_id["war:e9"]["event"] == "RETREAT"
    assert by_id["war:e13"]["source"][0]["actorText"] == "ISIL"  # who handed it over
    assert len(by_id["war:e16"]["source"]) == 2  # a clash has two
    assert not {"war:e2", "war:e3", "war:e4", "war:e5"} & by_id.keys()
    assert len(records) + sum(count for (kind, _), count in told(done).items() if kind == "left") == 19


def test_countries_of_places():
    def place(name, lat, lon, entry=None):
        return Place(id=name, name=name, lat=lat, lon=lon, gazetteer=entry)

    places = [
        place("homs", 34.72, 36.72, "geonames:169577"), place("desert", 34.4, 38.0), place("atlantic", 30.0, -40.0),
        place("border", 36.72, 37.10), place("nowhere", None, None),
    ]  # fmt: skip
    geography = Geography({one.id: one for one in places})
    found = {one.id: getattr(geography.country(one.id), "iso2", None) for one in places}
    assert found == {"homs": "SY", "desert": "SY", "atlantic": None, "border": None, "nowhere": None}


def test_the_table_of_countries_is_whole():
    known = countries()
    assert {one.acled for one in known.values() if one.iso2 not in {"CS", "AN"}} == ACLED_REGIONS
    assert {one.ucdp for one in known.values() if one.gw} == UCDP_REGIONS
    numbers = [one.gw for one in known.values() if one.gw]
    assert len(numbers) == len(set(numbers))
    assert (known["SY"].number, known["SY"].iso3, known["RU"].gw) == (760, "SYR", 365)


def test_prio_grid():
    """The corners of PRIO-GRID: 360 rows of 720 cells of half a degree (Tollefsen et al. 2012)."""
    assert prio_cell(-90.0, -180.0) == 1
    assert prio_cell(-89.75, 179.75) == 720
    assert prio_cell(90.0, 180.0) == 259_200
