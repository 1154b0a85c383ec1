"""Which of two places "the former" and "the latter" mean, and what a short denial leaves out."""

import pytest

from .opening import code, facts, objects, roles


def changes(lang: str, text: str) -> list[list[str | None]]:
    return [objects(one) for one in facts(code(lang, text), "capture", "withdrawal")]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "en",
            (
                "On 12 June 2016 rebels seized the villages of Alma and Birk in the province of Corat. "
                "Government forces recaptured the former on 14 June. The latter was retaken a week later."
            ),
            [["Alma", "Birk"], ["Alma"], ["Birk"]],
        ),
        (
            "en",
            "On 12 June 2016 rebels seized Alma and Birk. The army took back the latter town in July.",
            [["Alma", "Birk"], ["Birk"]],
        ),
        (
            "en",
            "On 12 June 2016 rebels captured Alma and Birk, the former a small port and the latter a market town.",
            [["Alma", "Birk"]],
        ),
        (
            "hu",
            (
                "1566-ban a törökök ostrom alá vették Szigetvárt és Gyulát. Előbbi szeptember 8-án, utóbbi szeptember 2-án "
                "esett el."
            ),
            [["Szigetvár"], ["Gyula"]],
        ),
        (
            "hu",
            (
                "2016. június 12-én a felkelők bevették Alma és Birk falut. A hadsereg az előbbit visszafoglalta. "
                "Az utóbbi falut egy hét múlva feladták."
            ),
            [["Alma", "Birk"], ["Alma"], ["Birk"]],
        ),
    ],
)
def test_former_and_latter_mean_one_of_the_two_told_last(lang: str, text: str, expected: list[list[str]]):
    assert changes(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "On 12 June 2016 rebels seized Alma. Government forces recaptured the former on 14 June."),
        ("hu", "2016. június 12-én a felkelők bevették Almát. A hadsereg az előbbit visszafoglalta."),
    ],
)
def test_without_two_places_the_pronoun_names_none(lang: str, text: str):
    assert changes(lang, text)[1:] in ([], [[None]])


@pytest.mark.parametrize(
    "text",
    [
        "1704 márciusában a kurucok Pápát visszafoglalták, Sümeget azonban nem.",
        "1704 márciusában a kurucok elfoglalták Pápát, de Sümeget nem.",
    ],
)
def test_what_a_short_denial_leaves_out_did_not_change_hands(text: str):
    [event] = facts(code("hu", text), "capture")
    assert objects(event) == ["Pápa"]
    assert ("except", "Sümeg") in roles(event)
