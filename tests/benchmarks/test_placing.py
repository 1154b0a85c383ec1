"""Gold coordinates: what the accounts' places must keep, and that the benchmark can see a fault."""

import sys
from pathlib import Path

import pytest

from frontledger.model import Place
from frontledger.places.gazetteers.shelf import open_shelf

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import placing

GOLD = sorted(placing.GOLD.glob("*.places.toml"))


@pytest.mark.parametrize("gold", GOLD, ids=[path.name.removesuffix(".places.toml") for path in GOLD])
def test_places_are_where_they_are(gold):
    text = placing.text_of(gold.name.removesuffix(".places.toml"))
    if text is None:
        pytest.skip("the account lies outside the repository")
    with open_shelf() as shelf:
        one = placing.judged(gold, text, shelf)
    assert one.held
    assert one.right / one.held >= 0.9, one.remarks
    assert one.far == 0


def test_another_continent_is_seen():
    here = [Place(id=f"p{i}", name="P", lat=34 + i / 10, lon=37.0) for i in range(3)]
    assert placing.far([*here, Place(id="x", name="X", lat=-29.5, lon=-51.5)]) == ["x"]
    assert placing.far(here) == []


def test_a_wrong_place_is_seen(tmp_path):
    gold, text = tmp_path / "a.places.toml", tmp_path / "a.txt"
    text.write_text(
        "A harcok\n2015. november 5-én a szír hadsereg elfoglalta Mahint az ISIL-től.\n", encoding="utf-8"
    )
    gold.write_text('[held]\nmahin = { lat = 35.0, lon = 37.06, source = "made up" }\n', encoding="utf-8")
    with open_shelf() as shelf:
        one = placing.judged(gold, text, shelf)
    assert (one.held, one.right, one.wrong) == (1, 0, 1)
