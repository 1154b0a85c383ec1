"""Lists of dates under one noun."""

import pytest

from .opening import code, objects


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "hu",
            "A háború 1683-ban kezdődött. A várak visszavételének éve: Karvol 1683, Derin 1686, Sarn 1688.",
        ),
        (
            "en",
            "The war began in 1683. Years of the recapture of the castles: Karvol 1683, Derin 1686, Sarn 1688.",
        ),
    ],
)
def test_each_name_has_the_year_beside_it(lang: str, text: str):
    found = [(objects(event), event.date.edtf) for event in code(lang, text) if event.kind == "capture"]
    assert found == [(["Karvol"], "1683"), (["Derin"], "1686"), (["Sarn"], "1688")]


def test_a_list_without_dates_is_left_alone():
    text = "A háború 1683-ban kezdődött. A várak visszavétele: Karvol, Derin, Sarn."
    assert not any(event.date.edtf == "1686" for event in code("hu", text))
