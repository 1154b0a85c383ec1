"""Hungarian: who does it and to what, where words are left out or only describe."""

import pytest

from .opening import code, facts, objects

DAY = "1995. május 3-án"


def told(text: str) -> list[tuple[str, str | None, list[str | None]]]:
    return [
        (one.kind, one.actor.id if one.actor is not None else None, objects(one))
        for one in facts(code("hu", text), "capture", "withdrawal")
    ]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        # a definite verb without an object takes up the one place that changed hands just before
        (f"Az oroszok {DAY} bevették Karvolt. Másnap az ukránok visszafoglalták.", ("capture", "ukraine", ["Karvol"])),
        (f"{DAY} Karvolt csaknem elérték az oroszok, de az ukránok másnap feladták.", ("withdrawal", "ukraine", ["Karvol"])),
        # a nationality between a place and what was done to it
        (f"Karvol horvát visszafoglalása után {DAY} a lakosság elmenekült.", ("capture", "croatia", ["Karvol"])),
        # a definite past that only describes the troops behind it
        (f"Karvolt {DAY} a Derin tábornok vezette horvát csapatok foglalták el.", ("capture", "croatia", ["Karvol"])),
        # who says it did it
        (f"{DAY} az oroszok támadtak. Az ukrán védelmi minisztérium közölte, hogy csapatait kivonta Karvolból.", None),
        # the people, not the land they live in; the body, not whoever acted last
        (f"A szíriai kurd harcosok {DAY} bevették Karvolt.", ("capture", "kurds", ["Karvol"])),
        (f"Az oroszok támadtak. Az ENSZ-csapatok {DAY} bevették Karvolt.", ("capture", "un", ["Karvol"])),
        (f"Az oroszok támadtak. A Derin-hadtest {DAY} bevette Karvolt.", ("capture", None, ["Karvol"])),
        (f"Az 1. Ukrán Front csapatai {DAY} bevették Karvolt.", ("capture", "soviet-union", ["Karvol"])),
        # a hyphen with spaces parts clauses as a dash does
        (f"Az oroszok {DAY} hagyták el Karvolt - két nappal korábban Sojgu elindult.", ("withdrawal", "russia", ["Karvol"])),
        # a failure told in the clause behind
        (f"Az olaszok {DAY} elfoglalták Karvolt, Derinnél meghiúsult a támadásuk.", ("capture", "italy", ["Karvol"])),
    ],
)  # fmt: skip
def test_what_a_sentence_leaves_to_the_reader(
    text: str, last: tuple[str, str | None, list[str | None]] | None
):
    if last is None:
        [event] = [one for one in code("hu", text) if one.kind == "withdrawal"]
        assert (event.actor.id if event.actor else None, event.hedged) == ("ukraine", True)
    else:
        assert told(text)[-1] == last


@pytest.mark.parametrize(
    "text",
    [
        f"Az oroszok {DAY} bevették Karvolt. Másnap az ukránok elfoglaltak húsz foglyot.",
        f"Az oroszok {DAY} bevették Karvolt. Másnap az ukránok megszerezték a zászlót.",
        f"Az oroszok {DAY} bevették Karvolt és Derint. Másnap az ukránok visszafoglalták.",
    ],
)
def test_no_object_is_made_up(text: str):
    assert [places for _kind, _actor, places in told(text)][1:] == []


def test_surrounded_troops_are_no_besieged_place():
    assert not [
        one
        for one in code("hu", f"A Karvol térségében bekerített III. hadtest {DAY} kitörést kísérelt meg.")
        if one.kind == "siege"
    ]


