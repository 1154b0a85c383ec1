"""Whom pronouns mean that are no plain dropped subject."""

import pytest

from .opening import code


def sides(lang: str, text: str, *kinds: str) -> list[tuple[str | None, str | None]]:
    """(actor, against) of what is not denied."""
    told = [event for event in code(lang, text) if event.kind in kinds and not event.negated]
    return [(event.actor and event.actor.id, event.against and event.against.id) for event in told]


def test_an_overt_pronoun_is_somebody_else_than_acted_before():
    text = "Esszad pasa 1913. április 23-án átadta Szkutarit a montenegróiaknak; ők május 14-én kivonultak onnan."
    assert [actor for actor, _ in sides("hu", text, "withdrawal")] == ["montenegro"]


def test_an_overt_pronoun_of_whom_nothing_is_told_is_nobody():
    text = "1913 áprilisában a szerbek Szkutarinál álltak. Ők május 14-én kivonultak Ardából."
    assert [actor for actor, _ in sides("hu", text, "withdrawal")] in ([], [None])


def test_a_dropped_subject_goes_on():
    text = "1913. április 23-án a szerbek bevették Szkutarit. Május 14-én kivonultak onnan."
    assert [actor for actor, _ in sides("hu", text, "withdrawal")] == ["serbia"]


def test_what_comes_into_their_hands_is_not_theirs_who_just_left():
    text = (
        "A törökök 1543. augusztus 10-én bevették Esztergomot; spanyol őrsége szabadon elvonult. "
        "Székesfehérvár szeptember 4-én került a kezükre."
    )
    assert [actor for actor, _ in sides("hu", text, "capture")] == ["ottoman", "ottoman"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Serbs took Arda on 3 May 1912. The Turks came back on 5 May 1912. Turkish troops drove them out of Belin on 9 May 1912."),
        ("hu", "A szerbek 1912. május 3-án bevették Ardát. A török csapatok 1912. május 9-én kiverték őket Belinből."),
    ],
)  # fmt: skip
def test_them_are_whoever_took_something_last(lang, text):
    gained = sides(lang, text, "capture")
    assert gained[0][0] == "serbia"
    assert gained[-1][0] == "ottoman"
    if lang == "hu":
        assert gained[-1][1] == "serbia"


def test_nobody_drives_himself_out():
    text = "The Serbs took Arda on 3 May 1912. Serbian troops drove them out of Belin on 9 May 1912."
    assert sides("en", text, "capture")[-1] == ("serbia", None)
