"""Which place "the town" and its like mean."""

import pytest

from .opening import code, facts, objects


def taken(text: str) -> list[list[str | None]]:
    return [objects(one) for one in facts(code("en", text), "capture", "withdrawal")]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The rebels attacked the town of Karvol. On 3 May 2016 they captured the town.", ["Karvol"]),
        ("The town of Karvol lies near Mount Derin. On 3 May 2016 the rebels captured the town.", ["Karvol"]),
        (
            "The army sent men from the city of Derin to Karvol. On 3 May 2016 it took the city of Sarn. It left the city.",
            ["Sarn"],
        ),
        (
            "The army failed to capture Karvol and encircled the town. It was captured by the army on 3 May 2016.",
            ["Karvol"],
        ),
        (
            "The rebels took the Karvol airbase on 3 May 2016. The next day they lost the eastern part.",
            ["Karvol airbase"],
        ),
        ("On 3 May 2016 the rebels captured Karvol, before retreating to Derin.", ["Karvol"]),
        (
            "The rebels reached Karvol, as Associated Press said. On 3 May 2016 they took the city.",
            ["Karvol"],
        ),
    ],
)
def test_a_class_noun_means_the_last_place_of_its_class(text: str, places: list[str]):
    assert taken(text)[-1] == places


def test_a_town_that_nothing_names_stays_unnamed():
    assert taken("On 3 May 2016 the rebels captured the town.") == [[None]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army stormed the depot in Karvol, which fell on 5 May 2016.", ["Karvol depot"]),
        ("There was fighting in Karvol, which fell on 5 May 2016.", ["Karvol"]),
    ],
)
def test_a_relative_clause_speaks_of_what_stands_in_a_place(text, expected):
    assert objects(facts(code("en", text), "capture")[-1]) == expected


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "On 14 March 2016 the army attacked Sarmin. The town lies east of Idlib city. On 21 March it fell.",
            ["Sarmin"],
        ),
        (
            (
                "On 14 March 2016 the army took Sarmin. The town lies east of Idlib city. The army took Binnish. "
                "On 23 March the rebels retook both towns."
            ),
            ["Sarmin", "Binnish"],
        ),
    ],
)
def test_what_only_locates_in_a_sentence_without_events_is_no_topic(text: str, places: list[str]):
    assert taken(text)[-1] == places


def test_a_fortress_across_the_river_is_that_of_the_town():
    text = "1241-ben a tatárok elfoglalták Karvol városát. A Dunán átkelve bevették Esztergomot, majd a fellegvárat is."
    [*_, last] = facts(code("hu", text), "capture")
    assert any(place.name == "Esztergom" for place in last.places)
    assert not any(place.name == "Karvol" for place in last.places)
