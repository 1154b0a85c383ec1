"""Who fights whom by the infobox."""

import pytest

from frontledger import accounts
from frontledger.events.coding import code
from frontledger.languages.pack import load_pack

BATTLE = """{{Infobox military conflict
| conflict = Battle of Karvol
| date = 3–9 May 1644
| combatant1 = [[Royalists]]
| combatant2 = [[Parliamentarians]]
| commander1 = [[John Byward]]<br>[[Piers Colwyn]]
| commander2 = [[Amos Thorne]]
}}
On 3 May Byward captured the town of [[Karvol]]. On 5 May Thorne took Derin, which surrendered on the 7th.
"""

CSATA = """Karvoli csata
Időpont: 1849. április 2. – május 21.
Szemben álló felek: Magyarország; Osztrák Császárság

Április 2-án a honvédek elfoglalták Karvolt. Május 3-án az osztrákok visszafoglalták a várost.
"""


def control(text: str, tmp_path) -> list[tuple[str | None, str | None, str | None]]:
    path = tmp_path / "battle.txt"
    path.write_text(text, encoding="utf-8")
    (account,) = accounts.read(path)
    return [
        (event.date.edtf, event.actor and event.actor.id, event.against and event.against.id)
        for event in code(account, load_pack(account.lang or "en"))
        if event.kind in {"capture", "handover"}
    ]


def test_commanders_of_the_infobox_stand_for_its_sides(tmp_path):
    assert control(BATTLE, tmp_path) == [
        ("1644-05-03", "royalists", "parliamentarians"),
        ("1644-05-05", "parliamentarians", "royalists"),
        ("1644-05-07", "parliamentarians", "royalists"),
    ]


@pytest.mark.parametrize("box", ["Szemben álló felek: Magyarország; Osztrák Császárság\n", ""])
def test_a_year_that_only_the_infobox_states_dates_the_narrative(box: str, tmp_path):
    text = CSATA.replace("Szemben álló felek: Magyarország; Osztrák Császárság\n", box)
    assert [date for date, _actor, _against in control(text, tmp_path)] == ["1849-04-02", "1849-05-03"]
