"""Whose troops are meant: the government's, the besiegers', those of an attack, those whom nobody names."""

import pytest

from .opening import code


def actors(lang: str, text: str, *kinds: str) -> list[str | None]:
    """The actor of everything that is not denied, hearsay included."""
    told = [event for event in code(lang, text) if event.kind in kinds and not event.negated]
    return [event.actor and event.actor.id for event in told]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "In 2015 the Houthis took Arda, and Saudi jets bombed it. Government forces captured Belin on 3 June 2015.", "government"),
        ("hu", "2015-ben a húszik bevették Ardát, a szaúdi gépek bombázták. A kormányerők 2015. június 3-án elfoglalták Belint.", "government"),
        ("hu", "2015-ben a húszik bevették Ardát, a szaúdi gépek bombázták. A kormánypárti csapatok 2015. június 3-án elfoglalták Belint.", "government"),
        ("en", "In 2015 the Syrian army left Arda. Government forces captured Belin on 3 June 2015.", "syrian-government"),
        ("hu", "2015-ben a szír hadsereg kivonult Ardából. A kormányerők 2015. június 3-án elfoglalták Belint.", "syrian-government"),
    ],
)  # fmt: skip
def test_a_government_is_not_an_ally_from_abroad(lang, text, expected):
    assert actors(lang, text, "capture")[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1945. február 3-án a szovjet ellentámadás kiszorította a németeket Adonyból.", "soviet-union"),
        ("1945. február 3-án a szovjetek ellentámadása kiszorította a németeket Adonyból.", "soviet-union"),
        ("1945. február 3-án a német roham visszafoglalta Adonyt.", "germany"),
    ],
)
def test_whose_attack_it_was_took_what_it_took(text, expected):
    assert expected in actors("hu", text, "capture")


def test_an_attack_without_an_owner_says_nobody():
    told = actors(
        "hu", "A románok védték Adonyt. 1945. február 3-án az ellentámadás visszafoglalta Adonyt.", "capture"
    )
    assert "germany" not in told


def test_what_had_to_be_done_leaves_out_who_did_it():
    text = "A románok 1916. szeptember 1-jén bevették Ardát. Orsovát szeptember 4-én ki kellett üríteni."
    assert actors("hu", text, "withdrawal") == [None]


@pytest.mark.parametrize(
    "text",
    [
        "1594 tavaszán a németek megostromolták Ardát. A következő hónapok csendben teltek. Az aratás jó volt. Eső is esett. Győrt 1594 szeptemberében feladták az ostromlóknak.",
    ],
)
def test_who_besieged_another_place_long_before_is_not_the_besieger(text):
    assert "germany" not in actors("hu", text, "handover", "capture")


@pytest.mark.parametrize("word", ["honvédsereg", "honvédcsapatok"])
def test_a_nation_inside_a_word_says_whose_troops_they_are(word):
    ending = "k" if word.endswith("ok") else ""
    verb = "foglalták" if ending else "foglalta"
    told = actors("hu", f"1849. május 21-én a {word} {verb} el Budát.", "capture")
    assert told == ["hungary"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1641 the Portuguese took Arda. The Dutch also gave up Belin on 3 May 1641.", "netherlands"),
        ("In 1641 the Portuguese took Arda. The Turks soon left Belin on 3 May 1641.", "ottoman"),
    ],
)
def test_a_people_may_have_an_adverb_behind_it(text, expected):
    assert actors("en", text, "withdrawal") == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Russian forces attacked in 2024. Kyiv's troops left Arda on 17 February 2024.", "ukraine"),
        ("en", "Ukrainian forces fought on. On 17 February 2024 Moscow said it had captured Arda.", "russia"),
        ("en", "Ukrainian forces fought on. On 17 February 2024 the Russians said that they had captured Arda.", "russia"),
        ("hu", "Az ukránok tovább harcoltak. Moszkva 2024. február 17-én bejelentette, hogy erői elfoglalták Ardát.", "russia"),
        ("hu", "Az oroszok támadtak. Az ukrán hadsereg 2024. február 17-én közölte, hogy csapatai kivonultak Ardából.", "ukraine"),
    ],
)  # fmt: skip
def test_a_capital_is_its_land_and_who_says_something_did_it(lang, text, expected):
    assert actors(lang, text, "capture", "withdrawal") == [expected]


