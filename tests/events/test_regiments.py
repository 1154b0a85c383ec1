"""Whose troops are: numbered units, whoever tells, whose attack it was, titles of several words."""

import pytest
from tests.events.opening import code, facts, objects


def _side(text: str, kind: str = "capture") -> list[tuple[str | None, list[str | None]]]:
    found = facts(code("en", text), kind)
    return [(one.actor.id if one.actor else None, objects(one)) for one in found]


@pytest.mark.parametrize("unit", ["3rd Division", "8th West Yorks", "54th Karvolians"])
def test_a_numbered_unit_is_not_whoever_acted_before(unit):
    told = "On 3 May 1915 the Germans attacked Sarn. "
    assert _side(f"{told}The {unit} captured Derin.") == [(None, ["Derin"])]
    assert _side(f"{told}Derin was captured by the {unit} on the 5th.") == [(None, ["Derin"])]


def test_an_ordinal_before_a_class_noun_is_no_unit():
    [event] = facts(code("en", "On 3 May 1915 the Germans took the 5th Karvol district."), "capture")
    assert event.actor is not None
    assert event.actor.id == "germany"


def test_a_people_before_the_own_name_of_troops_says_whose_they_are():
    text = "On 23 January 1942 Derin fell to the Japanese Karvol Seas Force."
    assert _side(text) == [("japan", ["Derin"])]


def test_whoever_tells_is_not_whoever_acted_before():
    text = "On 3 May 1915 the Germans took Sarn. We captured Karvol and then took Derin. Our men took Holm."
    assert _side(text) == [("germany", ["Sarn"]), (None, ["Karvol"]), (None, ["Derin"]), (None, ["Holm"])]


def test_an_attack_acts_for_those_whose_it_is():
    text = "The Germans held Karvol on 3 May 1915. The British came. A German counter-attack that evening recovered Derin."
    assert _side(text) == [("germany", ["Derin"])]


def test_a_title_of_several_words_keeps_its_preposition():
    assert _side("On 3 May 1704 Karvol surrendered to Field Marshal Derino.", "handover") == [
        ("derino", ["Karvol"])
    ]


def test_a_fort_may_bear_the_name_of_an_organisation():
    text = "Fort Wagner was not evacuated until 7 September 1863."
    assert _side(text, "withdrawal") == [(None, ["Fort Wagner"])]


def test_a_subject_parted_from_its_verb_by_a_relative_clause_keeps_it():
    text = "Karvol opened its gates on 12 August 1710 and Derin, whose garrison had fled, capitulated on 29 September."
    assert [places for _side_, places in _side(text, "handover")] == [["Karvol"], ["Derin"]]


def test_what_a_pronoun_took_is_the_antecedent():
    text = "On 9 May 1863 the army drove the rebels out of Karvol, which it occupied on 12 May."
    assert [places for _side_, places in _side(text)] == [["Karvol"], ["Karvol"]]


def test_troops_that_enter_and_leave_are_the_same():
    text = "The army entered Karvol on 14 May 1863, and left it two days later."
    assert [places for _side_, places in _side(text, "withdrawal")] == [["Karvol"]]


def test_what_falls_years_later_is_no_retelling():
    text = "In 1097 the Fatimids took Karvol from the Turks. Karvol was carried on 15 July 1199."
    [first, second] = facts(code("en", text), "capture")
    assert first.actor is not None
    assert first.actor.id == "fatimids"
    assert second.actor is None or second.actor.id != "fatimids"
