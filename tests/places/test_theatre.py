"""Which countries an account is about."""

import pytest

from frontledger.model import Account, Block, InfoboxField
from frontledger.places.theatre import countries_named, theatre_of

NEIGHBOURS = {"SY": frozenset({"IQ", "TR", "LB"}), "UA": frozenset({"RU", "RO"})}


def account(text, lang="en", **more):
    return Account(
        id="a", text=text, lang=lang, blocks=(Block(kind="paragraph", start=0, end=len(text)),), **more
    )


@pytest.mark.parametrize(
    ("lang", "text", "country"),
    [
        ("en", "The war in Syria went on.", "SY"),
        ("en", "Syrian troops advanced.", "SY"),
        ("en", "the Democratic Republic of the Congo", "CD"),
        ("hu", "Szíriában folytatódott a háború.", "SY"),
        ("hu", "A szír hadsereg előrenyomult.", "SY"),
        ("hu", "Ukrajnából vonultak vissza", "UA"),
    ],
)
def test_countries_in_words(lang, text, country):
    assert country in countries_named(text, lang)


def test_common_words_are_no_countries():
    assert not countries_named("Két irányba mentek, a turkáló malija felé, chadding the jordanesque.", "hu")


def test_a_language_without_words_names_none():
    assert not countries_named("Syria", "xx")


def test_the_country_that_has_the_places_goes_before_the_one_whose_air_force_is_named():
    text = "Russian jets struck Mahin. Russian jets struck Sadad. Syrian troops took both."
    theatre = theatre_of(account(text), [["SY"], ["SY"], ["SY", "US"]], NEIGHBOURS)
    assert next(iter(theatre.weights)) == "SY"
    assert "US" not in theatre.weights
    assert theatre.named == {"SY", "RU"}


def test_far_countries_with_a_village_of_the_name_do_not_count():
    theatre = theatre_of(account("Syrian troops took Maráta."), [["BR"], ["SY"]], NEIGHBOURS)
    assert list(theatre.weights) == ["SY"]
    assert theatre.beside == NEIGHBOURS["SY"]


def test_a_neighbour_with_many_of_the_places_counts_unnamed():
    theatre = theatre_of(account("Syrian troops crossed."), [["IQ"]] * 4 + [["SY"]] * 3, NEIGHBOURS)
    assert set(theatre.weights) == {"SY", "IQ"}


def test_the_infobox_is_heard():
    field = InfoboxField(key="place", value="Luhansk Oblast, Ukraine", start=0, end=0)
    theatre = theatre_of(account("It fell in May.", infobox=(field,)), [], NEIGHBOURS)
    assert list(theatre.weights) == ["UA"]


def test_nothing_named_nothing_known():
    assert theatre_of(account("It fell in May."), [], NEIGHBOURS).weights == {}


def test_names_of_villages_alone_make_no_theatre():
    text = account("They took Dobrava and Brezovica.")
    assert theatre_of(text, [["SI", "BA", "SK"], ["SI", "RS"]], NEIGHBOURS).weights == {}
    assert list(theatre_of(text, [["SI"]] * 4, NEIGHBOURS).weights) == ["SI"]
