"""The Hungarian form table: that it says of known forms what a grammar says, and that it can be made again."""

import os
import re
import runpy
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "src" / "frontledger" / "languages" / "hu" / "forms.tsv"
SCRIPTS = ROOT / "scripts"
DICTIONARY = "FRONTLEDGER_HU_DICTIONARY"

EXPECTED = """
foglalta foglal v past.3sg.def
foglalták foglal v past.3pl.def
foglaltuk foglal v past.1pl.def
foglalt foglal v past.3sg.indef
foglalt foglal pp sg.nom
foglalják foglal v pres.3pl.def
foglalja foglal v subj.3sg.def
foglalná foglal v cond.3sg.def
foglalhatta foglal v pot.past.3sg.def
foglalni foglal v inf
foglalniuk foglal v inf.3pl
foglalva foglal v conv
foglalható foglal ap pot.sg.nom
foglalandó foglal fp sg.nom
foglalása foglal vn p3sg.nom
foglalását foglal vn p3sg.acc
foglalásával foglal vn p3sg.ins
foglalásuk foglal vn p3pl.nom
foglalásáért foglal vn p3sg.cau
foglaltatott foglal v pass.past.3sg.indef
foglaltatik foglal v pass.pres.3sg.indef
foglalá foglal v past.3sg.def
foglalák foglal v past.3pl.def
ostromlá ostromol v past.3sg.def
vette vesz v past.3sg.def
vették vesz v past.3pl.def
vegye vesz v subj.3sg.def
veheti vesz v pot.pres.3sg.def
vevé vesz v past.3sg.def
vétetett vesz v pass.past.3sg.indef
jött jön v past.3sg.indef
mentek megy v past.3pl.indef
lőtték lő v past.3pl.def
lesz lesz v pres.3sg.indef
lettek lesz v past.3pl.indef
volt van v past.3sg.indef
vala van v past.3sg.indef
nincs nincs v pres.3sg.indef
esett esik v past.3sg.indef
ütköztek ütközik v past.3pl.indef
ürítették ürít v past.3pl.def
vonult vonul v past.3sg.indef
vonulása vonul vn p3sg.nom
törekedett törekszik v past.3sg.indef
kíséreltek kísérel v past.3pl.indef
sikerült sikerül v past.3sg.indef
cáfolta cáfol v past.3sg.def
támadók támad ap pl.nom
támadóknak támadó n pl.dat
védői védő n p3sgpl.nom
városát város n p3sg.acc
városai város n p3sgpl.nom
városig város n sg.ter
városi város adj i
falut falu n sg.acc
falvak falu n pl.nom
falvát falu n p3sg.acc
falvait falu n p3sgpl.acc
utat út n sg.acc
úton út n sg.sup
tavat tó n sg.acc
hídját híd n p3sg.acc
csúcsait csúcs n p3sgpl.acc
hegycsúcsok hegycsúcs n pl.nom
légitámaszpontot légitámaszpont n sg.acc
városrészeket városrész n pl.acc
kerületét kerület n p3sg.acc
kétharmadát kétharmad n p3sg.acc
közelében közel n p3sg.ine
kézre kéz n sg.sub
kezükre kéz n p3pl.sub
kezébe kéz n p3sg.ill
kezén kéz n p3sg.sup
kezünkre kéz n p1pl.sub
ellenőrzésük ellenőrzés n p3pl.nom
ellenőrzése ellenőrzés n p3sg.nom
uralma uralom n p3sg.nom
birtokába birtok n p3sg.ill
csapatai csapat n p3sgpl.nom
csapataink csapat n p1plpl.nom
csapataival csapat n p3sgpl.ins
hadserege hadsereg n p3sg.nom
erőktől erő n pl.abl
oroszok orosz n pl.nom
szíreké szír n pl.gen
irakiak iraki n pl.nom
törököktől török n pl.abl
lázadókkal lázadó n pl.ins
király király n sg.nom
hadnagyok hadnagy n pl.nom
offenzívát offenzíva n sg.acc
bevétele bevétel n p3sg.nom
visszavonulását visszavonulás n p3sg.acc
tűzszünetet tűzszünet n sg.acc
jelentése jelentés n p3sg.nom
övék övé pron pl.nom
"""

