"""Denial, failure, plan, hedge, somebody's word: what a reader must know before taking a clause as fact."""

import pytest

from .opening import code, facts, objects


def control(lang: str, text: str):
    """The events of the text that bear on control."""
    return [one for one in code(lang, text) if one.kind in {"capture", "withdrawal", "handover"}]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "A hadsereg nem foglalta el Knin falut."),
        ("hu", "A hadsereg Knin falut sem foglalta el."),
        ("hu", "A hadsereg soha nem foglalta el Knin falut."),
        ("hu", "A hadseregnek nem sikerült elfoglalnia Knin falut."),
        ("hu", "A hadsereg sikertelenül próbálta elfoglalni Knin falut."),
        ("hu", "A hadsereg képtelen volt elfoglalni Knin falut."),
        ("en", "The army did not evacuate Argun."),
        ("en", "The army never captured Argun."),
        ("en", "The army failed to capture Argun."),
        ("en", "The army was unable to capture Argun."),
        ("en", "Argun was not captured by the rebels."),
    ],
)
def test_what_is_denied_or_failed_is_no_fact(lang, text):
    assert facts(control(lang, text)) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "A hadsereg el akarta foglalni Knin falut."),
        ("hu", "A hadsereg célja Knin falu elfoglalása volt."),
        ("hu", "A király megparancsolta, hogy a sereg foglalja el Knin falut."),
        ("hu", "A hadsereg Knin falu elfoglalására készült."),
        ("hu", "A sereg Knin falu bevételére indult."),
        ("hu", "Ha a hadsereg elfoglalná Knin falut, az út szabad lenne."),
        ("hu", "A felkelők elfoglalták volna Knin falut, de eleredt az eső."),
        ("hu", "A felkelők azt tervezték, hogy elfoglalják Knin falut."),
        ("en", "The army planned to capture Argun."),
        ("en", "The army wanted to capture Argun."),
        ("en", "The army was ordered to capture Argun."),
        ("en", "The army would have captured Argun."),
        ("en", "The army tried to capture Argun."),
        ("en", "The aim of the army was the capture of Argun."),
    ],
)
def test_plans_are_no_facts(lang, text):
    assert facts(control(lang, text)) == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "A hadseregnek sikerült elfoglalnia Knin falut."),
        ("hu", "A hadsereg végre képes volt elfoglalni Knin falut."),
        ("hu", "A hadsereg visszatért, és elfoglalta Knin falut."),
        ("en", "The army managed to capture Argun."),
        ("en", "The army succeeded in capturing Argun."),
        ("en", "The army went on to capture Argun."),
    ],
)
def test_success_is_a_fact(lang, text):
    [one] = facts(control(lang, text), "capture")
    assert one.places[0].name in {"Knin", "Argun"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "A hadsereg állítólag elfoglalta Knin falut."),
        ("hu", "A hadsereg valószínűleg elfoglalta Knin falut."),
        ("en", "The army reportedly captured Argun."),
        ("en", "The army allegedly captured Argun."),
    ],
)
def test_hedges_are_flags(lang, text):
    [one] = control(lang, text)
    assert (one.hedged, one.negated, one.attributed_to) == (True, False, None)


@pytest.mark.parametrize(
    ("lang", "text", "speaker"),
    [
        ("hu", "A hadsereg szerint a felkelők feladták Knin falut.", "hadsereg"),
        ("hu", "A felkelők azt állították, hogy elfoglalták Knin falut.", "felkelők"),
        ("hu", "A kormány közölte, hogy a hadsereg bevette Knin falut.", "kormány"),
        ("en", "The rebels claimed that they had captured Argun.", "rebels"),
        ("en", "The government announced that the army had captured Argun.", "government"),
    ],
)
def test_somebodys_word_names_the_speaker(lang, text, speaker):
    [one] = control(lang, text)
    assert one.hedged
    assert not one.negated
    assert speaker in one.attributed_to.lower()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "A hadsereg tagadta, hogy a felkelők elfoglalták Knin falut."),
        ("hu", "A kormány cáfolta, hogy a hadsereg feladta Knin falut."),
        ("en", "The army denied that the rebels had captured Argun."),
    ],
)
def test_denials_deny(lang, text):
    [one] = control(lang, text)
    assert one.negated


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "A hadsereg részben elfoglalta Knin falut."),
        ("en", "The army partially captured Argun."),
        ("en", "The army captured parts of Argun."),
    ],
)
def test_partial_captures_are_facts_of_partial_extent(lang, text):
    [one] = facts(control(lang, text))
    assert {place.extent for place in one.places if place.role == "object"} == {"partial"}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "A hadsereg ismét elfoglalta Knin falut."),
        ("hu", "A hadsereg visszafoglalta Knin falut."),
        ("en", "The army recaptured Argun."),
        ("en", "The army captured Argun again."),
    ],
)
def test_again_is_said(lang, text):
    [one] = facts(control(lang, text))
    assert one.again