def test_a_vowel_that_may_be_the_names_own():
    assert told(f"A hadsereg {DAY} bevette Karót.")[0][2] == ["Karó"]
    assert told(f"Vukovo nagy falu. A hadsereg {DAY} bevette Vukovót.")[0][2] == ["Vukovo"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (f"Karvol elfoglalása az oroszok által {DAY}.", ("capture", "russia", ["Karvol"])),
        (f"Karvol kiürítése az ukrán hadsereg részéről {DAY}.", ("withdrawal", "ukraine", ["Karvol"])),
        (f"{DAY} Karvol elesett, 5-én Derin és Sarn.", ("capture", None, ["Derin", "Sarn"])),
        (
            f"Karvolt az oroszok {DAY} foglalták el, de két hét múlva ki kellett üríteniük.",
            ("withdrawal", "russia", ["Karvol"]),
        ),
        (
            "A háború 2023. április 15-én tört ki, amikor az RSF támadott. Még aznap elfoglalták Karvolt.",
            ("capture", "rsf", ["Karvol"]),
        ),
        (f"{DAY} az oroszok bevették Kecskemétet. Kecskemét fontos.", ("capture", "russia", ["Kecskemét"])),
    ],
)
def test_agents_lists_and_needs(text: str, last: tuple[str, str | None, list[str | None]]):
    kind, actor, places = told(text)[-1]
    assert (kind, places) == (last[0], last[2])
    assert last[1] is None or actor == last[1]


@pytest.mark.parametrize(
    "text",
    [
        f"A zászlóalj {DAY} Karvolnál foglalt állást.",
        f"Karvol {DAY} még tartotta magát.",
        f"{DAY} parancs jött: kiürítjük Karvolt.",
        f"{DAY} attól tartottak, hogy ki kell üríteniük Karvolt.",
        f"Az oroszok {DAY} elfoglalták Derint, a harc nélkül nem adták fel.",
    ],
)
def test_no_taking_and_no_leaving(text: str):
    assert ["Karvol"] not in [places for _kind, _actor, places in told(text)]


def test_a_bracket_before_the_point_closes_the_sentence():
    text = "A szerbek 1992-ben elfoglalták Karvolt (április 8.) és Derint (április 17.). Sarn april 20-án elesett."
    days = {tuple(objects(one)): one.date.edtf for one in code("hu", text)}
    assert days[("Karvol",)] == "1992-04-08"
    assert days[("Derin",)] == "1992-04-17"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        # a name alone is no subject of a plural: it owns what follows
        (
            f"Az egyiptomi csapatok {DAY} a Karvol-vonal szinte valamennyi erődjét elfoglalták.",
            ("capture", "egypt", [None]),
        ),
        # what opens a sentence like an adjective is a name where no noun follows
        (f"Benkázi {DAY} a horvátok kezére került.", ("capture", "croatia", ["Benkázi"])),
        # a nationality before a noun of happening is no subject that goes on
        (
            "1945. május 3-án a német offenzíva kifulladt. Karvolt másnap bevették.",
            ("capture", None, ["Karvol"]),
        ),
    ],
)
def test_who_is_no_subject(text: str, last: tuple[str, str | None, list[str | None]]):
    assert told(text)[-1] == last


def test_a_dropped_subject_is_forgotten_after_some_sentences():
    near = "Az oroszok 1995. május 3-án bevették Derint. Esett. Karvolt is elfoglalták."
    far = "Az oroszok 1995. május 3-án bevették Derint. Esett. Fújt. Dörgött. Villámlott. Fagyott. Karvolt is elfoglalták."
    assert told(near)[-1][1] == "russia"
    assert told(far)[-1][1] is None


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        (f"Azt mondják, {DAY} Karvol is elesett.", True),
        (f"Karvol {DAY} elesett, ezt mindenki tudja.", False),
    ],
)
def test_what_is_only_said(text: str, *, hedged: bool):
    assert [one.hedged for one in code("hu", text) if one.kind == "capture"] == [hedged]


def test_whose_word_stands_before_a_bracket():
    [event] = code("hu", f"Az Elemző Intézet (ELI) szerint {DAY} Karvol orosz kézen volt.")
    assert objects(event) == ["Karvol"]
    assert "Intézet" in (event.attributed_to or "")


def test_a_spokesman_speaks_of_his_own():
    text = f"A kormány támadott. A TPLF szóvivője, Getacsu Reda szerint {DAY} harcosaik elfoglalták Karvolt."
    event = code("hu", text)[-1]
    assert (event.actor.id if event.actor else None, event.hedged) == ("tplf", True)
