"""Land and borders around a theatre."""

from __future__ import annotations

import itertools
from itertools import pairwise

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from frontledger.exports.report.land import around, box_of, clipped_line, clipped_ring, unfolded

BOX = (0.0, 0.0, 10.0, 10.0)
SQUARE = [(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0), (-5.0, -5.0)]
POINTS = st.tuples(st.integers(-20, 20), st.integers(-20, 20)).map(lambda p: (float(p[0]), float(p[1])))


def area(ring):
    return abs(sum(x * b - a * y for (x, y), (a, b) in itertools.pairwise(ring))) / 2


def test_no_point_has_no_box():
    assert box_of([]) is None
    assert around([], b"{}") is None


def test_a_single_point_has_land_around_it():
    west, south, east, north = box_of([(37.0, 34.0)])
    assert west < 36.0
    assert east > 38.0
    assert south < 33.0
    assert north > 35.0


def test_a_box_stays_on_earth():
    assert box_of([(-179.9, -89.0), (179.9, 89.0)]) == (-180.0, -90.0, 180.0, 90.0)


def test_a_ring_is_cut_at_the_edges():
    assert area(clipped_ring(SQUARE, BOX)) == 25
    assert clipped_ring([(20.0, 20.0), (21.0, 20.0), (21.0, 21.0), (20.0, 20.0)], BOX) == []


def test_land_all_around_fills_the_box():
    everywhere = [(-90.0, -90.0), (90.0, -90.0), (90.0, 90.0), (-90.0, 90.0), (-90.0, -90.0)]
    assert area(clipped_ring(everywhere, BOX)) == 100


@given(st.lists(POINTS, min_size=3, max_size=12))
def test_what_is_cut_lies_inside_and_is_closed(points):
    ring = clipped_ring([*points, points[0]], BOX)
    assert all(-1e-9 <= x <= 10 + 1e-9 and -1e-9 <= y <= 10 + 1e-9 for x, y in ring)
    assert not ring or ring[0] == ring[-1]


def test_a_line_that_leaves_and_comes_back_is_two():
    assert clipped_line([(5.0, 5.0), (15.0, 5.0), (15.0, 6.0), (5.0, 6.0)], BOX) == [
        [(5.0, 5.0), (10.0, 5.0)],
        [(10.0, 6.0), (5.0, 6.0)],
    ]
    assert clipped_line([(-5.0, 5.0), (15.0, 5.0)], BOX) == [[(0.0, 5.0), (10.0, 5.0)]]
    assert clipped_line([(-5.0, 15.0), (15.0, 15.0)], BOX) == []


def folded(line):
    """The notation of ``assets/world.json``."""
    whole = [(round(x * 1000), round(y * 1000)) for x, y in line]
    ways = [whole[0], *((x - a, y - b) for (a, b), (x, y) in pairwise(whole))]
    return [number for way in ways for number in way]


def test_the_notation_of_the_world_is_read_back():
    assert unfolded(folded(SQUARE)) == SQUARE


def test_far_lands_are_left_out():
    far = [(100.0, 50.0), (101.0, 50.0), (101.0, 51.0), (100.0, 50.0)]
    border = [(-1.0, 0.0), (1.0, 0.0)]
    world = {"land": [[folded(SQUARE)], [folded(far)]], "borders": [folded(border), folded(far[:2])]}
    land = around([(0.0, 0.0)], msgspec.json.encode(world))
    assert len(land.land) == 1
    assert land.borders == [border]


def test_a_lake_is_a_hole_in_the_land():
    lake = [(0.0, 0.0), (0.5, 0.0), (0.5, 0.5), (0.0, 0.0)]
    world = {"land": [[folded(SQUARE), folded(lake)]], "borders": []}
    land = around([(0.0, 0.0)], msgspec.json.encode(world))
    assert [len(polygon) for polygon in land.land] == [2]


def test_a_wide_theatre_has_no_more_points_than_can_be_seen():
    coast = [(x / 100, (x % 7) / 100) for x in range(18_000)] + [(180.0, 60.0), (0.0, 60.0), (0.0, 0.0)]
    world = msgspec.json.encode({"land": [[folded(coast)]], "borders": []})
    near, far = around([(5.0, 0.0)], world), around([(5.0, 0.0), (170.0, 50.0)], world)
    assert len(near.land[0][0]) > 290
    assert len(far.land[0][0]) < 3000
