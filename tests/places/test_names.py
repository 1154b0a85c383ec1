"""Names by themselves: what they consist of, and whether the toponym pairs come out right."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from frontledger.places.matching import NameIndex
from frontledger.places.names import (
    SAME,
    SUSPECT,
    Name,
    class_of,
    compatible,
    is_generic,
    is_same,
    is_slip,
    read_name,
    similarity,
)
from frontledger.places.sounds import likeness, readings, slug

PAIRS = tomllib.loads(Path(__file__).with_name("pairs.toml").read_text(encoding="utf-8"))


def one_place(a: str, b: str, kind_a: str | None = None, kind_b: str | None = None) -> bool:
    """The answer as ``identity`` gets it: through the index, by class and sound."""
    x, y = read_name(a), read_name(b)
    if not compatible((class_of(x.type), class_of(kind_a)), (class_of(y.type), class_of(kind_b))):
        return False
    index: NameIndex[str] = NameIndex()
    index.add(x, "x")
    return x.key == y.key or any(is_same(x, y, alike) for alike, _, _ in index.near(y, SAME))


def test_precision_and_recall_on_the_pairs():
    assert min(len(PAIRS["same"]), len(PAIRS["different"])) >= 80
    found = sum(one_place(*pair) for pair in PAIRS["same"])
    wrong = [pair for pair in PAIRS["different"] if one_place(*pair)]
    assert found / len(PAIRS["same"]) >= 0.94
    assert found / (found + len(wrong)) >= 0.98, wrong


def test_similarity_is_symmetric():
    for pair in (*PAIRS["same"], *PAIRS["different"]):
        a, b = read_name(pair[0]), read_name(pair[1])
        assert similarity(a, b) == pytest.approx(similarity(b, a))


@pytest.mark.parametrize(
    ("surface", "core", "marks", "carriers", "kind"),
    [
        ("Al-Hadath", ("hadath",), (), (), None),
        ("Jabal Ma’ar", ("maar",), (), (), "mountain"),
        ("Maheen-hegység", ("maheen",), (), (), "mountain"),
        ("Jabal Maheen Al-Kabeer", ("maheen",), ("big",), (), "mountain"),
        ("Alsózsolca", ("zsolca",), ("lower",), (), None),
        ("Felső-Kékes", ("kekes",), ("upper",), (), None),
        ("5. kerület", (), ("5",), (), "district"),
        ("60-as magaslat", (), ("60",), (), "hill"),
        ("T-4", ("t4",), ("t4",), (), None),
        ("Kafr Nabl", ("nabl",), (), ("kafr",), None),
        ("Tell", ("tell",), (), (), "hill"),
        ("Al-Jadida", ("jadida",), (), (), None),
    ],
)
def test_a_name_is_taken_apart(surface, core, marks, carriers, kind):
    name = read_name(surface)
    assert (name.core, name.marks, name.carriers, name.type) == (core, marks, carriers, kind)


def test_generic_words_never_carry_a_match():
    assert similarity(read_name("Tal Abyad"), read_name("Tal Afar")) < SUSPECT
    assert similarity(read_name("Kafr Nabl"), read_name("Kafr Zita")) < SUSPECT


def test_a_slip_is_one_letter_in_a_long_enough_name():
    def slip(a: str, b: str) -> bool:
        x, y = read_name(a), read_name(b)
        return is_slip(x, y, similarity(x, y))

    assert slip("Madin", "Mahin")
    assert slip("Heish", "Hish")
    assert not slip("Tal Hazim", "Jabal Al-Hazzm")
    assert not slip("Hama", "Halma")
    assert not slip("Minsk", "Pinsk")
    assert not slip("Stepne", "Stepove")


def test_a_name_of_class_words_and_anchors_is_generic_unless_mountains_bear_it():
    def parts(*names: str) -> list[Name]:
        return [read_name(name) for name in names]

    assert is_generic(read_name("Nagy Katonai Raktár"), "depot")
    assert is_generic(read_name("Mahin–Sadad checkpoint"), None, parts("Sadad", "Mahin"))
    assert is_generic(read_name("Mahini Raktárak"), None, parts("Mahin"))
    assert not is_generic(read_name("Maheen-hegység"), "mountain", parts("Mahin"))
    assert is_generic(read_name("the hill"), "hill")
    assert not is_generic(read_name("Hill 60"), "hill")
    assert not is_generic(read_name("Tal Kabir"), "hill")
    assert not is_generic(read_name("Most"), "city")
    assert not is_generic(read_name("M5 motorway"), "road", parts("Homs", "Hama"))


def test_classes():
    assert class_of("village") == class_of("city") == "settlement"
    assert class_of("area") is None
    assert class_of("quarry") == "quarry"
    assert compatible((None, None), (None, "settlement"))
    assert compatible(("relief", "relief"), ("relief", "settlement"))
    assert not compatible(("relief", None), (None, "settlement"))


def test_readings_and_slugs():
    assert "kursk" in readings("Kurszk")
    assert readings("Şanlı")[0].startswith("š")
    assert slug("Jabal Ma’ar") == "jabal-maar"
    assert slug("Hódmezővásárhely") == "hodmezovasarhely"
    assert slug("حمص") == ""


def test_likeness_below_the_floor_is_nothing():
    whole = likeness("mahin", "madin")
    assert 0.7 < whole < 0.9
    assert likeness("mahin", "madin", 0.9) == 0.0
    assert likeness("mahin", "madin", 0.7) == pytest.approx(whole)
