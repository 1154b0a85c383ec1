"""Which mentions are one place: small made-up accounts, then properties that hold for any."""

from __future__ import annotations

import random
import time
from itertools import product

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from frontledger.model import Event, EventDate, Place, PlaceRef, Span, Trigger
from frontledger.places.identity import Resolution, resolve


def ref(name, start, kind=None, *, role="object", generic=False, part_of=None, anchors=()):
    return PlaceRef(
        id=None,
        name=name,
        text=name or "some hills",
        start=start,
        end=start + len(name or "some hills"),
        role=role,
        type=kind,
        generic=generic,
        part_of=part_of,
        anchors=tuple(anchors),
    )


def event(*refs, account="a"):
    start = refs[0].start
    return Event(
        id=f"{account}-{start}",
        account=account,
        kind="capture",
        date=EventDate(edtf=None, earliest=None, latest=None, basis="undated"),
        actor=None,
        against=None,
        places=tuple(refs),
        again=False,
        hedged=False,
        attributed_to=None,
        negated=False,
        trigger=Trigger(text="took", start=start, end=start + 4),
        sentence=Span(start=start, end=start + 80),
        citations=(),
        rule="test",
    )


def told(*names, account="a"):
    """One event a mention, in the given order; a mention is a name or the arguments of :func:`ref`."""
    events = []
    for i, item in enumerate(names):
        name, kind, more = (*item, {}, {})[:3] if isinstance(item, tuple) else (item, None, {})
        events.append(event(ref(name, 100 * i + 10, kind or None, **(more or {})), account=account))
    return events


def ids(result: Resolution) -> list[str]:
    return [place.id for event in result.events for place in event.places]


def groups(*names) -> list[str]:
    return ids(resolve(told(*names)))


def test_spellings_of_one_town_are_one_place_and_its_mountain_and_depot_are_not():
    found = groups(
        ("Mahin", "city"),
        ("Jabal Maheen", "mountain"),
        ("Maheen", None),
        ("Nagy Katonai Raktár", "depot", {"generic": True, "anchors": ["Mahin"]}),
        ("Maheen-hegység", "mountain", {"anchors": ["Mahin"]}),
        ("Mahini Raktárak", "depot", {"generic": True, "anchors": ["Mahin"]}),
        ("Jabal Maheen Al-Kabeer", "mountain"),
    )
    assert found == [
        "mahin",
        "jabal-maheen",
        "mahin",
        "mahin-depot",
        "jabal-maheen",
        "mahin-depot",
        "jabal-maheen-al-kabeer",
    ]


def test_a_slip_inside_a_composite_is_taken_for_the_end_that_it_resembles_and_reported():
    result = resolve(
        told(
            (
                "Madin és Sadad közötti ellenőrző pont",
                "checkpoint",
                {"generic": True, "anchors": ["Madin", "Sadad"]},
            ),
            ("Mahin", "city"),
            ("Mahin-Sadad ellenőrző pont", "checkpoint", {"generic": True, "anchors": ["Mahin", "Sadad"]}),
            ("Mahin", "city"),
        )
    )
    assert ids(result) == ["mahin-sadad-checkpoint", "mahin", "mahin-sadad-checkpoint", "mahin"]
    assert result.variants == (("mahin", "Madin", "Mahin"),)
    assert {place.id for place in result.places} == {"mahin-sadad-checkpoint", "mahin", "sadad"}
    assert result.places[0].name == "Mahin és Sadad közötti ellenőrző pont"


def test_the_slip_is_also_found_where_the_tagger_did_not_say_generic():
    found = groups(
        ("Madin–Sadad checkpoint", "checkpoint", {"anchors": ["Madin", "Sadad"]}),
        ("Sadad-Mahin checkpoint", "checkpoint", {"anchors": ["Sadad", "Mahin"]}),
        "Mahin",
    )
    assert found[0] == found[1] == "mahin-sadad-checkpoint"


def test_a_slip_outside_a_composite_is_reported_and_not_merged():
    result = resolve(told("Mahin", "Mahin", "Madin"))
    assert ids(result) == ["mahin", "mahin", "madin"]
    assert result.variants == (("mahin", "Madin", "Mahin"),)


