"""From accounts to places on the map, with the real gazetteer; texts of our own about places that exist."""

import pytest

from frontledger import pipeline
from frontledger.ledger.explanation import explain
from frontledger.model import PlaceReview
from frontledger.places.gazetteers.adding import add
from frontledger.places.gazetteers.shelf import Shelf, open_shelf
from frontledger.places.geometry import distance

SYRIAN = """Harcok Homsz tartomány keleti részén

A szír hadsereg 2015. november 3-án offenzívát indított Szadad felől az ISIL ellen.
November 5-én a hadsereg elfoglalta Mahint és Huwwarint. November 7-én elfoglalták a Mahin városától északra fekvő
kicsiny Hadath falut. November 9-én a hadsereg elfoglalta a Mahin és Szadad közötti ellenőrző pontot.
November 12-én az ISIL visszafoglalta Al-Qaryatayn városát. November 20-án a szír hadsereg elfoglalta
Palmürát. November 22-én elfoglalták Tal Kerbel csúcsát.
"""
ENGLISH = """The fighting in eastern Homs

On 20 November 2015 the Syrian army captured Tadmur from ISIL. On 25 November 2015 ISIL captured Mahin.
"""
UKRAINIAN = """Harcok a Donbaszban

2022. május 7-én az orosz csapatok elfoglalták Popasznát. 2022. június 25-én az orosz hadsereg
elfoglalta Szeverodonyecket. 2022. szeptember 30-án az ukrán hadsereg visszafoglalta Limant.
"""
TRUE = {  # GeoNames and Wikipedia
    "mahin": (34.2442, 37.0592),
    "szadad": (34.3125, 36.9256),
    "palmura": (34.5600, 38.2672),
    "al-qaryatayn": (34.2296, 37.2407),
}


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def ledger(folder, *texts, output="war.gpkg"):
    paths = [written(folder, f"a{i}.txt", text) for i, text in enumerate(texts)]
    pipeline.run(paths, folder / output)
    with pipeline.Ledger.open(folder / output) as opened:
        return {place.id: place for place in opened.places}, opened.events, opened.findings


@pytest.fixture
def syrian(tmp_path):
    return ledger(tmp_path, SYRIAN)


def test_places_of_the_gazetteer_are_where_they_are(syrian):
    places = syrian[0]
    for name, point in TRUE.items():
        place = places[name]
        assert place.placing == "gazetteer"
        assert distance((place.lat, place.lon), point) < 2, name
        assert place.gazetteer.startswith("geonames:")
        assert place.gazetteer in place.reasons[0]


def test_the_others_lie_within_an_honest_circle(syrian):
    places = syrian[0]
    hadath = places["hadath"]
    assert hadath.located_by.startswith("north of Mahin by “Mahin városától északra”")
    assert hadath.lat > places["mahin"].lat
    checkpoint = places["mahin-szadad-checkpoint"]
    assert checkpoint.located_by == "between Mahin and Szadad"
    for end in ("mahin", "szadad"):
        assert distance((checkpoint.lat, checkpoint.lon), TRUE[end]) <= checkpoint.radius_km
    assert places["huwwarin"].located_by == "named together with Mahin"
    assert (
        distance((places["huwwarin"].lat, places["huwwarin"].lon), (34.2667, 37.0700))
        < places["huwwarin"].radius_km
    )


def test_what_nothing_locates_is_openly_nowhere(syrian):
    places, _, findings = syrian
    assert (places["tal-kerbel"].lat, places["tal-kerbel"].placing) == (None, "none")
    assert ("unplaced", ("tal-kerbel",)) in [(one.code, one.places) for one in findings]


def test_events_carry_what_their_places_have(syrian):
    places, events, _ = syrian
    for event in events:
        for ref in event.places:
            place = places[ref.id]
            assert (ref.lat, ref.lon, ref.radius_km, ref.located_by) == (
                place.lat,
                place.lon,
                place.radius_km,
                place.located_by,
            )
    assert any(ref.lat for event in events for ref in event.places)


