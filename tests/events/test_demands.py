"""What a frame demands before it announces anything."""

from tests.events.opening import code, facts


def test_a_noun_that_needs_a_place_says_nothing_without_one():
    assert facts(code("en", "The reduction of taxes was announced in Karvol."), "capture") == []


def test_an_owner_that_is_a_place_holds_nothing():
    (held,) = facts(code("en", "The rebels were in full control of Karvol on 5 May 2012."), "hold")
    assert held.actor is not None
    assert held.actor.id == "rebels"


def test_an_idle_word_right_behind_the_verb():
    assert facts(code("en", "Karvol fell silent on 5 May 1920."), "capture") == []
    assert facts(code("en", "The town of Karvol was carried away by the flood."), "capture") == []
