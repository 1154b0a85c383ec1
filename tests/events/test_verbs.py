"""Verbs with their preverbs and particles, their form and voice."""

import pytest

from .opening import scene


def verbs(lang: str, text: str) -> list[tuple[str, str]]:
    """(lemma, form) of every verb that is known; participles in front of a noun are marked."""
    return [
        (
            verb.lemma,
            f"{verb.word.form}{' attributive' if verb.attributive else ''}{' passive' if verb.passive else ''}",
        )
        for verb in scene(lang, text).verbs
        if verb.lemma
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A sereg elfoglalta Knin falut.", ("elfoglal", "fin")),
        ("A sereg tegnap foglalta el Knin falut.", ("elfoglal", "fin")),
        ("A sereg el is foglalta Knin falut.", ("elfoglal", "fin")),
        ("A sereg nem foglalta el Knin falut.", ("elfoglal", "fin")),
        ("Knin falut vissza akarták foglalni.", ("visszafoglal", "inf")),
        ("Fölmentették a várat.", ("felment", "fin")),
        ("A várat elfoglalva hazamentek.", ("elfoglal", "conv")),
        ("A vár elfoglalása után hazamentek.", ("elfoglal", "vn")),
        ("A várat sikerült elfoglalniuk.", ("elfoglal", "inf")),
        ("A király átadta a várat.", ("átad", "fin")),
        ("Csak később adták fel a várat.", ("felad", "fin")),
        ("A várat bevehették.", ("bevesz", "fin")),
    ],
)
def test_preverbs_join_their_verb(text, expected):
    assert expected in verbs("hu", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A törökök által elfoglalt falut felgyújtották.", ("elfoglal", "fin attributive")),
        ("Az elfoglalt faluban a sereg megpihent.", ("elfoglal", "fin attributive")),
        ("A várat elfoglaló sereg hazatért.", ("elfoglal", "ap")),
        ("A sereg három falut elfoglalt.", ("elfoglal", "fin")),
        ("A sereg elfoglalt három falut.", ("elfoglal", "fin")),
    ],
)
def test_participles_are_told_from_past_tenses(text, expected):
    assert expected in verbs("hu", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rebels captured Argun.", ("capture", "fin")),
        ("The rebels had captured Argun.", ("capture", "fin")),
        ("The rebels did not evacuate Argun.", ("evacuate", "fin")),
        ("The rebels were besieging Argun.", ("besiege", "fin")),
        ("The rebels managed to capture Argun.", ("capture", "inf")),
        ("Argun was captured by the rebels.", ("capture", "fin passive")),
        ("Argun had been captured by the rebels.", ("capture", "fin passive")),
        ("Argun was quickly recaptured.", ("recapture", "fin passive")),
        ("The villages captured by the rebels burned.", ("capture", "pp attributive passive")),
        ("After capturing Argun, the rebels rested.", ("capture", "conv")),
        ("The rebels drove out the garrison.", ("drive out", "fin")),
        ("The rebels drove the garrison out of Argun.", ("drive out", "fin")),
        ("The army took over the town.", ("take over", "fin")),
        ("The army handed Argun over.", ("hand over", "fin")),
    ],
)
def test_groups_of_auxiliaries_say_form_and_voice(text, expected):
    assert expected in verbs("en", text)


def test_auxiliaries_are_no_verbs_of_their_own():
    assert verbs("en", "Argun would have been captured.") == [("capture", "fin passive")]


@pytest.mark.parametrize("text", ["The army might capture Argun.", "The army could hardly capture Argun."])
def test_modals_are_marked(text):
    [verb] = [verb for verb in scene("en", text).verbs if verb.lemma == "capture"]
    assert verb.modal


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "A vár körül csend volt."),
        ("hu", "A harcok szüneteltek."),
        ("en", "The force was strong."),
    ],
)
def test_nouns_that_look_like_verbs_are_none(lang, text):
    """ "vár" waits, "harcok" and "force" could be forms of verbs too."""
    assert not [lemma for lemma, _form in verbs(lang, text) if lemma in {"vár", "harcol", "force"}]
