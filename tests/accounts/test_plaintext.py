"""Residue, blocks, sections, dateline, language: what is understood of a text before coding."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.accounts import from_text
from frontledger.accounts.citations import lifted
from frontledger.accounts.language import detect

PROSE = "The column reached the river in the evening and took the bridge after a short fight with the garrison of the town."


def fields(text):
    account = from_text(text)
    assert all(text[field.start : field.end] == field.value for field in account.infobox)
    return [(field.key, field.value) for field in account.infobox]


def kinds(text):
    account = from_text(text)
    return [(block.kind, text[block.start : block.end]) for block in account.blocks]


def test_residue_without_table():
    text = f"Ellenőrzött változat\nA Királyi Hadsereg győzelme\n Önkéntesek\nLégi támadások: Északország\n Önkéntesek\nLégi támadások: Északország\n{PROSE}\n"
    assert fields(text) == [
        ("flag", "Ellenőrzött változat"),
        ("result", "A Királyi Hadsereg győzelme"),
        ("belligerent", "Önkéntesek"),
        ("support", "Északország"),
        ("belligerent", "Önkéntesek"),
        ("support", "Északország"),
    ]
    assert kinds(text)[-1] == ("paragraph", PROSE)
    assert from_text(text).title is None


def test_residue_with_labels():
    text = f"Siege of Northford\n\nDate: 3 May 1502 – 6 June 1502\nLocation: Northford, Southshire\nResult: Decisive Northern victory.\nBelligerents\nNorth\nSouth\nCasualties and losses: 300 killed\n\n{PROSE}"
    assert fields(text) == [
        ("date", "3 May 1502 – 6 June 1502"),
        ("place", "Northford, Southshire"),
        ("result", "Decisive Northern victory."),
        ("belligerent", "North"),
        ("belligerent", "South"),
        ("casualties", "300 killed"),
    ]


def test_residue_by_order():
    text = f"May 1502\nNorthford\nNorthern victory\nNorth\nSouth\n1,200 killed\n\n{PROSE}"
    assert [key for key, _ in fields(text)] == [
        "date",
        "place",
        "result",
        "belligerent",
        "belligerent",
        "casualties",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Siege of Northford\n\n{PROSE}",
        f"Background\n{PROSE}\n\nAftermath\n{PROSE}",
        f"{PROSE}\n\nResult: Northern victory\n\n{PROSE}",
        "The siege ended in a Northern victory.",
        f"Victory in the North\n\n{PROSE}",
        "Army takes Northford\nNorthern victory at the mill\nBridge falls",
    ],
)
def test_titles_and_prose_are_no_residue(text):
    assert fields(text) == []


def test_headings_in_their_notations():
    text = f"= Siege =\n\n## Prelude ##\n{PROSE}\n\nThe fall\n--------\n{PROSE}\n\nSecond phase (May)\nThe river\n{PROSE}\n\nReactions\n* {PROSE}\n"
    account = from_text(text)
    assert account.title == "Siege"
    assert [(section.level, section.title) for section in account.sections] == [
        (1, "Siege"),
        (2, "Prelude"),
        (2, "The fall"),
        (2, "Second phase (May)"),
        (2, "The river"),
        (2, "Reactions"),
    ]
    first, prelude, *_ = account.sections
    assert (first.end, text[prelude.body : prelude.end].strip()) == (len(text), PROSE)
    assert [kind for kind, _ in kinds(text) if kind != "heading"] == [
        "paragraph",
        "paragraph",
        "paragraph",
        "bullet",
    ]


def test_headlines_without_prose_are_text():
    assert kinds("Northern army takes Northford") == [("paragraph", "Northern army takes Northford")]
    assert [kind for kind, _ in kinds("Army takes Northford\nMill burns\nBridge falls")] == ["paragraph"] * 3


def test_bullets_and_quotes():
    text = f"* {PROSE}\n• {PROSE}\n- {PROSE}\n1) {PROSE}\n> {PROSE}\n-5 degrees were measured in the night."
    assert [kind for kind, _ in kinds(text)] == ["bullet", "bullet", "bullet", "bullet", "quote", "paragraph"]
    assert all(surface == PROSE for _, surface in kinds(text)[:-1])


def test_hard_wrapped_paragraphs():
    text = (
        "The column reached the river in the\nevening and took the bridge. The guns\nof Northford had fallen silent, sur-\n"
        "rounded since May 3.\nTwo days later the mill burned and the\nmen went home.\n\nNobody stayed in the town."
    )
    assert kinds(text) == [
        ("paragraph", text[: text.index("\nTwo days")]),
        ("paragraph", text[text.index("Two days") : text.index("\n\nNobody")]),
        ("paragraph", "Nobody stayed in the town."),
    ]


def test_a_line_a_sentence():
    lines = ["A sereg bevette a várat.", "december 10-én a falut is.", "5. Másnap elmentek."]
    assert kinds("\n".join(lines)) == [("paragraph", line) for line in lines]


def test_pictures_leave_nothing():
    assert kinds(f"The siege\n.jpg?)\n{PROSE}") == [("heading", "The siege"), ("paragraph", PROSE)]


def test_reference_sections():
    text = f"{PROSE}\n\nJegyzetek\n1. Nagy: A vár elesett.\n\nUtóhatás\n{PROSE}"
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "heading", "reference", "heading", "paragraph"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"2022. szeptember 12. – {PROSE}", "2022-09-12"),
        (f"KYIV, Sept 12, 2022 (Agency) – {PROSE}", "2022-09-12"),
        (f"Title of it\n\n12 September 2022\n\n{PROSE}", "2022-09-12"),
        (f"Published: 2022-09-12\n{PROSE}", "2022-09-12"),
        (f"KIJEV, 2022. szeptember 12., hétfő (Hírügynökség) – {PROSE}", "2022-09-12"),
        (f"2022. szeptember 12., hétfő\n{PROSE}", "2022-09-12"),
        (f"KYIV, Sept 12 (Agency) – {PROSE}", None),
        (f"1944. augusztus 29. – {PROSE}\n1944. augusztus 30. – {PROSE}", None),
        (f"On 12 September 2022 {PROSE}", None),
        (f"2022. szeptember 12-én {PROSE}", None),
        (f"12 September 2022 was a Monday. {PROSE}", None),
        (f"31 February 2022\n{PROSE}", None),
    ],
)
def test_dateline(text, day):
    assert from_text(text).date == day


def test_given_date_wins():
    assert from_text(f"12 September 2022\n\n{PROSE}", date="2001-01-01").date == "2001-01-01"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("hu", "A sereg tegnap bevette a várat, és a környező falvakat is elfoglalta."),
        ("en", "The army took the town and the villages to the north of it."),
        ("de", "Die Truppen nahmen die Stadt ein und zogen sich nicht mehr zurück."),
        ("fr", "Les troupes ont pris la ville et les villages dans le nord du pays."),
        ("es", "El ejército tomó la ciudad y los pueblos que están al norte del río."),
        ("it", "Le truppe hanno preso la città e i villaggi che sono nella valle del fiume."),
        ("pl", "Wojska zajęły miasto i wsie, które leżą na północ od rzeki."),
        ("ru", "Войска заняли город и деревни, которые были к северу от реки."),
        ("uk", "Війська зайняли місто та села, які були на північ від річки."),
        ("ar", "سيطرت القوات على المدينة بعد معارك عنيفة مع قوات العدو في شمال البلاد."),
        ("tr", "Ordu şehri ele geçirdi ve köyler için çatışmalar daha sonra devam etti."),
        ("nl", "De troepen namen de stad in en trokken zich niet terug uit het dorp."),
        ("ro", "Trupele au ocupat orașul și satele din nordul râului după o luptă."),
        (None, ""),
        (None, "1944 – 1945"),
        (None, "Xyzzy plugh frobozz quux."),
        (None, "☃☃☃"),
    ],
)
def test_language(code, text):
    assert detect(text) == code


def test_unknown_language_is_a_problem():
    account = from_text("Xyzzy plugh frobozz.")
    assert account.lang is None
    assert [problem.code for problem in account.problems] == ["no-language"]
    assert from_text("Xyzzy plugh frobozz.", lang="HU-hu").lang == "hu"


def test_markup_is_a_problem():
    assert "markup" in [
        problem.code for problem in from_text("<!DOCTYPE html><p>The town of the king fell.</p>").problems
    ]


def test_digest_is_of_the_text():
    assert from_text("A vár.").sha256 == hashlib.sha256("A vár.".encode()).hexdigest()
    assert from_text("\ud800").sha256


@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(
                [
                    "Result: victory",
                    "\n",
                    "\n\n",
                    "# X",
                    "== Y ==",
                    "* z",
                    PROSE,
                    "short",
                    "Title",
                    "---",
                    "[1] ",
                    "References",
                    "\r",
                    "\u2028",
                    "12 May 2022",
                ]
            ),
            max_size=30,
        ).map("".join),
    )
)
def test_everything_lies_inside_the_text(text):
    account = from_text(text)
    at = 0
    for block in account.blocks:
        assert at <= block.start < block.end <= len(text)
        at = block.end
    for section in account.sections:
        assert 0 <= section.start <= section.body <= section.end <= len(text)
    for field in account.infobox:
        assert lifted(text, account.citations)[field.start : field.end] == field.value
    assert from_text(text) == account


def test_title_above_residue():
    text = f"The siege of Northford (1502)\nPart of the Southshire war\nResult: Northern victory\nCavalry: 300\n{PROSE}"
    account = from_text(text)
    assert account.title == "The siege of Northford (1502)"
    assert fields(text) == [
        ("conflict", "Part of the Southshire war"),
        ("result", "Northern victory"),
        ("cavalry", "300"),
    ]
    apart = from_text(f"The siege of Northford\n\nMay 1502\nNorthford\nNorthern victory\n\n{PROSE}")
    assert (apart.title, [field.key for field in apart.infobox]) == (
        "The siege of Northford",
        ["date", "place", "result"],
    )


def test_support_by_the_last_word_of_its_label():
    text = f"A kormány győzelme\nHajózási támogatás: Északország\n{PROSE}"
    assert fields(text) == [("result", "A kormány győzelme"), ("support", "Északország")]
