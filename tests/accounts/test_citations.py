"""Markers: what is one, what is none, in each notation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.accounts import from_text
from frontledger.accounts.citations import find, lifted


def labels(text):
    return [mark.label for mark in find(text)[0] if not mark.editorial]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It fell.[12]", ["12"]),
        ("It fell.[12][13] It rose. [14]", ["12", "13", "14"]),
        ("It fell.[12, 13; 15]", ["12", "13", "15"]),
        ("It fell.[12–14]", ["12", "13", "14"]),
        ("It fell.[3]:45 It rose.[4]:5-6", ["3", "4"]),
        ("It fell.[a] It rose.[b]", ["a", "b"]),
        ("It fell.[note 2] It rose.[nb 1] Elesett.[megj. 3]", ["note 2", "nb 1", "megj. 3"]),
        ("It fell.[citation needed][when?]", []),
        ('"The[n] they came" and "[the] king" in [1944] lost [5,000] men and Kherso[n]', []),
        ("It fell.¹ It rose.²³", ["1", "23"]),
        ("An area of 400 km² and 10⁶ men, 3 m³.", []),
        ("It fell in 1944.⁵ In 1945⁶ it rose.", ["5", "6"]),
    ],
)
def test_marked(text, wanted):
    assert labels(text) == wanted


def test_editorial_tags_are_marked_apart():
    marks, _ = find("It fell.[Citation needed] Elesett.[mikor?]")
    assert [(mark.label, mark.editorial) for mark in marks] == [("Citation needed", True), ("mikor?", True)]


def test_a_bracket_with_many_labels_is_divided_without_gap():
    text = "It fell.[12, 13]"
    marks, _ = find(text)
    assert [text[mark.start : mark.end] for mark in marks] == ["[12, ", "13]"]
    assert lifted(text, marks) == "It fell.        "


def test_reference_list_gives_targets():
    text = "It fell.[1] It rose.[2]\n\n[1] Smith, A History, 1950.\n[2] Jones, Another."
    account = from_text(text)
    assert [(mark.label, mark.target) for mark in account.citations] == [
        ("1", "Smith, A History, 1950."),
        ("2", "Jones, Another."),
    ]
    assert [block.kind for block in account.blocks] == ["paragraph", "reference", "reference"]


STRIPPED = "A falu elesett. 1  Két nappal később a domb is. 10  19 \nMásnap 4 km volt hátra. 2 \nEzután, 3  7  A vár is elesett."
GLUED = (
    "The town fell.1 The mill burned.2,3 After that,4 the guns fell silent.5 In May they left.1 It was over.6"
)
SPACED = "The town fell. 1 The mill burned. 2 3 In May the guns fell silent. 4 They left. 5 6"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (STRIPPED, ["1", "10", "19", "2", "3", "7"]),
        (STRIPPED.replace("\n", "\r\n"), ["1", "10", "19", "2", "3", "7"]),
        ("A falu elesett. 30  31  A vár is.", ["30", "31"]),
        ("A falu elesett. 32 \n", ["32"]),
        (GLUED, ["1", "2", "3", "4", "5", "1", "6"]),
        (SPACED, ["1", "2", "3", "4", "5", "6"]),
    ],
)
def test_bare(text, wanted):
    assert labels(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Már csak 4 km volt hátra. Az 5. kerületet 17 falu követte. 12 falut foglaltak el. 30 katona elesett.",
        "2015. november 5. 12 óra. 14 nap telt el. 2015. november 9. 10 óra.",
        "The 5th and 11  Guards divisions took hill 203 in 1944. 30 men fell. 12 Germans left. 200 Poles came.",
        "On 3 May, 12 tanks came. 40 Russian tanks followed. 7 Polish guns fired. 350 British men fell.",
        "Lots of 12  spaces  and 5  km here.  30  men  fell.",
        "He came, 12 \nmen followed, 30 \nwomen too.",
        "See No.5 and vol.12, p.7, fig.3.",
        "The 1st, 2.5 km, 3.14 and 10,000 and 5:30 and 12.",
        "They held height 105. 3 Platoon stayed. 5 Company left. 17 Brigade came.",
    ],
)
def test_numbers_that_are_no_markers(text):
    assert labels(text) == []


def test_units_and_ordinals_stay_beside_bare_markers():
    text = (
        "A sereg 4  km után megállt. 1  Az 5. kerület elesett. 2  Így 17 falu és a 3. hadosztály is. 3  "
        "Elérte a 12  km hosszú utat. 4 \n"
    )
    assert labels(text) == ["1", "2", "3", "4"]


def test_brackets_switch_the_search_for_bare_numbers_off():
    assert labels(STRIPPED + " Vége.[8]") == ["8"]


@given(st.lists(st.integers(1, 999), min_size=1, max_size=8), st.booleans())
def test_stripped_runs_are_read_back(numbers, at_line_end):
    run = "".join(f" {number} " for number in numbers)
    text = "A falu elesett." + run + ("\n" if at_line_end else " A vár is elesett.")
    assert labels(text) == [str(number) for number in numbers]


@given(st.text(alphabet="aA .,[]()0123456789–-;\n¹²³\u00a0kmb", max_size=200))
def test_marks_are_sorted_and_hold_their_label(text):
    marks, entries = find(text)
    assert marks == sorted(marks, key=lambda mark: (mark.start, mark.end))
    for mark in marks:
        assert 0 <= mark.start < mark.end <= len(text)
        if mark.label.isdigit():
            assert mark.label == str(int(mark.label))
    assert all(0 <= start <= end <= len(text) for _, _, start, end in entries)
    without = lifted(text, marks)
    assert len(without) == len(text)
    assert all(kept in (" ", given) for kept, given in zip(without, text, strict=True))
