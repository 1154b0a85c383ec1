"""Hungarian: happenings told by nouns, and phrases that only stand beside one another."""

import pytest

from .opening import code, facts, objects


def told(text: str) -> list[tuple[str, list[str | None], str | None]]:
    return [
        (one.kind, objects(one), one.date.edtf) for one in facts(code("hu", text), "capture", "withdrawal")
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        # a date between a place and what happened to it is the happening's
        ("Karvol 1686. szeptember 2-i bevétele után a hadak elvonultak.", ("capture", ["Karvol"], "1686-09-02")),
        ("Sarn, Derin és Karvol 1944-es felszabadítása óta a front áll.", ("capture", ["Karvol", "Derin", "Sarn"], "1944")),
        ("1995. május 3-án a védők Karvolt feladták.", ("withdrawal", ["Karvol"], "1995-05-03")),
    ],
)  # fmt: skip
def test_a_date_inside_a_happening(text: str, last: tuple[str, list[str | None], str]):
    assert told(text)[-1] == last


def test_an_inflected_name_takes_no_class_noun_behind_it():
    [event] = facts(code("hu", "Az oroszok Karvolnál hidat foglaltak el."), "capture")
    assert "Karvol híd" not in objects(event)


@pytest.mark.parametrize(
    ("text", "objects_found"),
    [
        ("Karvolt a törökök bévevék.", ["Karvol"]),
        ("A törökök bévették Karvolt.", ["Karvol"]),
        ("A törökök csellel vették bé Karvolt.", ["Karvol"]),
    ],
)
def test_preverbs_in_their_old_shape(text: str, objects_found: list[str]):
    assert [objects(one) for one in facts(code("hu", text), "capture")] == [objects_found]


def test_a_plural_without_a_subject_gives_up_what_somebody_had():
    assert told("1849. május 5-én Karvolt feladták.") == [("withdrawal", ["Karvol"], "1849-05-05")]
    assert told("1849. május 5-én elhagyták Karvolt.") == []  # travellers may


def test_the_object_of_the_verb_right_before_is_the_next_ones_too():
    text = "A szerbek Versecet elhagyták, Karvol várát a honvédek 1848. május 5-én megrohanták és bevették."
    assert told(text)[-1] == ("capture", ["Karvol vára"], "1848-05-05")


def test_people_of_a_town_hand_it_over():
    text = "Karvol polgárai 1703. május 5-én a várost átadták a törököknek."
    assert [objects(one) for one in facts(code("hu", text), "handover")] == [["Karvol"]]
    assert facts(code("hu", "Karvol polgárai 1703-ban a kulcsokat átadták a törököknek."), "handover") == []


def test_a_foreign_link_inside_a_name():
    assert told("A Col di Karvol 1916. május 5-én olasz kézre jutott.")[0][1] == ["Col di Karvol"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A németek 1944. május 5-én kivonultak Karvolból és Derinről.", ["Karvol", "Derin"]),
        (
            "A németek 1944. május 5-én Sarnról, Karvolból és Derinről is kivonultak.",
            ["Sarn", "Karvol", "Derin"],
        ),
        ("A németek 1944. május 5-én Karvolból Derinre vonultak vissza.", ["Karvol"]),
        ("Az oroszok 1944. május 5-én bevonultak Karvolba és Derinre.", ["Karvol", "Derin"]),
        ("Az oroszok 1944. május 5-én kiszorították a németeket Karvolból és Derinről.", ["Karvol", "Derin"]),
    ],
)
def test_towns_of_one_list_stand_in_different_cases(text: str, names: list[str]):
    assert told(text)[-1][1] == names


def test_whoever_acted_before_is_driven_out():
    text = "Az oroszok 1944. május 5-én bevették Karvolt, de a németek másnap kiszorították Derinből."
    assert [one.actor.id for one in facts(code("hu", text), "capture") if one.actor] == [
        "soviet-union",
        "germany",
    ]
    other = "Az oroszok 1944. május 5-én támadtak, a németek másnap kiverték a kutyát Derinből."
    assert told(other) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # people of another place do not make a fall theirs
        ("Sarn lakói ünnepeltek; Karvol 1945. január 28-án szabadult fel.", ["Karvol"]),
        # the garrison in a place gives it up
        ("A helyőrség Karvolban 1982. május 28-án letette a fegyvert.", ["Karvol"]),
        # what ends like a case before a title does not
        ("Karvolt Rommel tábornok 1942. május 28-án bevette.", ["Karvol"]),
    ],
)
def test_whose_place_it_is(text: str, names: list[str]):
    assert told(text)[-1][1] == names