def test_names_listed_together_are_no_slips():
    result = resolve([event(ref("Mahin", 10), ref("Madin", 20)), event(ref("Mahin", 200))])
    assert result.variants == ()
    assert {place.id for place in result.places} == {"mahin", "madin"}


def test_articles_and_class_words_do_not_part_a_village():
    assert len(set(groups(("Al-Hadath", "village"), "Hadath", ("Hadath", "village")))) == 1
    assert len(set(groups("Al-Qaryatayn", "Quryatayn", ("al-Karjatajn", "town")))) == 1


def test_qualifiers_and_numbers_part_places():
    names = [
        ("Tal Hazim", "hill"),
        ("Tal Hazim Al-Thalatha", "hill"),
        "Alsó-Kékes",
        "Felső-Kékes",
        ("Kékes", "village"),
        ("5. kerület", "district", {"generic": True, "part_of": "Kékes"}),
        ("3. kerület", "district", {"generic": True, "part_of": "Kékes"}),
    ]
    assert len(set(groups(*names))) == len(names)


def test_a_district_is_one_place_however_it_is_written_and_belongs_to_its_town():
    result = resolve(
        told(
            ("Mahin 5. kerülete", "district", {"part_of": "Mahin"}),
            ("5. kerület", "district", {"generic": True, "part_of": "Mahin"}),
        )
    )
    district, town = result.places
    assert ids(result) == [district.id] * 2
    assert (district.part_of, town.id, town.name) == (town.id, "mahin", "Mahin")


def test_a_hill_and_a_village_of_one_name_are_two_places_and_a_bare_name_means_the_village():
    assert groups(("Tal Hazim", "hill"), ("Hazim", "village"), "Hazim") == ["tal-hazim", "hazim", "hazim"]


def test_a_bare_name_means_the_only_place_so_called():
    assert groups(("Tal Hazim", "hill"), "Hazim") == ["tal-hazim", "tal-hazim"]


def test_a_bare_name_before_the_mountain_is_told_is_the_town():
    assert groups("Hazim", ("Tal Hazim", "hill")) == ["hazim", "tal-hazim"]
    assert groups(("Tal Hazim", "hill"), ("Hazim", "area")) == ["tal-hazim", "hazim"]


def test_a_bare_name_is_never_the_province_castle_or_airbase_that_took_its_name():
    for taken in (("Herszon Oblast", "region"), ("Palmyra Castle", "castle"), "Shayrat airbase"):
        bare = (taken if isinstance(taken, str) else taken[0]).split()[0]
        assert len(set(groups(taken, bare))) == 2
    assert len(set(groups(("Kherson", "province"), "Kherson"))) == 2
    assert len(set(groups(("Donbas", "region"), "Donbas"))) == 1
    assert len(set(groups("Euphrates", "Euphrates River"))) == 1
    assert len(set(groups("T4 airbase", "T-4"))) == 1


def test_a_hill_and_a_mountain_of_like_sound_are_two_places_and_not_taken_for_slips():
    result = resolve(told(("Tal Hazim", "peak"), ("Jabal Al-Hazzm", "peak"), ("Jabal Al-Hazzm", None)))
    assert ids(result) == ["tal-hazim", "jabal-al-hazzm", "jabal-al-hazzm"]
    assert result.variants == ()


def test_a_name_that_tells_where_it_lies_is_one_place_whatever_stands_beside_it():
    found = groups(
        ("Mahini Raktár", "depot", {"anchors": ["Sadad"]}),
        ("Mahini Raktár", "depot", {"generic": True, "anchors": ["Mahin"]}),
        ("Mahini Raktár", "depot", {"part_of": "Homs"}),
        ("Mahini Raktár", None, {}),
    )
    assert set(found) == {"mahin-depot"}
    depot = ("Mahini Raktár", "depot", {"generic": True, "anchors": ["Mahin"]})
    accounts = resolve([*told(depot, account="a"), *told("Mahini Raktár", account="b")])
    assert len(set(ids(accounts))) == 1


