"""One place, left by one side and taken by another: the halves say who lost it to whom."""

import pytest

from .opening import code, facts

OTHERS = {
    "en": "On 1 April 1560 Dutch troops took Arda. On 2 April 1560 Danish troops took Belin. On 3 April 1560 the Poles took Corva.",
    "hu": "1560. április 1-jén a hollandok bevették Ardát. 1560. április 2-án a dánok bevették Belint. 1560. április 3-án a lengyelek bevették Korvát.",
}


def pairs(lang: str, text: str) -> list[tuple[str, str | None, str | None]]:
    """(kind, actor, against) of what happens to Karvol in an account of many sides."""
    told = facts(code(lang, f"{OTHERS[lang]} {text}"), "capture", "withdrawal", "handover")
    return [
        (e.kind, e.actor and e.actor.id, e.against and e.against.id)
        for e in told
        if e.places[0].name == "Karvol"
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "On 3 May 1560 the Spaniards abandoned Karvol, and the French occupied the town the next day.",
        ),
        ("en", "On 3 May 1560 the French occupied Karvol, which the Spaniards had abandoned."),
        (
            "hu",
            "1560. május 3-án a spanyolok kiürítették Karvolt, és másnap a franciák megszállták a várost.",
        ),
        ("hu", "1560. május 3-án a franciák bevonultak Karvolba, miután a spanyolok kiürítették."),
    ],
)
def test_who_came_took_it_from_who_left(lang, text):
    assert set(pairs(lang, text)) == {
        ("withdrawal", "spain", "france"),
        ("capture", "france", "spain"),
    }


def test_the_other_half_is_marked_as_inferred():
    told = facts(
        code("en", "On 3 May 1560 the Spaniards left Karvol. On 4 May 1560 the French occupied Karvol."),
        "capture",
    )
    assert [(e.actor.inferred, e.against.inferred) for e in told] == [(False, True)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 3 May 1560 the Spaniards abandoned Karvol. On 9 August 1561 the French occupied Karvol."),
        ("en", "On 3 May 1560 the French occupied Karvol. On 4 May 1560 the French abandoned Karvol."),
        (
            "hu",
            "1560. május 3-án a spanyolok kiürítették Karvolt. 1561. augusztus 9-én a franciák megszállták Karvolt.",
        ),
    ],
)
def test_what_lies_far_apart_or_is_one_sides_is_not_joined(lang, text):
    assert all(None in (actor, against) for _kind, actor, against in pairs(lang, text))


def test_a_fall_before_somebody_leaves_is_not_from_them():
    told = pairs("en", "Karvol fell on 2 May 1560. Leaving Karvol on 5 May 1560, the French marched north.")
    assert ("capture", None, "france") not in told


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "In 1942 British, American and Soviet troops fought the Germans and the Japanese. The British drew up a plan, and the Soviets and the Americans agreed. On 3 May 1942 Japanese troops captured Karvol.",
        ),
        (
            "hu",
            "1942-ben brit, amerikai és szovjet csapatok harcoltak a németekkel. A britek és a szovjetek tárgyaltak. 1942. május 3-án a japán csapatok elfoglalták Karvolt.",
        ),
    ],
)
def test_in_a_war_of_alliances_a_conqueror_does_not_take_from_whoever_is_named_most(lang, text):
    told = facts(code(lang, text), "capture")
    assert [(e.actor.id, e.against) for e in told if e.actor] == [("japan", None)]


def test_what_is_retaken_after_a_friend_left_it_is_not_the_friends():
    told = pairs(
        "en", "On 3 May 1560 the Spaniards abandoned Karvol. On 5 May 1560 the French retook Karvol."
    )
    assert ("capture", "france", "spain") not in told


def test_the_loss_of_what_was_just_captured_is_the_other_sides():
    text = "The Russians captured Karvol on 14 November 1561. Peace was made after the loss of Karvol."
    assert [e for e in pairs("en", text) if e[0] == "withdrawal"] == [("withdrawal", None, "russia")]
