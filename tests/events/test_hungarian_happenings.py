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