def test_a_road_named_for_two_towns_is_the_road_between_them():
    result = resolve(
        told(
            ("Jabal Maheen", "mountain"),
            "Mahin",
            "Al-Qaryatayn",
            ("Mahin-Quryatayn road", "road"),
            ("Quryatayn–Homs road", "road"),
        )
    )
    assert ids(result)[3:] == ["al-qaryatayn-mahin-road", "quryatayn-homs-road"]
    assert result.places[3].anchors == ("mahin", "al-qaryatayn")


def test_a_bare_name_listed_beside_the_hill_is_another_place():
    result = resolve([event(ref("Tal Hazim", 10, "hill"), ref("Hazim", 30))])
    assert len(set(ids(result))) == 2


def test_a_road_is_its_two_ends_in_either_order():
    found = groups(
        ("Palmüra és Homsz közötti főútvonal", "road", {"generic": True, "anchors": ["Palmüra", "Homsz"]}),
        ("Homs–Palmyra highway", "highway", {"generic": True, "anchors": ["Homs", "Palmyra"]}),
        ("Homs–Hama highway", "highway", {"generic": True, "anchors": ["Homs", "Hama"]}),
    )
    assert found[0] == found[1] != found[2]


def test_a_road_with_a_name_of_its_own_keeps_it():
    assert groups(("M5", "road", {"anchors": ["Homs", "Hama"]})) == ["m5"]


def test_the_airbase_at_a_town_is_the_airbase_of_its_name():
    found = groups(
        ("Shayrat airbase", "airbase"), ("airbase", "airbase", {"generic": True, "anchors": ["Shayrat"]})
    )
    assert found[0] == found[1]


def test_a_described_place_without_any_anchor_stays_in_its_account():
    depot = ("Central Depot", "depot", {"generic": True})
    result = resolve([*told(depot, account="a"), *told(depot, account="b")])
    assert len(set(ids(result))) == 2


def test_unnamed_objects_are_each_a_place():
    result = resolve([event(ref(None, 10, "hill"), ref(None, 40, "hill"), account="hu x")])
    assert ids(result) == ["unnamed-hu-x-10", "unnamed-hu-x-40"]
    assert [place.type for place in result.places] == ["hill", "hill"]


def test_only_ids_change_in_events():
    events = told(("Tal Syriatel", "hill", {"anchors": ["Mahin"]}), (None, "hill"))
    back = [
        msgspec.structs.replace(e, places=tuple(msgspec.structs.replace(p, id=None) for p in e.places))
        for e in resolve(events).events
    ]
    assert back == events


def test_known_places_keep_id_and_name_and_gain_names():
    known = Place(id="town-1", name="Maheen", names=("Maheen", "Ma'in"), type="town", lat=34.2)
    result = resolve(told("Mahin", "Ma’in", "Mahin"), [known])
    assert result.places == (msgspec.structs.replace(known, names=("Maheen", "Ma'in", "Mahin", "Ma’in")),)
    assert set(ids(result)) == {"town-1"}


def test_the_main_name_is_the_commonest_and_ties_go_to_the_first():
    (place,) = resolve(told("Maheen", "Mahin", "Mahin", "Máhín")).places
    assert (place.name, place.names) == ("Mahin", ("Maheen", "Mahin", "Máhín"))
    assert resolve(told("Maheen", "Mahin")).places[0].name == "Maheen"


def test_slugs_are_transliterated_and_never_collide():
    assert groups("Hódmezővásárhely", ("Győr", "city"), ("Győr", "castle")) == [
        "hodmezovasarhely",
        "gyor",
        "gyor-2",
    ]
    assert groups("Харків") == ["kharkiv"]


def test_places_that_lean_on_each_other_come_to_an_end():
    found = groups(
        ("depot", "depot", {"generic": True, "anchors": ["checkpoint"]}),
        ("checkpoint", "checkpoint", {"generic": True, "anchors": ["depot"]}),
    )
    assert len(set(found)) == 2


