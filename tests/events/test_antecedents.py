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
            "The rebels reached Karvol, as Associated Press said. On 3 May 2016 they took the city.",
            ["Karvol"],
        ),
    ],
)
def test_a_class_noun_means_the_last_place_of_its_class(text: str, places: list[str]):
    assert taken(text)[-1] == places


def test_a_town_that_nothing_names_stays_unnamed():
    assert taken("On 3 May 2016 the rebels captured the town.") == [[None]]