def test_soldiers_who_surrender_are_no_place():
    text = "Az ukránok 2015. május 3-án feladták Karvolt, kétezer katona letette a fegyvert."
    assert [kind for kind, _names, _date in told(text)] == ["withdrawal"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Karvol vára sokat szenvedett. 1543-ban a törökök foglalták el.", ("capture", ["Karvol vára"], "1543")),
        ("Karvol vára 1600-ban épült. 1687-ben felszabadult.", ("capture", ["Karvol vára"], "1687")),
        ("Karvol várát 1544-ben szállta meg a török. 1598-ban a magyarok vették vissza. 1687-ben felszabadult.", ("capture", [None], "1687")),
        ("Karvol vára fontos erősség volt. 1543-ban adták fel.", ("withdrawal", ["Karvol vára"], "1543")),
    ],
)  # fmt: skip
def test_what_the_sentence_before_was_about(text: str, last: tuple[str, list[str | None], str]):
    kind, names, date = told(text)[-1]
    assert (kind, date) == (last[0], last[2])
    assert names == last[1] or names == ["Karvol vára"]


@pytest.mark.parametrize(
    "text",
    [
        "Karvol vára sokat szenvedett. 1543-ban a törökök foglyokat ejtettek.",
        "Karvol vára sokat szenvedett. A kapitány 1543-ban elesett.",
        "Szondi Karvol várában harcolt. 1543-ban elesett.",
        "Karvol vára és Derin vára sokat szenvedett. 1543-ban a törökök foglalták el.",
        "Karvol vára sokat szenvedett. A zászló 1543-ban török kézre jutott.",
    ],
)
def test_nothing_is_carried_over_where_something_else_is_meant(text: str):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Karvol 1945-ös szovjet kézre kerülése után a front megállt.", "soviet-union"),
        ("Karvol török kézre kerülése megrémítette a falvakat.", "turkey"),
    ],
)
def test_passing_into_hands_as_a_noun(text: str, actor: str):
    [event] = facts(code("hu", text), "capture")
    assert (objects(event), event.actor and event.actor.id) == (["Karvol"], actor)


def test_countries_are_taken_and_left_as_land():
    assert told("A németek 1941-ben elfoglalták Jugoszláviát és Görögországot.")[0][1] == [
        "Jugoszlávia",
        "Görögország",
    ]
    assert told("A szovjetek 1989-ben kivonultak Afganisztánból.") == [
        ("withdrawal", ["Afganisztán"], "1989")
    ]
    assert told("Kossuth 1849-ben elhagyta Magyarországot.") == []


def test_whose_lord_falls():
    assert told("Karvol ura 1567. február 5-én elesett.") == []


def test_a_building_handed_over_is_no_change_of_hands():
    assert facts(code("hu", "Karvol vára ma múzeum. A városnak 1990-ben adták át."), "handover") == []


def test_a_battle_called_after_a_place_that_the_account_names():
    text = "A tordai csatában a magyarok kitartottak; Tordát 1944. október 4-én adták fel."
    [clash] = facts(code("hu", text), "clash")
    assert [(place.role, place.name) for place in clash.places] == [("near", "Torda")]
    [unplaced] = facts(code("hu", "A véres csatában sokan elestek."), "clash")
    assert unplaced.places == ()


def test_they_are_driven_out_of_what_they_took():
    text = "Az oroszok 1915. május 3-án bevették Karvolt, de a németek május 5-én kiverték őket."
    assert told(text)[-1] == ("capture", ["Karvol"], "1915-05-05")
    assert told("A németek 1915. május 5-én kiverték őket.") == []


def test_a_town_history_goes_on_about_its_town():
    text = (
        "Karvol kis falu. A török 1544-ben szállta meg a falut, s a palánkot is elfoglalta. "
        "1593-ban a felmentő sereg visszavette, de tíz évvel később ismét elveszett. "
        "1683-ban a lengyelek szabadították fel."
    )
    assert [(names, date) for _kind, names, date in told(text)][-1] == (["Karvol"], "1683")
