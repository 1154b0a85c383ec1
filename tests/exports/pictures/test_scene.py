"""What pictures show, before anything is drawn."""

from frontledger.exports.pictures.scene import LANES, Scene
from frontledger.exports.rows import Material
from frontledger.ledger.storage import Ledger
from frontledger.mentions import calendar

from ..ledgers import stored  # noqa: TID252 - tests of one folder


def scene_of(path):
    with Ledger.open(path) as ledger:
        return Scene(Material.of(ledger, "war"), "war")


def test_the_map_says_what_control_says(war):
    scene = scene_of(war)
    located = {place.id for place in scene.material.places.values() if place.lat is not None}
    first, last = scene.span
    with Ledger.open(war) as ledger:
        for day in range(first - 3, last + 3, 5):
            drawn = {point.place: (point.state, point.holder, point.sides) for point in scene.on(day)}
            told = ledger.control(on=calendar.iso(day), layer="assessed")
            assert drawn == {
                row.place: (row.state, row.holder, row.sides) for row in told if row.place in located
            }
            claims = {
                row.place: row.claimed.holder for row in told if row.claimed and row.claimed.state == "held"
            }
            drawn = {
                point.place: point.claimed
                for point in scene.on(day)
                if point.claimed not in {None, point.holder}
            }
            assert drawn == {place: side for place, side in claims.items() if place in located}
    assert ("held", "isil") in {(point.state, point.holder) for point in scene.on(first + 10)}


def test_what_is_only_claimed_is_told_apart(war):
    scene = scene_of(war)
    points = {point.name: point for point in scene.on(calendar.parse_iso("2015-11-15"))}
    assert (points["Palmyra"].holder, points["Palmyra"].claimed) == ("isil", "syrian-government")


def test_frames_are_the_days_on_which_the_map_changes(war):
    scene = scene_of(war)
    days = [calendar.iso(day) for day in scene.changes]
    assert "2015-11-20" in days
    assert "2015-11-17" not in days
    assert (scene.changes[0], scene.changes[-1]) == scene.span


def test_too_many_places_leave_the_most_eventful(tmp_path):
    days = [f"2016-03-{1 + number % 28:02d}" for number in range(100)]
    told = [(day, day, "red", f"p{number:03d}", "blue") for number, day in enumerate(days)]
    told += [("2016-04-01", "2016-04-01", "blue", f"p{number:03d}", "red") for number in range(40, 50)]
    stored(tmp_path / "x.gpkg", told).close()
    with Ledger.open(tmp_path / "x.gpkg") as ledger:
        scene = Scene(Material.of(ledger, "x"), "x")
    assert len(scene.lanes) == LANES
    assert scene.too_many == 40
    assert {f"p{number:03d}" for number in range(40, 50)} <= set(scene.lanes)