@pytest.mark.parametrize(
    ("lang", "text", "fact", "flagged"),
    [
        ("hu", "A hadsereg elfoglalta Knin falut, de Zsepa falut nem vette be.", "Knin", "Zsepa"),
        ("hu", "A hadsereg elfoglalta Knin falut, és állítólag bevette Zsepa falut.", "Knin", "Zsepa"),
        ("en", "The army captured Argun but failed to take Shali.", "Argun", "Shali"),
        ("en", "The army captured Argun, and it reportedly seized Shali.", "Argun", "Shali"),
    ],
)
def test_flags_stay_in_their_clause(lang, text, fact, flagged):
    found = control(lang, text)
    assert [place.name for one in facts(found) for place in one.places] == [fact]
    assert [place.name for one in found if one not in facts(found) for place in one.places] == [flagged]


@pytest.mark.parametrize(
    "text",
    [
        "The SDF advanced, with its commander claiming the SDF had captured Argun.",
        "Outlets reported from the front, with one claiming that the SDF had captured Argun.",
        "Russian sources indicated Ukrainian forces took Gudermes and held it, causing Russia to abandon Argun.",
        "The army said that it had taken Gudermes, driving the rebels out of Argun.",
    ],
)
def test_what_is_said_goes_on_being_said(text):
    assert facts(control("en", text)) == []
    assert control("en", text)


