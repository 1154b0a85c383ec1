"""Which time mention dates which event, and EDTF."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.events.dating import Timeline, edtf
from frontledger.model import Time

from .opening import code, facts


def at(value: str | None, earliest: str | None, latest: str | None, **more) -> Time:
    words = {"start": 0, "end": 1, "text": "x", "type": "DATE"} | more
    return Time(value=value, earliest=earliest, latest=latest, **words)


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (at("1915-05-03", "1915-05-03", "1915-05-03"), "1915-05-03"),
        (at("1915-05-03TMO", "1915-05-03", "1915-05-03", type="TIME"), "1915-05-03"),
        (at("1915-05", "1915-05-01", "1915-05-31"), "1915-05"),
        (at("1916-02", "1916-02-01", "1916-02-29"), "1916-02"),
        (at("1915", "1915-01-01", "1915-12-31"), "1915"),
        (at("1915-SP", "1915-03-01", "1915-05-31"), "1915-21"),
        (at("1915-WI", "1915-12-01", "1916-02-29"), "1915-24"),
        (at(None, "1915-05-03", "1915-05-09"), "1915-05-03/1915-05-09"),
        (at(None, "1915-05-03", None), "1915-05-03/.."),
        (at(None, None, "1915-05-03"), "../1915-05-03"),
        (at("-0048-01-10", "-0048-01-10", "-0048-01-10"), "-0048-01-10"),
        (at("-0051", "-0051-01-01", "-0051-12-31"), "-0051"),
    ],
)
def test_edtf(time, expected):
    assert edtf(time) == expected


DAYS = st.dates().map(lambda day: day.isoformat())


@given(DAYS, DAYS)
def test_edtf_names_both_bounds_or_the_period_that_has_them(one, other):
    earliest, latest = sorted((one, other))
    written = edtf(at(None, earliest, latest))
    if "/" in written:
        assert written == f"{earliest}/{latest}"
    else:
        assert earliest.startswith(written)
        assert latest.startswith(written)


def test_times_without_days_date_nothing():
    timeline = Timeline("", [at("P3D", None, None, type="DURATION"), at("XXXX-05-03", None, None)])
    assert timeline.times == []
    assert timeline.year() is None


def test_the_year_of_an_account_is_the_middle_one():
    times = [at(year, f"{year}-01-01", f"{year}-12-31") for year in ("1526", "1540", "1541", "1543", "2003")]
    assert Timeline("", times).year() == 1541


def dated(lang: str, text: str, *kinds: str) -> list[tuple[str | None, str, str | None]]:
    """(EDTF, basis, words) of every fact about control."""
    found = facts(code(lang, text), *(kinds or ("capture", "withdrawal", "handover")))
    return [(one.date.edtf, one.date.basis, one.date.text) for one in found]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("hu", "1944. október 20-án a szovjetek elfoglalták Debrecen városát.", ("1944-10-20", "explicit")),
        ("hu", "1944 októberében a szovjetek elfoglalták Debrecen városát.", ("1944-10", "explicit")),
        ("hu", "1944 őszén a szovjetek elfoglalták Debrecen városát.", ("1944-23", "explicit")),
        ("hu", "1552-ben a törökök elfoglalták Temesvár várát.", ("1552", "explicit")),
        ("hu", "A törökök elfoglalták Temesvár várát.", (None, "undated")),
        ("en", "On 20 October 1944 the Soviets captured Debrecen.", ("1944-10-20", "explicit")),
        ("en", "In October 1944 the Soviets captured Debrecen.", ("1944-10", "explicit")),
        ("en", "In 1552 the Ottomans captured Temesvar.", ("1552", "explicit")),
        ("en", "The Ottomans captured Temesvar.", (None, "undated")),
    ],
)
def test_the_events_own_words_date_it(lang, text, expected):
    [(value, basis, words)] = dated(lang, text)
    assert (value, basis) == expected
    assert (words is None) == (value is None)
    assert words is None or words in text


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("hu", "A harcok 1944. október 9-én kezdődtek. A szovjetek elfoglalták Debrecen városát.",
         ("1944-10-09", "inherited", None)),
        ("hu", "A harcok 1944. október 9-én kezdődtek. Két nappal később a szovjetek elfoglalták Debrecen városát.",
         ("1944-10-11", "relative", "Két nappal később")),
        ("hu", "A harcok 1944. október 9-én kezdődtek. Másnap a szovjetek elfoglalták Debrecen városát.",
         ("1944-10-10", "relative", "Másnap")),
        ("en", "Fighting began on 9 October 1944. The Soviets captured Debrecen.", ("1944-10-09", "inherited", None)),
        ("en", "Fighting began on 9 October 1944. Two days later the Soviets captured Debrecen.",
         ("1944-10-11", "relative", "Two days later")),
    ],
)  # fmt: skip
def test_the_narrative_stands_at_a_day(lang, text, expected):
    assert dated(lang, text) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("hu", "1944. október 9-én a szovjetek bevették Debrecen városát, október 12-én pedig Szolnok városát foglalták el.",
         ["1944-10-09", "1944-10-12"]),
        ("hu", "1944. október 9-én a németek feladták Debrecen városát, de október 12-én visszafoglalták Szolnok városát.",
         ["1944-10-09", "1944-10-12"]),
        ("en", "On 9 October 1944 the Soviets captured Debrecen, and on 12 October they seized Szolnok.",
         ["1944-10-09", "1944-10-12"]),
    ],
)  # fmt: skip
def test_each_clause_has_its_own_date(lang, text, expected):
    assert [value for value, _basis, _words in dated(lang, text)] == expected


def test_one_verb_may_have_several_dates():
    text = "A törökök 1552. július 27-én Temesvár várát, szeptember 4-én Szolnok várát foglalták el."
    assert [value for value, _basis, _words in dated("hu", text)] == ["1552-07-27", "1552-09-04"]


def test_a_participle_is_dated_by_its_own_words():
    text = "1915. június 22-én az osztrákok a tavaly ősszel az oroszok által elfoglalt Lemberg városába vonultak."
    found = [one for one in code("hu", text) if one.background]
    assert [one.date.edtf for one in found] == ["1914-23"]


def test_a_day_that_has_no_days_is_not_inherited():
    """ "Later" says no more than that: the narrative stays where it was."""
    text = "1552. július 27-én elesett Temesvár. Később a törökök elfoglalták Szolnok várát."
    first, second = (one.date for one in facts(code("hu", text), "capture"))
    assert first.edtf == "1552-07-27"
    assert second.earliest == "1552-07-27"
    assert second.latest != "1552-07-27"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Between 4 and 9 October 1944 the Soviets captured Debrecen.", "1944-10-04/1944-10-09"),
        ("en", "Fighting began on 9 October 1944. Within a week the Soviets captured Debrecen.", "1944-10-09/1944-10-16"),
        ("hu", "1944. október 4. és 9. között a szovjetek elfoglalták Debrecen városát.", "1944-10-04/1944-10-09"),
        ("hu", "1944. október 9-én a szovjetek támadtak, és egy héten belül elfoglalták Debrecen városát.",
         "1944-10-09/1944-10-16"),
        ("hu", "1944. október végén a szovjetek elfoglalták Debrecen városát.", "1944-10-21/1944-10-31"),
    ],
)  # fmt: skip
def test_a_range_is_the_whole_range(lang, text, expected):
    assert [value for value, _basis, _words in dated(lang, text)] == [expected]


def test_adjectives_date_for_want_of_better_only():
    text = "1849. április 10-én a tavaszi hadjáratban a magyarok elfoglalták Vác városát."
    assert [value for value, _basis, _words in dated("hu", text)] == ["1849-04-10"]
    text = "A magyarok az 1849. évi hadjáratban elfoglalták Vác városát."
    assert [value for value, _basis, _words in dated("hu", text)] == ["1849"]


def test_a_report_dates_what_it_reports():
    text = "1944. október 9-én harcok folytak. A minisztérium az előző nap közölte, hogy a szovjetek elfoglalták Debrecen városát."
    assert [one.date.edtf for one in code("hu", text) if one.kind == "capture"] == ["1944-10-08"]


def test_since_dates_no_event():
    text = "1849. február 9-én az osztrákok feladták Kassa városát, amelyet december óta tartottak."
    assert [value for value, _basis, _words in dated("hu", text)] == ["1849-02-09"]


def test_a_section_that_opens_without_a_date_does_not_inherit_the_last_ones():
    lead = "On 9 October 1944 the Soviets captured Debrecen.\n\n{heading}\n\nThe Germans captured Szolnok. {then}\n"
    before = lead.format(heading="Background", then="In May 1944 it rained.")
    assert [value for value, _basis, _words in dated("en", before)] == ["1944-10-09", None]
    behind = lead.format(heading="Second week", then="On 12 October it rained.")
    assert dated("en", behind)[1] == ("1944-10-09/1944-10-12", "bounded", None)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("On 9 May 1920 the rebels reached Argun, which had been abandoned by the army.", "../1920-05-09"),
        ("On 9 May 1920 nothing had changed since the rebels withdrew from Argun.", "../1920-05-09"),
        ("On 9 May 1920 the rebels took the hill that the army had abandoned overnight.", "1920-05-09"),
        ("On 9 May 1920 the rebels withdrew from Argun.", "1920-05-09"),
    ],
)
def test_what_looks_back_is_only_bounded(text, edtf):
    assert [one.date.edtf for one in facts(code("en", text), "withdrawal")][-1:] == [edtf] or [
        one.date.edtf for one in facts(code("en", text), "capture")
    ] == [edtf]


def test_a_noun_dates_what_was_told_before():
    text = "On 5 May 1920 the army captured Argun. On 7 June 1920 it rained. After the capture of Argun, the army rested."
    assert [one.date.edtf for one in facts(code("en", text), "capture")] == ["1920-05-05", "1920-05-05"]


def test_a_noun_without_a_word_of_time_is_told_where_it_stands():
    text = (
        "On 5 May 1920 the army captured Argun. On 7 June 1920 the offensive ended with the capture of Argun."
    )
    assert [one.date.edtf for one in facts(code("en", text), "capture")] == ["1920-05-05", "1920-06-07"]


def test_a_date_behind_a_noun_is_its_own():
    text = "On 7 June 1920 the army spoke of the capture of Argun on 5 May 1920 by the rebels as a surprise."
    assert [one.date.edtf for one in facts(code("en", text), "capture")] == ["1920-05-05"]


def test_two_places_joined_before_a_date_share_it():
    text = "The war of 1995 went on. Knin was captured on 6 August, Glina and Slunj on 7 August and Vrgin on 8 August."
    assert [
        ([place.name for place in one.places], one.date.edtf)
        for one in code("en", text)
        if one.kind == "capture"
    ] == [(["Knin"], "1995-08-06"), (["Glina", "Slunj"], "1995-08-07"), (["Vrgin"], "1995-08-08")]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The offensive began on 2 March 1995. By 9 March the Croats had captured Slunj.",
         [("1995-03-02/1995-03-09", "bounded")]),
        ("en", "By 9 March 1995 the Croats had captured Slunj.", [("../1995-03-09", "bounded")]),
        ("en", "The offensive began on 2 March 1995. On 9 March the Croats captured Slunj.",
         [("1995-03-09", "inherited")]),
        ("en", "It began on 2 March 1995. By 9 March the Croats had landed and captured Slunj.",
         [("1995-03-02/1995-03-09", "bounded")]),
        ("hu", "A támadás 1916. augusztus 27-én indult. A románok szeptember 3-ára elfoglalták Csíkszeredát.",
         [("1916-08-27/1916-09-03", "bounded")]),
        ("hu", "A támadás 1916. augusztus 27-én indult. A románok szeptember 3-án elfoglalták Csíkszeredát.",
         [("1916-09-03", "inherited")]),
    ],
)  # fmt: skip
def test_by_a_day_bounds_what_happened(lang, text, expected):
    assert [(value, basis) for value, basis, _ in dated(lang, text)] == expected


def test_who_holds_a_place_by_a_day_is_seen_on_it():
    text = "The offensive began on 2 March 1995. By 9 March Slunj was held by the Croats."
    assert dated("en", text, "hold") == [("1995-03-09", "inherited", "9 March")]


def test_a_bare_year_before_a_noun_names_it_and_dates_nothing():
    assert dated("en", "The 1941 garrison of the British captured Karvol in May 1943.") == [
        ("1943-05", "explicit", "May 1943")
    ]


def test_the_comma_behind_an_opening_date_is_no_border():
    text = "On 4 February 1923, the Reds were reported to have captured Karvol, and by 7 February the Whites fled."
    assert [one.date.edtf for one in code("en", text) if one.kind == "capture"] == ["1923-02-04"]


def lasted(lang: str, text: str, kind: str) -> tuple[str | None, str | None, str | None, str | None]:
    """(EDTF, first day, last day, end) of the one event of that kind."""
    [date] = [one.date for one in code(lang, text) if one.kind == kind]
    return date.edtf, date.earliest, date.latest, date.until


@pytest.mark.parametrize(
    ("lang", "text", "kind", "expected"),
    [
        ("en", "Karvol was contested by the rebels from 4 May to 9 May 2015.", "capture",
         ("2015-05-04/2015-05-09", "2015-05-04", "2015-05-04", "2015-05-09")),
        ("en", "Karvol was contested by the rebels between around 10 November 2013 and 23 February 2015.", "capture",
         ("2013-11-10/2015-02-23", "2013-11-10", "2013-11-10", "2015-02-23")),
        ("en", "Karvol was occupied by the Germans from 1941 to 1944.", "capture",
         ("1941-01-01/1944-12-31", "1941-01-01", "1941-12-31", "1944-12-31")),
        ("en", "Karvol was held by the rebels from 4 May to 9 May 2015.", "hold",
         ("2015-05-04/2015-05-09", "2015-05-04", "2015-05-09", "2015-05-09")),
        ("en", "The rebels held Karvol until 9 May 2015.", "hold",
         ("2015-05-09", "2015-05-09", "2015-05-09", "2015-05-09")),
        ("hu", "A felkelők 2015. május 4-től május 9-ig tartották Karvol városát.", "hold",
         ("2015-05-04/2015-05-09", "2015-05-04", "2015-05-09", "2015-05-09")),
        ("hu", "Karvol városát 1941 és 1944 között a németek megszállták.", "capture",
         ("1941-01-01/1944-12-31", "1941-01-01", "1941-12-31", "1944-12-31")),
    ],
)  # fmt: skip
def test_what_goes_on_begins_and_ends(lang, text, kind, expected):
    assert lasted(lang, text, kind) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Karvol was captured by the rebels between 4 and 9 May 2015."),
        ("en", "The rebels captured Karvol by 9 May 2015."),
        ("en", "The rebels occupied part of Karvol from 4 May to 9 May 2015."),
        ("hu", "Karvol városát 2015. május 4. és 9. között a felkelők elfoglalták."),
    ],
)
def test_what_happens_once_has_no_end(lang, text):
    assert [one.date.until for one in code(lang, text)] == [None]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "On 24 October 1912, five days after they had captured Derin, the Bulgarians took Karvol.",
         {"Derin": "1912-10-19", "Karvol": "1912-10-24"}),
        ("en", "The Bulgarians took Karvol on 24 October 1912, five days after the capture of Derin.",
         {"Derin": "1912-10-19", "Karvol": "1912-10-24"}),
        ("en", "The Bulgarians took Karvol on 24 October 1912, two days before they captured Derin.",
         {"Derin": "1912-10-26", "Karvol": "1912-10-24"}),
        ("en", "The Bulgarians took Derin on 24 October 1912. Two days after the fall of Derin they captured Karvol.",
         {"Derin": "1912-10-24", "Karvol": "1912-10-26"}),
        ("hu", "A bolgárok 1912. október 24-én elfoglalták Derin városát. Két nappal Derin eleste után elfoglalták Karvol városát.",
         {"Derin": "1912-10-24", "Karvol": "1912-10-26"}),
    ],
)  # fmt: skip
def test_days_counted_from_an_event(lang, text, expected):
    found = {
        place.name: one.date.edtf
        for one in code(lang, text)
        for place in one.places
        if place.role == "object" and one.kind == "capture"
    }
    assert found == expected


def test_what_is_occupied_since_a_year_was_so_from_then_on():
    text = (
        "On 12 May 1864 the Federals captured Alsa. Karvol had been occupied by the Confederates since 1861."
    )
    assert [one.date.edtf for one in code("en", text) if one.kind == "capture"] == ["1864-05-12", "1861"]


def test_a_participle_behind_after_has_the_days_that_are_counted():
    text = "KARVOL, 14 August 2021 - The rebels captured Alsa on Saturday, a day after seizing Derin."
    assert [one.date.edtf for one in code("en", text, "2021-08-14")] == ["2021-08-14", "2021-08-13"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The siege lasted from 3 March until 9 May 1742, when the Prussians captured Karvol.", "1742-05-09"),
        ("hu", "Az ostrom 1742. március 3-tól május 9-ig tartott, amikor a poroszok elfoglalták Karvol városát.", "1742-05-09"),
        ("hu", "A németek 1942. november 11-ig tartották Derint, amikor a szovjetek elfoglalták Karvol városát.", "1942-11-11"),
        ("en", "In 2014-15 the Houthis captured Karvol.", "2014-01-01/2015-12-31"),
        ("en", "In the night of the 11th to the 12th of August 1904 the Japanese captured Karvol.", "1904-08-11/1904-08-12"),
    ],
)  # fmt: skip
def test_ranges_and_what_follows_them(lang, text, expected):
    assert [one.date.edtf for one in code(lang, text) if one.kind == "capture"] == [expected]