def test_a_passive_says_nothing_of_the_speaker():
    told = actors(
        "en", "On 17 February 2024 Moscow said it had been captured at Arda by the rebels.", "capture"
    )
    assert "russia" not in told


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "UNITA rebels took Arda in 1993. FAA soldiers retook Belin in March 1994.", "faa"),
        ("en", "In 1637 the Dutch West India Company took Arda from the Portuguese.", "netherlands"),
        ("hu", "1637-ben a Holland Nyugat-indiai Társaság elfoglalta Ardát a portugáloktól.", "netherlands"),
        ("en", "In 1993 the UNITA rebels took Arda. The insurgents captured Belin in March 1994, and Savimbi's men left.", "unita"),
        ("hu", "1993-ban az UNITA lázadói elfoglalták Ardát. A felkelők 1994 márciusában bevették Belint, Savimbi emberei pedig elvonultak.", "unita"),
    ],
)  # fmt: skip
def test_bodies_that_no_people_stand_behind(lang, text, expected):
    assert actors(lang, text, "capture")[-1] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The National Liberation Army (NLA) took Arda in June 2001. Macedonian forces shelled it. The NLA took Belin. The rebels took Corva."),
        ("hu", "A Nemzeti Felszabadító Hadsereg (NLA) 2001 júniusában bevette Ardát. A macedón erők lőtték. Az NLA bevette Belint. A felkelők elfoglalták Korvát. A falvakat az NLA-tól a macedón hadsereg vette vissza."),
    ],
)  # fmt: skip
def test_an_army_with_a_short_name_in_brackets_is_a_side_of_its_own(lang, text):
    told = actors(lang, text, "capture")
    assert len(set(told[:3])) == 1
    assert told[0] not in {None, "macedonia", "government", "rebels"}


def lost(lang: str, text: str) -> list[tuple[str | None, str | None, bool]]:
    """(who leaves, to whom, whether it is denied) of every withdrawal."""
    told = [event for event in code(lang, text) if event.kind == "withdrawal"]
    return [(e.actor and e.actor.id, e.against and e.against.id, e.negated) for e in told]


OTHERS = {
    "en": "On 1 April 1560 Dutch troops took Arda. On 2 April 1560 Danish troops took Belin. ",
    "hu": "1560. április 1-jén a hollandok bevették Ardát. 1560. április 2-án a dánok bevették Belint. ",
}


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 3 May 1560 the Spaniards forced the French to evacuate Karvol."),
        ("en", "On 3 May 1560 the French were forced by the Spaniards to abandon Karvol."),
        ("en", "On 3 May 1560 the Spaniards won the day, forcing the French to evacuate Karvol."),
        ("en", "On 3 May 1560 a Spanish counter-attack forced the French to pull out of Karvol."),
        ("hu", "1560. május 3-án a spanyolok Karvol kiürítésére kényszerítették a franciákat."),
        ("hu", "1560. május 3-án a spanyolok arra kényszerítették a franciákat, hogy kiürítsék Karvolt."),
    ],
)
def test_who_forces_somebody_out_gains_by_it(lang, text):
    assert lost(lang, OTHERS[lang] + text) == [("france", "spain", False)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 3 May 1560 the French were forced to abandon Karvol."),
        ("hu", "1560. május 3-án a franciák kénytelenek voltak feladni Karvolt."),
    ],
)
def test_who_forced_them_is_not_made_up(lang, text):
    assert lost(lang, OTHERS[lang] + text) == [("france", None, False)]


def test_who_did_not_force_anybody_did_not():
    text = "1560. május 3-án a spanyolok nem kényszerítették Karvol kiürítésére a franciákat."
    assert all(denied for _who, _whom, denied in lost("hu", OTHERS["hu"] + text))