@pytest.mark.parametrize(
    "text",
    [
        "When the army took Argun, the rebels said that all was well.",
        "The army took Argun. The rebels denied the claim.",
    ],
)
def test_what_stands_beside_a_saying_is_a_fact(text):
    assert len(facts(control("en", text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The governor posted a denial of the capture of Argun.",
        "The troops had free passage to leave Argun.",
        "The residents stayed in Argun regardless of who controlled the city.",
    ],
)
def test_denials_questions_and_adjectives_are_no_events(text):
    assert facts(code("en", text), "capture", "withdrawal", "handover", "hold") == []


@pytest.mark.parametrize(
    "text",
    [
        "The residents left for fear of attacks once Argun is captured by the rebels.",
        "The rebels claimed control of Argun.",
    ],
)
def test_what_is_to_come_or_only_claimed_is_no_fact(text):
    assert facts(control("en", text)) == []


def test_a_narrative_in_the_present_is_told_as_fact():
    assert facts(control("en", "Argun is captured by the rebels on 3 May 1920, after Shali is taken."))


@pytest.mark.parametrize(
    "text",
    [
        "After the fall of Argun on 3 May 1920, attempts to push on failed.",
        "The fall of Argun on 3 May 1920 ended attempts to relieve the garrison.",
    ],
)
def test_what_fails_beside_a_capture_does_not_undo_it(text):
    assert [one.places[0].name for one in facts(control("en", text))] == ["Argun"]


@pytest.mark.parametrize(
    "text",
    [
        "The capture of Argun on 3 May 1920 failed.",
        "The capture of Argun was the goal of the operation of 3 May 1920.",
        "On 3 May 1920 they planned to attack Shali after the capture of Argun.",
        "Attempts at the capture of Argun on 3 May 1920 cost many lives.",
    ],
)
def test_a_capture_that_failed_or_was_wanted_is_none(text):
    assert facts(control("en", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Government troops have retaken the town of Argun, the government has said.",
        "The rebels captured Argun and left Shali, the Defence Ministry in Belgrade has said.",
        "Government forces had liberated Argun, the governor of the region, Ivan Karov, told reporters.",
        '"Argun has been freed by the army," the government press service said on Monday.',
        "The army took Argun, the national news agency reported late on Sunday, citing officials.",
        "The Karvol Army (KA) claims to have taken full control of Argun.",
        "The general declared Argun to be captured by the army.",
    ],
)
def test_what_a_teller_behind_says_is_their_word(text):
    told = control("en", text)
    assert told
    assert all(one.hedged and not one.negated for one in told)


@pytest.mark.parametrize(
    "text",
    [
        "The rebels captured Argun, and the army said it would come back.",
        "The rebels captured Argun, but the army claimed that it had won.",
        "The rebels, who captured Argun in May 2015, said they would stay.",
    ],
)
def test_a_teller_who_speaks_of_something_else_leaves_the_fact(text):
    assert [one.kind for one in facts(control("en", text))] == ["capture"]


def test_what_somebody_adds_is_their_word():
    text = "The ministry claimed that the army had seized Argun. It added that the army had also taken Shali."
    assert [one.hedged for one in control("en", text)] == [True, True]


@pytest.mark.parametrize(
    "text", ["In 2022 Russia annexed Argun.", "The annexation of Argun by Russia followed on 5 May 2022."]
)
def test_an_annexation_is_what_somebody_declares(text):
    assert [(one.hedged, one.negated) for one in control("en", text)] == [(True, False)]


def test_what_happened_meanwhile_is_nobodys_word():
    text = "Shali was reported to be calm, while the army recaptured Argun."
    assert [one.hedged for one in control("en", text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "The commander of the coast, Karov said, Argun was cleared by the army.",
        "The radio said the government had lost Shali, while the rebels said they had seized Argun.",
        "Fighting went on despite an announcement by the government that Argun had been captured.",
    ],
)
def test_whoever_says_it_first_is_the_source(text):
    assert all(one.hedged and not one.negated for one in control("en", text))
    assert control("en", text)


def test_what_is_close_to_being_taken_is_not():
    assert facts(control("en", "Argun is close to being conquered by the rebels.")) == []


def test_what_somebody_claims_to_have_been_able_to_do_is_their_word():
    text = "The president claimed that the army was able to extend its control over Argun."
    assert [(one.hedged, one.negated) for one in control("en", text)] == [(True, False)]


@pytest.mark.parametrize(
    "text",
    [
        "A sikertelen felmentési kísérlet után a kapitány 1552-ben feladta Knint.",
        "Az eredménytelen tárgyalások után a hadsereg 1552-ben elfoglalta Knint.",
    ],
)
def test_an_adjective_of_failing_speaks_of_its_own_noun(text):
    assert len(facts(control("hu", text))) == 1


@pytest.mark.parametrize(
    "text", ["Knin elfoglalása sikertelen maradt.", "A hadsereg hiába foglalta el Knint."]
)
def test_what_came_to_nothing_is_no_fact(text):
    assert facts(control("hu", text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Az oroszok 1759-ben két ízben eredménytelenül ostromolták Knint.", "siege"),
        ("A törökök 1602-ben hiába támadták Knint.", "attack"),
    ],
)
def test_an_attempt_that_failed_was_made(text, kind):
    assert [objects(one) for one in facts(code("hu", text), kind)] == [["Knin"]]


@pytest.mark.parametrize(
    "text",
    [
        "Knin 1605-ben harc nélkül elesett.",
        "A sereg Knin elfoglalása nélkül hazatért.",
        "Knin elfoglalása helyett Gospics alá vonult.",
    ],
)
def test_what_was_done_without_did_not_happen(text):
    assert [one.kind for one in facts(code("hu", text)) if one.kind == "clash"] == []
    assert [one for one in facts(control("hu", text)) if "elfoglalás" in one.trigger.text] == []


def test_what_but_leads_on_is_told_by_the_verb_behind():
    text = "Mátyás 1464-ben Knint megvette, de Gospicsot, noha két hónapig vívta, nem bírta elfoglalni."
    assert [objects(one) for one in facts(control("hu", text))] == [["Knin"]]


def test_a_denied_loss_is_denied():
    assert [(one.hedged, one.negated) for one in control("en", "The rebels denied losing Argun.")] == [
        (True, True)
    ]


def test_whose_word_it_is_may_stand_behind_with_a_verb_of_its_own():
    text = "The army had seized Argun, according to residents interviewed by the mission."
    assert [one.hedged for one in control("en", text)] == [True]


def test_what_is_left_undefended_is_not_left():
    text = "The rebels took Argun, which the army had left undefended."
    assert [one.kind for one in control("en", text)] == ["capture"]


def test_residents_may_tell_what_happened_to_a_town():
    assert [
        one.hedged
        for one in control("en", "Argun was quiet. Residents said the town had fallen to the rebels.")
    ] == [True]
    assert control("en", "The rebels came to Argun. Residents fled and abandoned the town.") == []