NAMES = [
    "Mahin",
    "Maheen",
    "Madin",
    "Jabal Maheen",
    "Tal Hazim",
    "Hazim",
    "Hazim-hegy",
    "Sadad",
    "Homs",
    "Homsz",
    "Al-Hadath",
]
TYPES = [None, "city", "village", "hill", "mountain", "depot", "checkpoint", "road", "district", "area"]
DESCRIBED = ["5. kerület", "Mahini Raktár", "Nagy Raktár", "Mahin–Sadad checkpoint", "depot", "castle"]
MENTIONS = st.builds(
    lambda name, kind, generic, part_of, anchors, account: (name, kind, generic, part_of, anchors, account),
    st.sampled_from([*NAMES, *DESCRIBED, None]),
    st.sampled_from(TYPES),
    st.booleans(),
    st.sampled_from([None, None, None, *NAMES]),
    st.lists(st.sampled_from(NAMES), max_size=2, unique=True),
    st.sampled_from(["a", "b"]),
)


def story(mentions):
    """Events of these mentions.  Only districts and the like, are said to be part of a town: who
    makes one bare name a part of two towns has two places that nothing but the reading order tells apart.
    """
    return [
        event(
            ref(
                name,
                50 * i,
                kind,
                generic=generic,
                part_of=part if name in DESCRIBED else None,
                anchors=anchors,
            ),
            account=account,
        )
        for i, (name, kind, generic, part, anchors, account) in enumerate(mentions)
    ]


@settings(deadline=None)
@given(st.lists(MENTIONS, max_size=14), st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(mentions, shuffler: random.Random):
    events = story(mentions)
    mixed = events[:]
    shuffler.shuffle(mixed)
    straight, other = resolve(events), resolve(mixed)
    assert straight.places == other.places
    assert straight.variants == other.variants
    assert sorted(straight.events, key=lambda e: e.id) == sorted(other.events, key=lambda e: e.id)


@settings(deadline=None)
@given(st.lists(MENTIONS, max_size=14))
def test_every_mention_has_a_place_and_ids_are_unique(mentions):
    result = resolve(story(mentions))
    listed = [place.id for place in result.places]
    assert len(listed) == len(set(listed))
    assert set(ids(result)) <= set(listed)
    for place in result.places:
        assert {place.part_of, *place.anchors} - {None} <= set(listed)
        assert place.id not in {place.part_of, *place.anchors}


NATURAL = {
    "Jabal Maheen": "mountain",
    "Tal Hazim": "hill",
    "Hazim-hegy": "mountain",
    "5. kerület": "district",
    "castle": "castle",
}
NATURAL |= {
    "Mahini Raktár": "depot",
    "Nagy Raktár": "depot",
    "depot": "depot",
    "Mahin–Sadad checkpoint": "checkpoint",
}


@settings(deadline=None, max_examples=200)
@given(st.lists(MENTIONS, max_size=14))
def test_resolving_again_with_what_is_known_changes_nothing(mentions):
    """Each name has one type here, or none: one bare name for a town and a depot leaves it to the reading order."""
    events = story([(m[0], m[1] and NATURAL.get(m[0], "city"), *m[2:]) for m in mentions])
    once = resolve(events)
    again = resolve(events, once.places)
    assert again.places == once.places
    assert again.events == once.events


def test_five_thousand_names_resolve_in_two_seconds():
    first = "Ma Sa Kar Hom Pal Tel Qas Zu Bor Lub Niv Ver Hol Fe Jeb Gor Dra Khu Shay Ib Ust Wol Ny Tri Ost Cher By Esz Alm Ha"
    middle = "hi da yata si my ri lu fo be ko stra ndo gu mpe vla tcho ze la rzu kha mbi sht ra no dy tve gla rri che pu lmo"
    last = "n d yn s ra lak vka burg meth zor fen bad grad hely stok nik tol p ya nets mir chuk sal tayn va bruck gan ov iye"
    names = ["".join(parts) for parts in product(first.split(), middle.split(), last.split())][::5][:5000]
    events = told(*names)
    start = time.process_time()
    result = resolve(events)
    assert time.process_time() - start < 4  # twice the budget: machines differ
    assert len(result.events) == len(names) == 5000
