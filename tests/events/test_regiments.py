"""Whose troops are and what happens to lands: units, whoever tells, titles, countries as places, gapped passives."""

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


@pytest.mark.parametrize(
    ("text", "lands"),
    [
        ("In 1915 the Germans occupied Serbia.", ["Serbia"]),
        ("Sweden ceded Karvol, Estonia and Derin to Russia in 1721.", ["Karvol", "Estonia", "Derin"]),
        ("In 1721 Finland was restored to Sweden.", ["Finland"]),
        ("The conquest of Poland by the Germans ended on 6 October 1939.", ["Poland"]),
        ("The Germans withdrew from Greece in October 1944.", ["Greece"]),
    ],
)
def test_a_country_to_which_something_is_done_is_a_place(text, lands):
    [event] = [one for one in facts(code("en", text)) if one.kind in {"capture", "handover", "withdrawal"}]
    assert objects(event) == lands


@pytest.mark.parametrize(
    "text",
    [
        "The victories of May 1942 left Japan severely overextended.",
        "In May 1940 Germany took measures to assist Italy.",
        "Germany took Karvol in May 1940.",
        "They fled to Karvol in Germany in May 1940.",
    ],
)
def test_a_country_to_which_nothing_is_done_is_none(text):
    lands = {"Japan", "Italy", "Germany"}
    assert not [one for one in facts(code("en", text)) if lands & set(objects(one))]


def test_a_participle_between_commas_parts_subject_and_verb():
    text = "Karvol, invested in the winter of 1709, was starved into surrender on 4 July 1710."
    [event] = facts(code("en", text), "handover")
    assert objects(event) == ["Karvol"]
    assert event.date.edtf == "1710-07-04"


def test_what_is_lost_retaken_and_lost_again_is_told_three_times():
    text = "Karvol was lost on 29 July 1942, retaken by the 39th Battalion on 8 August and abandoned again on 10 August."
    found = [(one.kind, one.date.edtf) for one in facts(code("en", text))]
    assert found == [("withdrawal", "1942-07-29"), ("capture", "1942-08-08"), ("withdrawal", "1942-08-10")]


def test_what_follows_a_loss_is_no_gain_of_the_loser():
    text = "On 15 October 1899 the British abandoned Karvol. Derin followed a week later."
    [event] = facts(code("en", text), "capture")
    assert objects(event) == ["Derin"]
    assert event.actor is None or event.actor.id != "britain"


def test_several_may_follow():
    text = "Karvol was starved into surrender in 1109; Derin and Sarn followed in 1110."
    [event] = facts(code("en", text), "capture")
    assert objects(event) == ["Derin", "Sarn"]


def test_those_driven_out_lose_what_they_took():
    text = "In 1632 Karo's Swedes took Karvol, but were driven out again by the Austrians on 9 March."
    [first, second] = facts(code("en", text), "capture")
    assert first.actor is not None
    assert first.actor.id == "sweden"
    assert objects(second) == ["Karvol"]
    assert second.actor is not None
    assert second.actor.id == "austria"


def test_people_driven_out_of_nowhere_lose_nothing():
    assert not facts(code("en", "In 1632 the Swedes were driven out by the Austrians."), "capture")


def test_a_country_before_a_relative_clause_is_what_that_speaks_of():
    text = "In May 1943 the Germans withdrew from Karvol into Tunisia, which was conquered by the British."
    [event] = facts(code("en", text), "capture")
    assert objects(event) == ["Tunisia"]


def test_what_is_forced_into_exile_is_no_place():
    text = "In May 1942 the Japanese forced the government of the Karvol Commonwealth into exile."
    assert not facts(code("en", text), "capture")


def test_what_falls_years_after_an_attack_elsewhere_is_not_said_to_be_the_attackers():
    text = "In 1700 the Swedes attacked Karvol. The Russians were there. Derin yielded in 1710."
    [event] = facts(code("en", text), "handover")
    assert event.actor is None


def test_a_people_and_an_ordinal_before_troops_are_one_phrase():
    text = "Karvol surrendered to the British 7th Armoured Division on 3 May 1945. The 7th Armoured Division took Derin."
    found = facts(code("en", text), "handover", "capture")
    assert [one.actor.id if one.actor else None for one in found] == ["britain", "britain"]


def test_a_corps_numbered_in_roman_is_no_side():
    assert _side("On 3 May 1945 Karvol fell to XXX Corps.") == [(None, ["Karvol"])]


def test_a_subject_parted_from_its_verb_by_a_participle_or_where_keeps_it():
    text = "The Greeks captured Karvol on 4 July 1913 and the Romanians, meeting nobody, occupied Derin."
    assert _side(text) == [("greece", ["Karvol"]), ("romania", ["Derin"])]
    text = (
        "Karvol was stormed on 1 May 1945 and Derin, where the fighting had gone on, was cleared on the 10th."
    )
    assert [places for _side_, places in _side(text)] == [["Karvol"], ["Derin"]]


def test_the_subject_of_an_absolute_participle_is_no_object():
    text = "Karvol was carried in August 1345, and Derin yielded in November, its castle holding out until January."
    assert _side(text, "handover")[0][1] == ["Derin"]


def test_an_attack_at_a_place_acts_for_those_whose_it_is():
    text = "The Germans held Karvol in 1915. The British came. A German counter-attack at Derin recovered the town."
    [event] = facts(code("en", text), "capture")
    assert event.actor is not None
    assert event.actor.id == "germany"


def test_years_before_christ_go_on():
    text = "In 219 B.C. Hannibal took Karvol. In 216 Derin opened its gates to the Carthaginians."
    assert [one.date.edtf for one in facts(code("en", text), "capture", "handover")] == ["-0218", "-0215"]


def test_entries_of_a_chronicle_bear_their_early_year():
    text = "1345. Karvol was carried on the 24th of August.\n1346. The king took Derin by storm on the 26th of July."
    assert [one.date.edtf for one in facts(code("en", text), "capture")] == ["1345-08-24", "1346-07-26"]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("The British abandoned Karvol, and on 15 October 1899 the Boers rode in.", ["Karvol"]),
        ("The British abandoned Karvol. On 15 October 1899 the Boers entered Karvol.", ["Karvol"]),
        ("On 17 January 1945 the Russians entered Derin, which the Germans had evacuated.", ["Derin"]),
    ],
)
def test_whoever_enters_what_was_left_has_taken_it(text, taken):
    assert [one[1] for one in _side(text)] == [taken]


@pytest.mark.parametrize(
    "text",
    [
        "The Boers entered Karvol on 15 October 1899.",
        "The British abandoned Karvol, and on 15 October 1899 the Boers entered Derin.",
        "The British refused to abandon Karvol, but on 15 October 1899 the Boers rode in.",
    ],
)
def test_whoever_enters_what_nobody_left_has_not(text):
    assert not _side(text)


def test_a_participle_of_what_was_done_before_parts_a_subject_from_its_verb_too():
    text = "Holm was stormed by the Russians on 10 March 1919, and the French, having lost Karvol, left Derin on 6 April."
    [event] = [one for one in facts(code("en", text), "withdrawal") if objects(one) == ["Derin"]]
    assert event.actor is not None
    assert event.actor.id == "france"
