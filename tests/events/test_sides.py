"""Who fights for whom: organisations, nationalities, definite descriptions, opponents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.events.sidetable import slug

from .opening import code, facts


def sides(lang: str, text: str, *kinds: str) -> list[tuple[str | None, str | None]]:
    """(actor, against) of every fact."""
    return [
        (one.actor.id if one.actor else None, one.against.id if one.against else None)
        for one in facts(code(lang, text), *kinds)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Syrian government", "syrian-government"),
        ("Görgei Artúr", "gorgei-artur"),
        ("  ISIL  ", "isil"),
        ("Бахмут", "side"),
        ("—", "side"),
    ],
)
def test_slugs(text, expected):
    assert slug(text) == expected


@given(st.text(max_size=30))
def test_slugs_are_stable_ascii(text):
    made = slug(text)
    assert made
    assert made.isascii()
    assert slug(made) == made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("lang", "text", "actor"),
    [
        ("hu", "2015-ben a szír hadsereg bevette Tadmor városát.", "syrian-government"),
        ("hu", "2015-ben a szír felkelők bevették Tadmor városát.", "syrian-rebels"),
        ("hu", "2015-ben az ISIL bevette Tadmor városát.", "isil"),
        ("hu", "1973-ban a szír hadsereg bevette Tadmor városát.", "syria"),
        ("hu", "1526-ban a törökök bevették Buda várát.", "ottoman"),
        ("hu", "1974-ben a törökök bevették Kyrenia városát.", "turkey"),
        ("hu", "1944-ben az oroszok bevették Debrecen városát.", "soviet-union"),
        ("hu", "1915-ben az oroszok bevették Lemberg városát.", "russia"),
        ("en", "In 2015 the Syrian army captured Tadmor.", "syrian-government"),
        ("en", "In 2015 Syrian rebels captured Tadmor.", "syrian-rebels"),
        ("en", "In 2015 ISIL captured Tadmor.", "isil"),
        ("en", "In 1526 the Turks captured Buda.", "ottoman"),
        ("en", "In 1915 the Russians captured Lemberg.", "russia"),
        ("en", "In 1944 American troops captured Metz.", "united-states"),
    ],
)
def test_words_and_year_say_the_side(lang, text, actor):
    assert [found for found, _against in sides(lang, text, "capture")] == [actor]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("hu", "2015-ben a szír hadsereg bevette Tadmor városát. Majd a hadsereg bevette Karin városát is.",
         ["syrian-government", "syrian-government"]),
        ("hu", "2015-ben az ISIL bevette Tadmor városát. A terrorszervezet később Karin városát is elfoglalta.",
         ["isil", "isil"]),
        ("en", "In 2015 the Syrian army captured Tadmor. Later the army captured Karin.",
         ["syrian-government", "syrian-government"]),
    ],
)  # fmt: skip
def test_definite_descriptions_mean_the_side_that_they_fit(lang, text, expected):
    assert [actor for actor, _against in sides(lang, text, "capture")] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", ("1915-ben az orosz csapatok az osztrákok ellen harcoltak. Az oroszok elfoglalták Lemberg városát. "
               "Az osztrákok visszafoglalták Lemberg városát. Az oroszok feladták Gorlice városát.")),
        ("en", ("In 1915 Russian troops fought the Austrians. The Russians captured Lemberg. "
               "The Austrians recaptured Lemberg. The Russians abandoned Gorlice.")),
    ],
)  # fmt: skip
def test_the_opponent_of_two_sides_is_inferred_and_marked(lang, text):
    first, second = facts(code(lang, text), "capture")
    assert (first.actor.id, second.actor.id) == ("russia", "austria")
    assert (first.against.id, second.against.id) == ("austria", "russia")
    assert first.against.inferred
    assert second.against.inferred
    assert not first.actor.inferred


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "1915-ben az oroszok elfoglalták Lemberg városát."),
        ("en", "In 1915 the Russians captured Lemberg."),
    ],
)
def test_nobody_is_inferred_where_one_side_is_named(lang, text):
    assert sides(lang, text, "capture") == [("russia", None)]


@pytest.mark.parametrize(
    ("lang", "text", "actor"),
    [
        ("hu", "1849-ben Kővágó Henrik tábornok elfoglalta Kassa városát.", "kovago-henrik"),
        ("en", "General Robert Lee took Frederick.", "robert-lee"),
    ],
)
def test_an_unknown_commander_is_a_side_of_their_own(lang, text, actor):
    assert [found for found, _against in sides(lang, text, "capture")] == [actor]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hu", "Karin városát elfoglalták."),
        ("en", "Karin was captured."),
    ],
)
def test_unknown_is_an_answer(lang, text):
    assert sides(lang, text, "capture") == [(None, None)]


def test_actors_keep_the_words_that_named_them():
    [one] = facts(code("hu", "1915-ben az orosz gyalogság elfoglalta Lemberg városát."), "capture")
    assert one.actor.text == "orosz gyalogság"
    assert (one.actor.name, one.actor.inferred) == ("Russia", False)


@pytest.mark.parametrize(
    ("lang", "text", "takers"),
    [
        # a noun or a clause of time looks back at the same change of hands
        (
            "en",
            """On 3 May 2016 the rebels captured Karvol from the army. After Karvol was captured, clashes went on.
            The capture of Karvol was a blow to the army.""",
            ["syrian-rebels", "syrian-rebels", "syrian-rebels"],
        ),
        # what follows is what was told last
        (
            "en",
            "On 3 May 1944 the Soviets captured Karvol from the Germans. Derin followed two days later.",
            ["soviet-union"] * 2,
        ),
        # commanders of the years stand for their sides
        (
            "en",
            "In January 49 BC Caesar occupied Karvol. In March Pompey took Derin.",
            ["caesarians", "pompeians"],
        ),
        (
            "hu",
            "1849. március 5-én Damjanich elfoglalta Karvolt. 1849. június 28-án Haynau bevette Derint.",
            ["hungary", "austria"],
        ),
        # allies are the friends of whoever they are named beside
        (
            "en",
            "On 3 May 2015 the Iraqi Army and its allies fought ISIL. On 5 May ISIL fled. The allied forces captured Karvol.",
            ["iraqi-government"],
        ),
    ],
)
def test_takers(lang: str, text: str, takers: list[str]):
    text = text.replace("the rebels captured", "the Syrian rebels captured", 1)
    assert [found for found, _against in sides(lang, text, "capture")] == takers


def test_a_camp_of_an_alliance_gives_the_opponent():
    text = (
        "1944. október 8-án a szovjetek elfoglalták Karvolt a németektől. 1944. október 9-én a szovjetek "
        "elfoglalták Derint a magyaroktól. 1944. október 11-én a magyarok kiürítették Szarnt."
    )
    assert sides("hu", text, "withdrawal") == [("hungary", "soviet-union")]


def test_friends_are_no_opponents():
    text = (
        "On 3 May 2022 Russian and DPR forces captured Pisky. On 4 May 2022 the DPR captured Vodiane. "
        "On 5 May 2022 Russia captured Opytne. On 6 May 2022 Ukraine answered; Ukraine fired back."
    )
    found = [one for one in facts(code("en", text), "capture") if one.against is not None]
    assert {one.against.id for one in found} <= {"ukraine"}


def test_what_is_liberated_goes_to_whom_it_belongs():
    text = (
        "In 2022 Russia captured Argun. On 5 May 2022 Ukraine liberated Gudermes. "
        "On 6 May 2022 Russia lost Shali. After the liberation of Shali, people came home."
    )
    assert [one.actor.id for one in facts(code("en", text), "capture") if one.actor] == [
        "russia", "ukraine", "ukraine",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "text", "side"),
    [
        ("hu", "2019-ben a törökök által támogatott milíciák elfoglalták Knint.", "pro-turkish"),
        ("hu", "2019-ben a damaszkuszi kormány csapatai elfoglalták Knint.", "syrian-government"),
        ("en", "In 2019 Turkish-backed militias captured Knin.", "pro-turkish"),
    ],
)
def test_whose_troops_they_are_by_backer_and_capital(lang, text, side):
    assert sides(lang, text, "capture")[0][0] == side


def test_the_capture_of_a_place_that_was_left_is_theirs_for_whom_it_was_left():
    text = (
        "On 1 October 2022 Ukrainian troops entered Vodiane and Russian troops withdrew from Vodiane. "
        "The capture of Vodiane was important."
    )
    assert [(one.kind, one.actor.id) for one in facts(code("en", text), "withdrawal", "capture")] == [
        ("capture", "ukraine"), ("withdrawal", "russia"), ("capture", "ukraine"),
    ]  # fmt: skip


def test_an_organisation_is_what_it_is_called_before_its_name():
    text = "In 2023 the paramilitary Rapid Support Forces took Nyala. The ethnic army then left Kas."
    assert [one.actor.id for one in code("en", text) if one.kind in {"capture", "withdrawal"}] == [
        "rsf",
        "rsf",
    ]


def test_the_side_that_only_gains_takes_what_falls_without_a_taker():
    text = (
        "On 3 May 1938 the Nationalists took Karvol. The Republican line broke. By 5 May Derin, Tar and Sarn had "
        "been cleared of Republican troops. The Republicans wavered. The Nationalists pressed on, and Republican troops fled. "
        "The Nationalist cavalry halted. The Italian corps occupied Elso. Vell was captured on 9 May 1938."
    )
    assert sides("en", text, "capture")[-1] == ("nationalists", "republicans")


def test_where_both_sides_gain_nobody_is_guessed():
    text = (
        "On 3 May 1938 the Nationalists took Karvol. The Republican line broke. By 5 May Derin, Tar and Sarn had "
        "been cleared of Republican troops. Then the Republicans took Mor from the Nationalists. "
        "The Nationalist cavalry halted. The Italian corps occupied Elso. Vell was captured on 9 May 1938."
    )
    assert sides("en", text, "capture")[-1] == (None, None)


def test_who_marched_last_is_not_who_took_a_fortress_that_somebody_invested():
    text = "On 3 May 1812 the French advanced to Derin. Karvol was invested. Fort Tar fell on 9 May."
    assert sides("en", text, "capture") == [(None, None)]


def test_a_known_name_is_a_commander_in_the_years_in_which_it_is_safe():
    assert sides("en", "In 1812 Wellington captured Karvol.", "capture") == [("britain", None)]


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("Vell was taken on 9 May 1900.", ("britain", "boers")),
        ("The report says that Vell was taken on 9 May 1900.", (None, None)),
    ],
)
def test_who_was_attacking_takes_what_is_taken_by_nobody_named(end, expected):
    text = (
        "On 3 May 1900 the British took Karvol from the Boers. On 4 May the Boers took Derin from the British. "
        f"On 7 May the British army marched on Tar. {end}"
    )
    got = [event for event in code("en", text) if event.kind == "capture"][-1]
    assert (got.actor and got.actor.id, got.against and got.against.id) == expected


def test_troops_are_theirs_who_is_named_behind_them():
    text = "The army held Shali. On 5 May 1995 fighters of Maskhad captured Argun."
    assert [side for side, _ in sides("en", text, "capture")] == ["maskhad"]


def test_whom_somebody_backs_is_not_who_backs():
    text = "In 2018 the Saudi-backed Yemeni government forces captured Argun."
    assert [side for side, _ in sides("en", text, "capture")] == ["yemeni-government"]


def test_troops_of_an_owner_who_is_no_phrase_are_still_the_subject():
    text = "In 1995 Russian troops left Argun. The breakaway republic's rebels retook the town of Shali."
    [*_, (side, _)] = sides("en", text, "capture")
    assert side is not None
    assert side.endswith("rebels")
