"""Searching a slice: by key, by sound, and never by class words alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.places.gazetteers.entries import Entry, Source
from frontledger.places.gazetteers.slices import ASK, Slice, compiled, key_of
from frontledger.places.names import SAME, read_name

SOURCE = Source(name="test", kind="csv", places=0, names=0)


def entry(name, *others, lat=1.0, **more):
    return Entry(id=f"t:{name}", name=name, names=others, lat=lat, lon=2.0, **more)


PLACES = [
    entry("Mahīn", "Maheen", "مهين", "Махин"),
    entry("Tadmur", "Palmyra", "Palmüra"),
    entry("Tall Abyaḑ", "تل أبيض"),
    entry("Tall ‘Afar"),
    entry("Al Qaryatayn", "Karyatein"),
    entry("Kherson", "Херсон"),
    entry("Velyka Novosilka"),
    entry("Mala Novosilka"),
]
SLICE = compiled(PLACES, SOURCE)


def exact(name):
    return [match.entry.name for match in SLICE.exact(read_name(name))]


def alike(name, floor=SAME):
    return [match.entry.name for match in SLICE.alike(read_name(name), floor)]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Mahin", "Mahīn"),
        ("MAHEEN", "Mahīn"),
        ("مهين", "Mahīn"),
        ("Махин", "Mahīn"),
        ("Palmüra", "Tadmur"),
        ("Tell Abyad", "Tall Abyaḑ"),
        ("تل ابيض", "Tall Abyaḑ"),
        ("Qaryatayn", "Al Qaryatayn"),
    ],
)
def test_the_same_name_in_any_script(name, place):
    assert exact(name) == [place]


@pytest.mark.parametrize(
    ("name", "place"),
    [("Quryatayn", "Al Qaryatayn"), ("Herszon", "Kherson"), ("Cherson", "Kherson"), ("Tedmur", "Tadmur")],
)
def test_what_sounds_the_same(name, place):
    assert exact(name) == []
    assert alike(name)[0] == place


@pytest.mark.parametrize("name", ["Tal Hazim", "Huwwarin", "Tall", "Tal Abu", "Kafr Nabl", "Aleppo"])
def test_what_is_not_there(name):
    assert exact(name) == []
    assert alike(name, ASK) == []


def test_qualifiers_tell_places_apart():
    assert exact("Velyka Novosilka") == ["Velyka Novosilka"]
    assert "Mala Novosilka" not in alike("Velika Novoszilka", ASK)


def test_it_comes_back_as_it_was_stored():
    again = Slice.decode(SLICE.encode())
    assert [one.name for one in again.entries] == [one.name for one in PLACES]
    assert [match.entry.name for match in again.alike(read_name("Herszon"))] == ["Kherson"]


@pytest.mark.parametrize("content", [b"", b"\xc1", b"\x93\x01\x02\x03"])
def test_rubbish_is_no_slice(content):
    with pytest.raises(ValueError):
        Slice.decode(content)


@pytest.mark.parametrize("at", [0, 3, 40, -1])
def test_damage_is_seen_at_once_though_parts_are_opened_later(at):
    content = bytearray(SLICE.encode())
    content[at] ^= 0x20
    with pytest.raises(ValueError, match="checksum"):
        Slice.decode(bytes(content))


@given(st.text(max_size=20))
def test_any_text_may_be_looked_up(name):
    read = read_name(name)
    assert all(match.alike == 1.0 for match in SLICE.exact(read))
    assert all(SAME <= match.alike <= 1.0 for match in SLICE.alike(read))


@given(st.sampled_from(PLACES))
def test_every_name_finds_its_place(place):
    for name in (place.name, *place.names):
        assert place.name in exact(name)
        assert key_of(read_name(name)) == key_of(read_name(name.upper()))
