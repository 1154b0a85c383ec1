"""The benchmark of toponyms on a small draw: what it counts, and what must hold."""

import random
import sys
from pathlib import Path

import pytest

from frontledger.places.gazetteers.index import open_index

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
import toponyms


@pytest.fixture(scope="module")
def figures():
    index = open_index()
    found = toponyms.measure(index, "SY", 60, random.Random(1))  # noqa: S311 - a draw that can be repeated
    index.close()
    return found


def test_spellings_find_their_place(figures):
    assert figures.asked == 60
    assert figures.right / figures.asked >= 0.85


def test_absent_names_are_not_placed(figures):
    assert figures.false / figures.absent <= 0.05


def test_pairs_are_told_apart(figures):
    assert toponyms.area(figures.same, figures.other) >= 0.9


@pytest.mark.parametrize(
    ("name", "others", "expected"),
    [
        ("Maheen", ["Mahīn"], True),
        ("Palmyra", ["Tadmur"], False),
        ("Kisbarát", ["Nagybarát"], False),
        ("Lvov", ["Lviv"], True),
    ],
)
def test_what_counts_as_a_spelling(name, others, expected):
    assert toponyms.is_spelling(name, others) is expected


def test_codes_and_transliterations_by_machines_are_not_asked():
    assert not toponyms.readable("alqrytyn")
    assert not toponyms.readable("HQS")
    assert not toponyms.readable("巴尔米拉")
    assert toponyms.readable("Харків")


def test_the_area_under_the_curve():
    assert toponyms.area([1.0, 0.9], [0.1, 0.2]) == 1.0
    assert toponyms.area([0.5], [0.5]) == 0.5