def test_who_is_besieged_did_not_besiege():
    text = "In 1814 the Prussians advanced. Davout, besieged in Karvol, surrendered the city on 27 May 1814."
    told = [event for event in code("en", text) if event.kind == "handover"]
    assert [event.actor and event.actor.id for event in told] != ["france"]


def test_who_acts_together_is_not_the_others_loser():
    text = (
        "A force of Russians, Japanese and British took Arda on 14 July 1900. The Russians seized Belin on 20 July 1900. "
        "The British took Corva on 22 July 1900."
    )
    told = [event for event in code("en", text) if event.kind == "capture"]
    assert [event.against for event in told] == [None, None, None]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Huthis took Arda in March 2020. The separatists of the Southern Transitional Council took Belin in June 2020."),
        ("hu", "A húszik 2020 márciusában elfoglalták Ardát. A törökök 2020 júniusában bevették Belint."),
    ],
)  # fmt: skip
def test_two_who_are_named_in_passing_are_not_each_others_enemies(lang, text):
    told = [event for event in code(lang, text) if event.kind == "capture"]
    assert [event.against for event in told] == [None, None]


def test_nobody_goes_on_after_a_unit_whose_side_is_not_told():
    text = "The Huthis took Arda in March 2020. The 1st Brigade retook Belin in May 2020. It abandoned Belin in June 2020."
    assert actors("en", text, "withdrawal") in ([], [None])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Ukrainians dug in. The mercenaries of Prigozhin took Arda on 12 February 2023."),
        ("hu", "Az ukránok beásták magukat. Prigozsin zsoldosai 2023. február 12-én elfoglalták Ardát."),
    ],
)
def test_a_commanders_men_are_the_commanders(lang, text):
    assert actors(lang, text, "capture") == ["wagner"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The Serbs handed Arda over to French peacekeepers on 3 May 1995.", "un"),
        ("hu", "A szerbek 1995. május 3-án átadták Ardát a békefenntartóknak.", "un"),
        (
            "hu",
            "2021-ben a tálibok támadtak. Arda 2021. május 3-án a szélsőségesek kezére jutott.",
            "taliban",
        ),
        ("hu", "Szafed 1266 júliusában a templomosok kezére jutott.", "templars"),
    ],
)
def test_words_for_troops_of_many_ages(lang, text, expected):
    assert actors(lang, text, "capture", "handover") == [expected]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 7 June 1808 French troops took Arda. The junta's army captured Belin on 23 August 1808. The French army took Corva."),
        ("hu", "1808. június 7-én a francia csapatok bevették Ardát. A junta serege 1808. augusztus 23-án bevonult Belinbe. A francia hadsereg bevette Korvát."),
    ],
)  # fmt: skip
def test_a_juntas_army_is_not_the_armys_that_was_told_before(lang, text):
    assert actors(lang, text, "capture")[1] == "government"


def test_troops_of_an_unknown_name_are_not_whoever_acted_before():
    text = "The junta's army left Arda in January 2024. Kachin fighters captured Belin in March 2024."
    assert actors("en", text, "capture") == [None]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The Front for the Liberation of Karelia (FLK) took Arda in 2024. Government soldiers left Belin. The Front captured Corva in May 2024.", "front-for-the-liberation-of-karelia"),
        ("hu", "A Karéliai Felszabadítási Front (KFF) 2024-ben elfoglalta Ardát. A kormány katonái kivonultak Belinből. A Front 2024 májusában bevette Korvát.", "kareliai-felszabaditasi-front"),
    ],
)  # fmt: skip
def test_a_body_may_be_called_by_its_head(lang, text, expected):
    assert actors(lang, text, "capture")[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karvol was occupied by the rebels' fighters on 3 May 1560.", "rebels"),
        ("On 3 May 1560 the government's forces captured Karvol.", "government"),
    ],
)
def test_troops_owned_by_a_noun_act_as_any(text, expected):
    assert actors("en", text, "capture") == [expected]
