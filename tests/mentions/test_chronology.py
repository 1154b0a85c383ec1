"""Resolution: what an expression means at its place in the narrative."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.languages.timewords import date_reader
from frontledger.mentions import calendar
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import tokenize
from frontledger.model import Time

SHARED = Path(__file__).parents[3] / "shared" / "dates"
MARKERS = re.compile(r"(?<=[.,;:!?\w])((?: \d{1,3} (?=[ \n]|$))+)")


def times(code: str, text: str, document: str | None = None) -> list[Time]:
    return tag_times(text, tokenize(text), date_reader(code), document_date=document)


def values(code: str, text: str, document: str | None = None) -> list[str | None]:
    return [time.value for time in times(code, text, document)]


def test_the_year_stands_once():
    text = "A 2014. júliusban indult hadjárat. Július 9-én támadtak. Két nappal később bevették a dombot. Másnap pihentek."
    assert values("hu", text) == ["2014-07", "2014-07-09", "2014-07-11", "2014-07-12"]


def test_the_year_turns_where_the_months_do():
    assert values("en", "On 20 December 1941 they landed. On 3 January they advanced.") == [
        "1941-12-20",
        "1942-01-03",
    ]


def test_a_vague_word_bounds_and_does_not_move():
    found = times(
        "hu",
        "Május 3-án átkeltek 1915-ben. Május 5-én megálltak. Később egy falut is bevettek. Május 9-én támadtak.",
    )
    vague = next(time for time in found if time.type == "VAGUE")
    assert (vague.value, vague.basis, vague.moves) == (None, "bounded", False)
    assert (vague.earliest, vague.latest) == ("1915-05-05", "1915-05-09")
    assert found[-1].value == "1915-05-09"


def test_later_is_the_same_day_where_every_day_is_told():
    vague = times("en", "On 5 May 1915 they halted. They later took a village. On 6 May they rested.")[1]
    assert (vague.type, vague.earliest, vague.latest) == ("VAGUE", "1915-05-05", "1915-05-05")


def test_a_vague_word_at_the_end_is_open():
    vague = times("en", "On 5 May 1915 they halted. Later they took a village.")[-1]
    assert (vague.earliest, vague.latest) == ("1915-05-05", None)


def test_a_few_hours_later_is_the_same_day_and_a_few_days_later_is_open():
    found = times(
        "hu",
        "1919. június 2-án kivonultak. Néhány órával később bevonultak. Pár nap múlva átkeltek. Június 9-én megálltak.",
    )
    hours, days = found[1:3]
    assert (hours.value, hours.earliest, hours.latest, hours.moves) == (
        "FUTURE_REF",
        "1919-06-02",
        "1919-06-02",
        False,
    )
    assert (days.value, days.earliest, days.latest, days.moves) == (
        "FUTURE_REF",
        "1919-06-03",
        "1919-06-09",
        False,
    )


def test_a_flashback_leaves_the_narrative_where_it_is():
    text = "On 8 May 1915 the hill fell. The previous day a bridge had been lost. The next day it rained."
    assert values("en", text) == ["1915-05-08", "1915-05-07", "1915-05-09"]


def test_a_year_in_passing_does_not_move():
    text = "On 8 May 1915 they took the fort that had been built in 1872. Two days later it burned."
    found = times("en", text)
    assert [(time.value, time.moves) for time in found] == [
        ("1915-05-08", True),
        ("1872", False),
        ("1915-05-10", True),
    ]


def test_since_does_not_move():
    text = "1849. február 5-én áttörtek. A várost, amelyet december óta tartottak, február 9-én kiürítették."
    found = times("hu", text)
    assert [(time.value, time.moves) for time in found][1:] == [("1848-12", False), ("1849-02-09", True)]


def test_a_background_season_does_not_move():
    found = times(
        "hu",
        "A 2015. októberben indult hadjárat az év tavaszán elveszett falvakért folyt. Október 9-én győztek.",
    )
    assert [(time.value, time.moves) for time in found][1] == ("2015-SP", False)
    assert found[-1].value == "2015-10-09"


def test_headings_give_their_sections_the_year():
    text = "1918\n\nIn March they attacked.\n\n1919\n\nIn March they fled; in 1918 they had not.\n\nIn June it ended.\n"
    assert values("en", text) == ["1918", "1918-03", "1919", "1919-03", "1918", "1919-06"]


def test_weekdays_count_back_from_the_document():
    text = "Ukrainian forces took the town on Saturday. By Tuesday the road was cut."
    assert values("en", text, "2022-09-14") == ["2022-09-10", "2022-09-13"]


def test_a_day_without_any_anchor_has_no_bounds():
    time = times("en", "On 3 May they attacked.")[0]
    assert (time.value, time.basis, time.earliest, time.latest) == ("XXXX-05-03", "undated", None, None)


def test_before_christ():
    found = times("en", "In 480 BC they crossed. The following year they lost.")
    assert [time.value for time in found] == ["BC0480", "BC0479"]
    assert (found[0].earliest, found[0].latest) == ("-0479-01-01", "-0479-12-31")


def test_a_day_that_no_calendar_has_is_its_month():
    assert times("en", "On 31 February 1916 nothing happened.")[0].latest == "1916-02-29"


@given(st.dates(), st.integers(1, 60))
def test_days_later_is_addition(day, count: int):
    text = f"{day.isoformat()} {count} days later"
    if day.year < 1400 or day.year > 2090:
        return
    later = calendar.iso(calendar.parse_iso(day.isoformat()) + count)
    assert times("en", f"On {day.isoformat()} it began. {count} days later it ended.")[-1].value == later, (
        text
    )


@pytest.mark.parametrize("document", ["homs", "homs_nocite"])
def test_the_founding_article(document: str):
    path = SHARED / "hu-homs-2015.jsonl"
    if not path.exists():
        pytest.skip("the shared gold data are not beside this checkout")
    gold = next(
        doc
        for doc in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if doc["doc"] == document
    )
    text = gold["text"]
    mask = [match.span(1) for match in MARKERS.finditer(text)]
    found = tag_times(text, tokenize(text), date_reader("hu"), mask=mask, document_date=gold["dct"])
    assert [(t.start, t.end, t.type, t.value) for t in found if t.type != "VAGUE"] == [
        (t["start"], t["end"], t["type"], t["value"]) for t in gold["timexes"]
    ]


def dated(code: str, text: str, document: str | None = None) -> list[tuple[str | None, str | None]]:
    return [(time.earliest, time.latest) for time in times(code, text, document)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("hu", "1703 februárjának elején", ("1703-02-01", "1703-02-10")),
        ("hu", "1703. február elején esett el.", ("1703-02-01", "1703-02-10")),
        ("hu", "1703. február közepén esett el.", ("1703-02-11", "1703-02-20")),
        ("hu", "1703. február végén esett el.", ("1703-02-21", "1703-02-28")),
        ("hu", "1703. május második felében esett el.", ("1703-05-16", "1703-05-31")),
        ("hu", "1703. május utolsó hetében esett el.", ("1703-05-25", "1703-05-31")),
        ("en", "It fell in early May 1703.", ("1703-05-01", "1703-05-10")),
        ("en", "It fell in mid-May 1703.", ("1703-05-11", "1703-05-20")),
        ("en", "It fell at the end of May 1703.", ("1703-05-21", "1703-05-31")),
        ("en", "It fell in the second week of May 1703.", ("1703-05-08", "1703-05-14")),
        ("en", "It fell in the early morning of 5 May 1703.", ("1703-05-05", "1703-05-05")),
        ("en", "It fell after 5 May 1703.", ("1703-05-05", None)),
        ("hu", "1703. május 5-e után esett el.", ("1703-05-05", None)),
    ],
)
def test_parts_of_months(code: str, text: str, expected: tuple[str, str | None]):
    assert dated(code, text)[-1] == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Between 3 and 7 June 1917 they dug in.", ("1917-06-03", "1917-06-07")),
        ("en", "From 29 June to 2 July 1917 they dug in.", ("1917-06-29", "1917-07-02")),
        ("en", "Between late June and mid-July 1917 they dug in.", ("1917-06-21", "1917-07-20")),
        ("en", "On the night of 3-4 June 1917 they dug in.", ("1917-06-03", "1917-06-04")),
        ("en", "On 3 and 4 June 1917 they dug in.", None),
        ("hu", "1917. június 3. és 7. között beásták magukat.", ("1917-06-03", "1917-06-07")),
        ("hu", "1917. június 29-től július 2-ig beásták magukat.", ("1917-06-29", "1917-07-02")),
        ("hu", "1917. június 3–7-én beásták magukat.", ("1917-06-03", "1917-06-07")),
        ("hu", "Az 1917. június 3-ról 4-re virradó éjszaka beásták magukat.", ("1917-06-03", "1917-06-04")),
        ("hu", "1917. júniustól augusztusig beásták magukat.", ("1917-06-01", "1917-08-31")),
        ("hu", "1917. június 3-án és 7-én beásták magukat.", None),
    ],
)
def test_a_range_is_one_stretch(code: str, text: str, expected: tuple[str, str] | None):
    assert [time.stretch for time in times(code, text)] == [expected, expected]


def test_what_counts_from_a_flashback_stays_in_it():
    text = "1917. június 16-án visszavonultak. Két nappal korábban bevették a hidat, a következő napon feladták. Másnap pihentek."
    assert values("hu", text) == ["1917-06-16", "1917-06-14", "1917-06-15", "1917-06-17"]


def test_headings_open_a_new_thread():
    text = "1. Az első év\n\n1543 nyarán elesett a vár.\n\n2. Az 1566. évi hadjárat\n\nA szultán júliusban indult el.\n"
    assert values("hu", text)[-1] == "1566-07"


def test_days_label_the_entries_of_a_month():
    text = "Harcok a folyónál, 1917 tele\n\nFebruár\n– 5.: A gát elesett.\n– 8–9.: Tűzharc.\n– Két nappal később csend.\n\nMárcius\n– 1.: Olvadás.\n"
    assert values("hu", text)[1:] == [
        "1917-02",
        "1917-02-05",
        "1917-02-08",
        "1917-02-09",
        "1917-02-11",
        "1917-03",
        "1917-03-01",
    ]


def test_a_numbered_list_is_no_chronicle():
    assert values("hu", "A hadrend 1917-ben:\n\n3.: a tartalék\n") == ["1917"]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("hu", "Bécs, 2020. március 8. – A múlt héten elesett.", ("2020-02-24", "2020-03-01")),
        ("hu", "Bécs, 2020. március 8. – Az elmúlt héten elesett.", ("2020-03-02", "2020-03-08")),
        ("hu", "Bécs, 2020. március 8. – Január végén támadtak. Csütörtökön elesett.", ("2020-03-05", "2020-03-05")),
        ("hu", "Bécs, 2020. március 8. – Január végén támadtak. Késő este elesett.", ("2020-03-08", "2020-03-08")),
        ("en", "Vienna, 8 March 2020 – They attacked in late January. It fell last week.", ("2020-02-24", "2020-03-01")),
        ("en", "Vienna, 8 March 2020 – It fell in the past two days.", ("2020-03-07", "2020-03-08")),
        ("en", "Vienna, 8 March 2020 – It fell over the past week.", ("2020-03-02", "2020-03-08")),
    ],
)  # fmt: skip
def test_reports_count_from_their_own_day(code: str, text: str, expected: tuple[str, str]):
    assert dated(code, text, "2020-03-08")[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In the autumn of 535 Tessen landed. In March 537 Vorn came.", ["0535-FA", "0537-03"]),
        ("In March 2020 they left. In May 300 Chadian fighters came.", ["2020-03", "2020-05"]),
        ("In May 300 Chadian fighters came.", ["XXXX-05"]),
    ],
)
def test_a_number_behind_a_month_is_a_year_where_years_are_so_low(text: str, expected: list[str]):
    assert values("en", text) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Vienna, 8 January 2024 – They attacked on 27 October. It fell on 12 November.", ["2023-10-27", "2023-11-12"]),
        ("hu", "Bécs, 2024. január 8. – A csapatok október 27-én támadtak. November 12-én elesett.", ["2023-10-27", "2023-11-12"]),
        ("en", "Vienna, 8 January 2024 – The vote is on 20 January.", ["2024-01-20"]),
        ("en", "It began on 8 January 2024. They attacked on 27 October.", ["2024-10-27"]),  # no report
    ],
)  # fmt: skip
def test_what_a_report_tells_has_happened(code: str, text: str, expected: list[str]):
    written = "2024-01-08" if "–" in text else None
    assert values(code, text, written)[1:] == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("hu", "1917. május 5-én támadtak, és két héten belül győztek.", ("1917-05-05", "1917-05-19")),
        ("hu", "1917. május 5-én támadtak. A következő három napban győztek.", ("1917-05-06", "1917-05-08")),
        ("hu", "1917. május 5-én támadtak. Két napon belül győztek.", ("1917-05-05", "1917-05-07")),
        ("en", "In May 1917 they attacked. Within the month they won.", ("1917-05-01", "1917-05-31")),
        ("hu", "1917. május 5-én támadtak. A hét végére győztek.", ("1917-05-05", "1917-05-06")),
        ("hu", "1917. május 5-én támadtak. A nap végére győztek.", ("1917-05-05", "1917-05-05")),
        ("hu", "1917. május 5-én támadtak. Húsz év után győztek.", (None, None)),
        ("en", "On 5 May 1917 they attacked and within a month they won.", ("1917-05-05", "1917-06-05")),
        ("en", "On 5 May 1917 they attacked. Over the next three days they won.", ("1917-05-06", "1917-05-08")),
        ("en", "On 5 May 1917 they attacked. After two days they won.", ("1917-05-07", "1917-05-07")),
        ("en", "On 5 May 1917 they attacked. After twenty years they won.", (None, None)),
        ("en", "On 5 May 1917 they attacked. In the following days they won. On 9 May they left.",
         ("1917-05-05", "1917-05-09")),
    ],
)  # fmt: skip
def test_durations_beside_the_narrative(code: str, text: str, expected: tuple[str | None, str | None]):
    assert dated(code, text)[1] == expected


def test_a_year_ahead_takes_the_narrative_along():
    text = "1685 őszén két vár nyílt meg. A fordulat éve 1686. Júniusban ostrom kezdődött."
    assert values("hu", text) == ["1685-FA", "1686", "1686-06"]


def test_parentheses_and_relative_clauses_look_back_without_moving():
    text = "On 8 May 1915 they entered the fort, which had fallen on 3 May 1914. They also burned a mill (built on 2 May 1913). The next day it rained."
    assert values("en", text)[-1] == "1915-05-09"


def test_what_a_date_tells_besides():
    said, since = (
        times("en", "He said on 5 May 1915 that it fell.")[0],
        times("en", "Held since May 1915.")[0],
    )
    assert (said.leads, said.since) == (True, False)
    assert (since.leads, since.since) == (False, True)
    assert times("en", "Held since May 1915, when it fell.")[0].leads
    assert times("hu", "A nyári hadjárat 1915-ben ért véget.")[0].background


def test_the_same_day_is_the_one_that_was_named_last():
    text = "21 November 2023\n\nThe rebels took Argun last Thursday. The army came back on the same day."
    [*_, last] = times("en", text, "2023-11-21")
    assert last.value == "2023-11-16"


def test_what_had_happened_leaves_the_narrative_where_it_is():
    text = "On 2 January 2009 they took Argun. The army had crossed the river on 31 July 2008. The next day it rested."
    assert values("en", text)[-1] == "2009-01-03"


def test_the_following_day_counts_from_what_had_happened():
    text = "On 27 December 2024 it was said. The army had captured Argun on 11 December and Shali the following day."
    assert values("en", text)[-1] == "2024-12-12"


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "The campaign lasted from 29 October 1991 to 3 January 1992. It began after mid-August.", "1991-08"),
        ("hu", "A harc 1991. október 29. és 1992. január 3. között zajlott. Karvol augusztus közepén esett el.", "1991-08"),
        ("en", "On 29 October 1991 it began. From 3 November 1991 to 3 January 1992 it went on. On 5 March it fell.", "1992-03-05"),
    ],
)  # fmt: skip
def test_a_range_that_opens_an_account_leaves_it_at_its_beginning(code: str, text: str, expected: str):
    assert values(code, text)[-1] == expected


def test_the_first_day_of_what_began_on_a_day_is_that_day():
    found = times("en", "On 14 December 2014 they attacked, and on the first day they took it.")
    assert (found[-1].value, found[-1].earliest, found[-1].latest) == (
        "2014-12-XX",
        "2014-12-14",
        "2014-12-14",
    )


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "On 4 July 1808 they entered. By the 12th they had the bridge.", "1808-07-04"),
        ("en", "It began on 2 March 1995. By 9 March the hill had fallen.", "1995-03-02"),
        ("en", "By 9 March 1995 the hill had fallen.", None),
        ("en", "In 1808 it began. On 2 March 1995 it went on. By 9 March the hill had fallen.", "1995-03-02"),
        ("en", "On 4 July 1808 they entered. By the end of 1808 they had the bridge.", "1808-07-04"),
        ("en", "By the end of 1808 they had the bridge.", None),
        ("hu", "1808. július 4-én bevonultak. Az év végére a híd is az övék volt.", "1808-07-04"),
        ("hu", "1808. július 4-én bevonultak. Július 12-ére a híd is az övék volt.", "1808-07-04"),
        ("hu", "1808. július 4-én bevonultak. Július 12-ig a híd is az övék lett.", "1808-07-04"),
    ],
)
def test_by_a_day_is_after_where_the_narrative_stood(code: str, text: str, expected: str | None):
    last = times(code, text)[-1]
    assert (last.by, last.stood) == (True, expected)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "On 4 July 1808 they entered. By the next day they had the bridge."),
        ("en", "On 4 July 1808 they entered. By the evening of 5 July they had the bridge."),
        ("en", "On 4 July 1808 they entered. On 5 July they had the bridge."),
        ("en", "On 4 July 1808 they entered. By the end of August they had the bridge."),
        ("hu", "1808. július 4-én bevonultak. A hónap végére a híd is az övék volt."),
        ("hu", "1808. július 4-én bevonultak. Július 5-ére virradóra a híd is az övék volt."),
    ],
)
def test_what_is_close_to_a_day_is_no_bound(code: str, text: str):
    assert not times(code, text)[-1].by


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "en",
            "On 28 December 1941 they landed. On the 31st they dug in. On the 3rd they left.",
            "1942-01-03",
        ),
        ("en", "On 28 May 1941 they landed. On the 24th they had sailed.", "1941-05-24"),
        ("en", "On 28 May 1941 they landed, having sailed on the 3rd.", "1941-05-03"),
        ("en", "On 28 May 1941 they landed. They left on the 3rd of that month.", "1941-05-03"),
        ("hu", "1941. december 30-án partra szálltak. 4-én továbbmentek.", "1942-01-04"),
        ("hu", "1941. december 30-án partra szálltak. 22-én indultak el.", "1941-12-22"),
    ],
)
def test_a_day_far_behind_is_one_of_the_next_month(code: str, text: str, expected: str):
    assert expected in values(code, text)[1:]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "On 5 May 1915 they halted. A few days later they took a hill.", ("1915-05-06", "1915-05-15")),
        ("en", "On 5 May 1915 they halted. A few days later they took a hill. On 9 May they rested.",
         ("1915-05-06", "1915-05-09")),
        ("en", "On 5 May 1915 they halted. A few weeks later they took a hill.", ("1915-05-12", "1915-07-04")),
        ("hu", "1915. május 5-én megálltak. Néhány nap múlva bevettek egy dombot.", ("1915-05-06", "1915-05-15")),
    ],
)  # fmt: skip
def test_a_few_days_later_is_no_long_time(code: str, text: str, expected: tuple[str, str]):
    assert expected in dated(code, text)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "In 53 BC he came. In the following spring he won.", "BC0052-SP"),
        ("en", "On 9 May 1453 he came. In the following autumn he won.", "1453-FA"),
        ("en", "On 5 May 1915 they met at noon; 48 hours later they left.", "1915-05-07"),
        ("hu", "1915. május 5-én találkoztak; 48 órával később elváltak.", "1915-05-07"),
        ("hu", "Deczember 15-ikén találkoztak 1848-ban.", "1848-12-15"),
        ("en", "Diary, October 1918\n\n12th. - Marched.\n13th. - Rested.", "1918-10-13"),
    ],
)
def test_what_is_counted_from_years_hours_and_headings(code: str, text: str, expected: str):
    assert expected in values(code, text)


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "In the autumn of 1915 it fell; the following January they left.", "1916-01"),
        ("en", "In 1915 it fell. The following January they left.", "1916-01"),
        ("hu", "1915 őszén elesett; a következő januárban elvonultak.", "1916-01"),
        (
            "hu",
            "1638. december 17-én elesett. A dombot még az év márciusában, a hidat áprilisban vették be.",
            "1638-04",
        ),
        ("hu", "1638. december 17-én elesett. Áprilisban elvonultak.", "1639-04"),
    ],
)
def test_the_year_of_a_month_after_a_season_or_a_glance_back(code: str, text: str, expected: str):
    assert values(code, text)[-1] == expected
