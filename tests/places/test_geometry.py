"""Points on the globe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.places.geometry import away, bearing, centre, distance, middle, off_line

points = st.tuples(st.floats(-80, 80), st.floats(-179, 179))
HOMS, PALMYRA = (34.724, 36.7256), (34.5624, 38.284)


def test_known_distances():
    assert distance(HOMS, PALMYRA) == pytest.approx(144, abs=1)
    assert distance((0, 0), (0, 180)) == pytest.approx(20015, abs=1)
    assert bearing(HOMS, PALMYRA) == pytest.approx(97, abs=1)


@given(points, st.floats(0, 359.9), st.floats(0.5, 2000))
def test_going_away_is_as_far_as_told(start, direction, km):
    there = away(start, direction, km)
    assert distance(start, there) == pytest.approx(km, rel=1e-6)
    assert -180 <= there[1] <= 180


@given(points, points)
def test_the_middle_is_as_far_from_both(a, b):
    between = middle(a, b)
    assert distance(a, between) == pytest.approx(distance(b, between), abs=1e-4)


@given(points)
def test_the_centre_of_one_point_is_that_point(point):
    assert centre([point]) == pytest.approx(point, abs=1e-6)


def test_antipodes_have_some_centre():
    assert centre([(0, 0), (0, 180)]) == (0, 0)
    with pytest.raises(ValueError, match="no points"):
        centre([])


def test_off_a_line():
    assert off_line((0.1, 0.5), [(0, 0), (0, 1)]) == pytest.approx(11.1, abs=0.1)
    assert off_line((0, -1), [(0, 0), (0, 1)]) == pytest.approx(111.2, abs=0.1)
    assert off_line((0, 2), [(0, 0), (0, 1)]) == pytest.approx(111.2, abs=0.1)
    assert off_line((0, 1), [(0, 0), (0, 0)]) == pytest.approx(111.2, abs=0.1)
