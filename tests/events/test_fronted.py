"""What stands apart from its clause: subjects behind an opening participle, states between commas, members told first."""

from tests.events.opening import code, facts, objects


def test_subject_behind_the_comma():
    (event,) = facts(code("en", "Forced to evacuate Karvol on 4 May 1944, the Germans left."), "withdrawal")
    assert event.actor is not None
    assert event.actor.id == "germany"


def test_state_between_commas():
    (event,) = facts(code("en", "Karvol, in rebel hands since 2011, was shelled."), "hold")
    assert objects(event) == ["Karvol"]


def test_a_phrase_between_commas_that_tells_no_holding():
    assert facts(code("en", "Karvol, in rebel eyes a jewel, was shelled."), "hold") == []


def test_members_told_before_their_number():
    text = "Sarn and Karvol were among the villages captured by the rebels on 3 May 2015."
    (event,) = facts(code("en", text), "capture")
    assert objects(event) == ["Sarn", "Karvol"]
