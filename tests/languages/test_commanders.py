"""Who led whose troops: what the packs hold, how it is loaded, and what a broken file is told."""

from importlib import resources
from itertools import count
from pathlib import Path

import pytest

from frontledger.errors import PackError
from frontledger.languages.commanders import load_commanders
from frontledger.languages.pack import packs

NUMBERS = count()
GROUP = '[[commanders]]\nside = "reds"\nfirst = 1918\nlast = 1921\nnames = ["Karol", "Iva Marin"]\n'


@pytest.fixture
def written(tmp_path: Path, monkeypatch):
    """Writes a ``commanders.toml`` and gives the code of its language."""
    real = resources.files
    monkeypatch.setattr(
        resources, "files", lambda name: tmp_path if name == "frontledger.languages" else real(name)
    )

    def write(text: str | None) -> str:
        code = "y" + "abcdefghij"[next(NUMBERS) % 10] * (next(NUMBERS) + 1)  # loaded once, so a new one each
        (tmp_path / code).mkdir()
        if text is not None:
            (tmp_path / code / "commanders.toml").write_text(text, encoding="utf-8")
        return code

    return write


def led(code: str, name: str, year: int) -> list[str]:
    """The sides that ``name`` stands for in ``year``."""
    return [
        group.side
        for group in load_commanders(code)
        if name in group.names and group.first <= year <= group.last
    ]


@pytest.mark.parametrize("code", packs())
def test_every_pack_knows_commanders_of_all_ages(code):
    groups = load_commanders(code)
    assert len({name for group in groups for name in group.names}) >= 500
    for first, last in ((-500, 500), (500, 1500), (1500, 1800), (1800, 1914), (1914, 1946), (1946, 2027)):
        assert any(first <= group.first and group.last < last for group in groups), (first, last)


@pytest.mark.parametrize("code", packs())
def test_years_are_in_order_and_no_name_stands_for_two_sides_at_once(code):
    told: dict[str, list[tuple[int, int]]] = {}
    for group in load_commanders(code):
        assert group.first <= group.last, group.side
        assert len(set(group.names)) == len(group.names), group.side
        for name in group.names:
            assert name.strip() == name
            assert any(letter.isupper() for letter in name), name
            for first, last in told.setdefault(name, []):
                assert last < group.first or group.last < first, name
            told[name].append((group.first, group.last))


@pytest.mark.parametrize(
    ("code", "name", "year", "side"),
    [
        ("en", "Hannibal", -216, "carthage"),
        ("en", "Caesar", -52, "rome"),
        ("en", "Caesar", -48, "caesarians"),
        ("en", "Saladin", 1187, "ayyubids"),
        ("en", "Wallenstein", 1632, "austria"),
        ("en", "Rupert", 1644, "royalists"),
        ("en", "Stonewall Jackson", 1862, "confederacy"),
        ("en", "Garibaldi", 1849, "roman-republic"),
        ("en", "Garibaldi", 1866, "italy"),
        ("en", "Denikin", 1916, "russia"),
        ("en", "Denikin", 1919, "whites"),
        ("en", "Zhukov", 1943, "soviet-union"),
        ("en", "Haftar", 2019, "lna"),
        ("hu", "Szulejmán", 1541, "ottoman"),
        ("hu", "Szapolyai", 1529, "szapolyai"),
        ("hu", "Bocskai", 1605, "bocskai"),
        ("hu", "Rákóczi", 1706, "kuruc"),
        ("hu", "Heister", 1704, "austria"),
        ("hu", "Görgei", 1849, "hungary"),
        ("hu", "Görgey", 1849, "hungary"),
        ("hu", "Windisch-Grätz", 1848, "austria"),
        ("hu", "Paszkevics", 1849, "russia"),
        ("hu", "Nagy Sándor", -331, "macedon"),
        ("hu", "Malinovszkij", 1944, "soviet-union"),
        ("hu", "Bernadotte", 1805, "france"),
        ("hu", "Bernadotte", 1813, "sweden"),
    ],
)
def test_a_name_stands_for_the_side_of_its_years(code, name, year, side):
    assert led(code, name, year) == [side]


@pytest.mark.parametrize(
    ("code", "name", "year"),
    [("en", "Jackson", 1862), ("en", "Zhukov", 1812), ("en", "Washington", 1777), ("hu", "Montgomery", 1944)],
)
def test_names_that_are_places_or_of_another_age_say_nothing(code, name, year):
    assert led(code, name, year) == []


def test_a_file_is_read_group_by_group(written):
    [group] = load_commanders(written(GROUP))
    assert (group.side, group.first, group.last, group.names) == ("reds", 1918, 1921, ("Karol", "Iva Marin"))


def test_a_name_may_change_sides(written):
    later = GROUP.replace("reds", "whites").replace("1921", "1930").replace("1918", "1922")
    assert [group.side for group in load_commanders(written(GROUP + later))] == ["reds", "whites"]


def test_a_language_may_know_none(written):
    assert load_commanders(written(None)) == ()


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ("last = 1921", "last = 1917", "$.commanders[0].last", "from 1918 on"),
        ('names = ["Karol", "Iva Marin"]', "names = []", "$.commanders[0].names", "at least one name"),
        ('"Karol"', '""', "$.commanders[0].names", "a name with a capital"),
        ('"Karol"', '"karol"', "$.commanders[0].names", "a name with a capital"),
        ('"Karol"', '"Karol "', "$.commanders[0].names", "stray space"),
        ('"Iva Marin"', '"Karol"', "$.commanders[0].names", "'Karol' stands in $.commanders[0]"),
        ("first = 1918", 'first = "1918"', "$.commanders[0].first", "int"),
        ('side = "reds"\n', "", "$.commanders[0]", "side"),
        ("last = 1921", "last = 1921\nrank = 1", "$.commanders[0]", "rank"),
        ("first = 1918", "first = = 1", "not valid TOML", "line 3"),
    ],
)
def test_a_broken_file_says_where_and_what_was_expected(written, old, new, key, expected):
    assert old in GROUP
    code = written(GROUP.replace(old, new))
    with pytest.raises(PackError) as error:
        load_commanders(code)
    said = str(error.value)
    assert said.startswith(f"languages/{code}/commanders.toml: ")
    assert key in said
    assert expected in said
    assert "\n" not in said


def test_a_name_on_two_sides_in_one_year_is_refused(written):
    code = written(GROUP + GROUP.replace("reds", "whites").replace('"Iva Marin"', '"Pal"'))
    with pytest.raises(PackError, match=r"\$\.commanders\[1\]\.names: 'Karol' stands in \$\.commanders\[0\]"):
        load_commanders(code)
