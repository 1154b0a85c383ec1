"""Who acts where the sentence leaves it out."""

import pytest

from .opening import code, facts


def takers(lang: str, text: str) -> list[str | None]:
    return [one.actor and one.actor.id for one in facts(code(lang, text), "capture", "withdrawal")]


@pytest.mark.parametrize(
    ("lang", "text", "sides"),
    [
        ("en", "The police retreated due to an advance by ISIL forces which captured Karvol.", ["isil"]),
        ("en", "The SDF advanced on 3 May 2016. They captured Karvol.", ["sdf"]),
        ("en", "The SDF advanced, capturing Karvol after ISIL had withdrawn from Derin.", ["sdf", "isil"]),
        ("en", "Caesar crossed the Tolm and occupied Karvol. He then took Derin.", ["caesar", "caesar"]),
        ("hu", "A szerbek 1991-ben támadást indítottak, majd elfoglalták Karvolt.", ["serbia"]),
    ],
)
def test_a_dropped_subject_is_the_one_before(lang: str, text: str, sides: list[str]):
    assert takers(lang, text) == sides


def test_nobody_is_guessed_for_a_passive():
    assert takers("en", "Karvol was captured on 3 May 2016.") == [None]
