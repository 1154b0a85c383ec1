"""Short names that an account gives in brackets behind the full ones."""

import pytest

from frontledger import accounts
from frontledger.events import coding
from frontledger.languages.pack import load_pack


def takers(text: str) -> list[str | None]:
    """Who takes or leaves places, in text order."""
    events = coding.code(accounts.from_text(text, lang="en"), load_pack("en"))
    return [one.actor.id if one.actor else None for one in events if one.kind in {"capture", "withdrawal"}]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (
            "The Argun Liberation Front (ALF) captured Shali. ALF fighters left Gudermes. The ALF seized Vedeno.",
            "argun-liberation-front",
        ),
        (
            "The Movement for the Liberation of Argun (MLA) captured Shali. Later the MLA left Gudermes.",
            "movement-for-the-liberation-of-argun",
        ),
        ("The Eritrean Defence Forces (EDF) captured Shali. EDF troops left Gudermes.", "eritrea"),
        ("The Free Argun Movement (GAM-A) captured Shali. The GAM-A left Gudermes.", "free-argun-movement"),
    ],
)
def test_both_names_are_one_side(text, side):
    assert set(takers(text)) == {side}


def test_a_class_of_numbered_units_is_no_side():
    text = "The rebels overran Light Infantry Battalion (LIB) 540 and captured Shali. LIB 377 left Gudermes."
    assert "light-infantry-battalion" not in takers(text)


def test_who_only_reports_is_no_side():
    text = "The Argun Observatory for Rights (AOR) reported fighting. AOR said that the rebels had captured Shali."
    assert takers(text) == ["rebels"]