UNEXPECTED = """
ellenőrzésük ellenőrzés n p3pl.acc
ostromlóaknak ostromló n pl.dat
irakik iraki n pl.nom
hadnagyot nagy n sg.acc
észrevették vesz v past.3pl.def
mondák mond v past.3pl.def
harcának harcol v past.3pl.indef
foglalta foglal v past.3sg.indef
"""


def _lines(text: str) -> list[str]:
    return [line.replace(" ", "\t") for line in text.strip().splitlines()]


@pytest.fixture(scope="module")
def table() -> list[str]:
    return TABLE.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", _lines(EXPECTED))
def test_form_is_analysed(table: list[str], line: str) -> None:
    assert line in table


@pytest.mark.parametrize("line", _lines(UNEXPECTED))
def test_wrong_analysis_is_absent(table: list[str], line: str) -> None:
    assert line not in table


def test_shape(table: list[str]) -> None:
    head, *rows = table
    assert head.startswith("#")
    assert rows == sorted(set(rows))
    assert all(row.count("\t") == 3 and row == row.lower() for row in rows)
    case = "nom|acc|dat|ins|cau|tra|ine|ill|ela|sup|sub|del|ade|all|abl|ter|ess|mod|tem|gen"
    nominal = rf"(?:sg|pl|p3sg|p3pl|p1pl|p3sgpl|p3plpl|p1plpl)\.(?:{case})|i"
    allowed = {
        "v": r"(?:pot\.|pass\.)?(?:(?:past|pres|cond|subj)\.[13](?:sg|pl)\.(?:in)?def|inf(?:\.3sg|\.3pl|\.1pl)?|conv)",
        "n": nominal,
        "adj": "i|beli",
        "pp": nominal,
        "ap": rf"(?:pot\.)?(?:{nominal})",
        "fp": nominal,
        "vn": nominal,
        "pron": nominal,
    }
    wrong = [row for row in rows if not re.fullmatch(allowed[row.split("\t")[2]], row.split("\t")[3])]
    assert wrong == []


def test_every_verb_has_its_main_forms(table: list[str]) -> None:
    rows = [row.split("\t") for row in table[1:]]
    verbs = {lemma for _, lemma, part, _ in rows if part == "v"}
    impersonal = {"kell", "nincs", "lesz"}  # "kell" has no plural past here, the others are fixed rows
    for tags in ("past.3sg.indef", "past.3pl.indef", "inf", "pres.3sg.indef"):
        have = {lemma for _, lemma, part, tag in rows if part == "v" and tag == tags}
        assert verbs - have <= impersonal, tags


def test_stays_small_and_quick_to_load() -> None:
    assert TABLE.stat().st_size < 3_750_000
    took = []
    for _ in range(3):
        start = time.process_time()
        text = TABLE.read_text(encoding="utf-8")
        forms = Counter(line.split("\t")[0] for line in text.splitlines())
        took.append(time.process_time() - start)
    assert len(forms) > 50_000
    assert min(took) < 0.5  # about a tenth of a second on the machine it was made on; room for slow ones


def test_generator_makes_the_same_table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = os.environ.get(DICTIONARY)
    if not folder:
        pytest.skip(f"{DICTIONARY} does not name the dictionary folder (see scripts/generate_hu_forms.py)")
    monkeypatch.syspath_prepend(str(SCRIPTS))
    output = tmp_path / "forms.tsv"
    monkeypatch.setattr(sys, "argv", ["generate_hu_forms.py", folder, "-o", str(output)])
    runpy.run_path(str(SCRIPTS / "generate_hu_forms.py"), run_name="__main__")
    assert output.read_bytes() == TABLE.read_bytes()