def test_one_place_one_id_across_languages(tmp_path):
    places, events, _ = ledger(tmp_path, SYRIAN, ENGLISH)
    assert "tadmur" not in places
    assert {"Palmüra", "Tadmur"} <= set(places["palmura"].names)
    witnesses = {event.account for event in events for ref in event.places if ref.id == "palmura"}
    assert witnesses == {"a0", "a1"}


def test_two_wars_in_one_ledger_do_not_disturb_each_other(tmp_path):
    alone = ledger(tmp_path, UKRAINIAN, output="alone.gpkg")[0]
    both = ledger(tmp_path, SYRIAN, UKRAINIAN, output="both.gpkg")[0]
    assert len(alone) >= 3
    assert all(place.placing == "gazetteer" for place in alone.values())
    for name, place in alone.items():
        assert (both[name].lat, both[name].lon) == (place.lat, place.lon)
    assert both["mahin"].lat == pytest.approx(34.24, abs=0.02)


def test_reading_again_changes_nothing(tmp_path, syrian):
    again = ledger(tmp_path, SYRIAN)
    assert again[0] == syrian[0]
    assert again[1] == syrian[1]


def test_without_gazetteers_there_are_results_without_coordinates(tmp_path):
    account = pipeline.read(written(tmp_path, "a.txt", SYRIAN))[0]
    with open_shelf() as shelf:
        located = pipeline.events(account, shelf)
    bare = pipeline.events(account, Shelf(None))
    assert [event.id for event in bare] == [event.id for event in located]
    assert all(ref.lat is None for event in bare for ref in event.places)
    ids = [[ref.id for ref in event.places] for event in bare]
    assert ids == [[ref.id for ref in event.places] for event in located]


def test_the_users_own_file_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLEDGER_DATA", str(tmp_path / "data"))
    add(
        str(
            written(
                tmp_path, "mine.csv", "name,lat,lon,type\nTal Kerbel,34.41,37.33,hill\nMahin,34.3,37.1,town\n"
            )
        )
    )
    places = ledger(tmp_path, SYRIAN)[0]
    for name, point in (("tal-kerbel", (34.41, 37.33)), ("mahin", (34.3, 37.1))):
        place = places[name]
        assert (place.lat, place.lon, place.placing) == (*point, "file")
        assert "mine.csv" in place.located_by


def test_an_entry_of_another_time_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLEDGER_DATA", str(tmp_path / "data"))
    add(str(written(tmp_path, "mine.csv", "name,lat,lon,until\nTal Kerbel,34.41,37.33,1990\n")))
    assert ledger(tmp_path, SYRIAN)[0]["tal-kerbel"].lat is None


def test_a_control_map_of_another_war_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("FRONTLEDGER_DATA", str(tmp_path / "data"))
    row = '{{ lat = "{}", long = "{}", mark = "Dot.svg", label = "Tal Kerbel" }}'
    add(str(written(tmp_path, "libya.lua", "marks = {" + row.format(27.0, 15.0) + "}")))
    assert ledger(tmp_path, SYRIAN)[0]["tal-kerbel"].placing == "ask"
    add(str(written(tmp_path, "syria.lua", "marks = {" + row.format(34.41, 37.33) + "}")))
    assert ledger(tmp_path, SYRIAN)[0]["tal-kerbel"].placing == "file"


def test_distances_are_checked(tmp_path):
    text = (
        "The fighting in Syria\n\nOn 5 November 2015 the Syrian army captured Mahin from ISIL. On 7 November 2015 the army "
        "captured Sadad, 60 km east of Mahin. On 9 November 2015 the army captured Al-Qaryatayn, 17 km east of Mahin.\n"
    )
    findings = [one for one in ledger(tmp_path, text)[2] if one.code == "distance-mismatch"]
    assert [one.places for one in findings] == [("sadad", "mahin")]
    assert "on the map Sadad and Mahin lie 15 km apart" in findings[0].message
    assert findings[0].events


def test_told_distances_are_kept_and_explained(tmp_path):
    text = (
        "The fighting in Syria\n\nOn 9 November 2015 the Syrian army captured Al-Qaryatayn, 17 km east of Mahin. "
        "It then stood 4 km from the Round Villa.\n"
    )
    ledger(tmp_path, text)
    with pipeline.Ledger.open(tmp_path / "war.gpkg") as found:
        first = found.tellings[0]
        assert (first.km, first.degrees, first.anchor, first.subjects) == (17, 90, "mahin", ("al-qaryatayn",))
        assert first in explain(found, "Mahin").tellings
    correct(tmp_path, "set", "Mahin", "34.24", "37.06")
    with pipeline.Ledger.open(tmp_path / "war.gpkg") as found:
        assert first in found.tellings


def test_short_names_are_not_looked_for_abroad(tmp_path):
    text = "The fighting in Syria\n\nOn 5 November 2015 the Syrian army captured Mahin. On 6 November 2015 the army captured Ali.\n"
    assert all(place.name != "Ali" or place.lat is None for place in ledger(tmp_path, text)[0].values())


def correct(folder, *words):
    return pipeline.correct_place(folder / "war.gpkg", words[0], words[1:], "ada", "seen there")


def placed_now(folder):
    with pipeline.Ledger.open(folder / "war.gpkg") as found:
        return {place.id: place for place in found.places}


def test_a_point_set_by_hand_stays_and_locates_others(tmp_path):
    ledger(tmp_path, SYRIAN)
    correct(tmp_path, "set", "Tal Kerbel", "34.5", "37.5")
    for _ in range(2):
        place = placed_now(tmp_path)["tal-kerbel"]
        assert (place.lat, place.lon, place.placing) == (34.5, 37.5, "set")
        assert place.located_by == "set by ada: seen there"
        ledger(tmp_path, SYRIAN)  # read again
    correct(tmp_path, "set", "Tal Kerbel", "34.6", "37.5")
    assert placed_now(tmp_path)["tal-kerbel"].lat == 34.6
    with pipeline.Ledger.open(tmp_path / "war.gpkg") as found:
        assert [(one.verdict, one.by, one.lat) for one in found.place_reviews] == [
            ("set", "ada", 34.5),
            ("set", "ada", 34.6),
        ]
        assert found.revisions[-1].by == "ada"


def test_a_merge_stays(tmp_path):
    ledger(tmp_path, SYRIAN)
    correct(tmp_path, "merge", "Huwwarin", "Hadath")
    for _ in range(2):
        places = placed_now(tmp_path)
        assert "huwwarin" not in places
        assert "Huwwarin" in places["hadath"].names
        ledger(tmp_path, SYRIAN)
    with pipeline.Ledger.open(tmp_path / "war.gpkg") as found:
        assert all(ref.id != "huwwarin" for event in found.events for ref in event.places)


def test_a_split_stays(tmp_path):
    ledger(tmp_path, SYRIAN, ENGLISH)
    correct(tmp_path, "split", "Tadmur")
    for _ in range(2):
        places = placed_now(tmp_path)
        assert "Tadmur" not in places["palmura"].names
        assert places["tadmur"].name == "Tadmur"
        ledger(tmp_path, SYRIAN, ENGLISH)
    correct(tmp_path, "merge", "Tadmur", "Palmüra")
    places = placed_now(tmp_path)
    assert "tadmur" not in places
    assert "Tadmur" in places["palmura"].names


def test_a_correction_is_folded_and_checked(tmp_path, syrian):
    before = [one for one in syrian[2] if one.places == ("tal-kerbel",) and one.code == "unplaced"]
    correct(tmp_path, "set", "Tal Kerbel", "34.5", "37.5")
    with pipeline.Ledger.open(tmp_path / "war.gpkg") as found:
        after = [one for one in found.findings if one.places == ("tal-kerbel",) and one.code == "unplaced"]
    assert (len(before), len(after)) == (1, 0)


def test_reviews_come_back_as_they_were(tmp_path):
    ledger(tmp_path, SYRIAN)
    correct(tmp_path, "set", "Mahin", "34.2", "37.0")
    with pipeline.Ledger.open(tmp_path / "war.gpkg") as found:
        (review,) = found.place_reviews
    assert isinstance(review, PlaceReview)
    assert (review.place, review.why) == ("mahin", "seen there")
