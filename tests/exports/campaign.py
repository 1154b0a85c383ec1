"""A small war in our own words, with everything that an export may meet, and ledgers that are hostile or ancient."""

from __future__ import annotations

from frontledger import pipeline
from frontledger.ledger.storage import Ledger

from .ledgers import stored

WAR = """{{Infobox military conflict
| conflict = The road to Mahin
| date = November – December 2015
| combatant1 = Syrian Army
| combatant2 = ISIL
}}
On 3 November 2015, the Syrian Army captured Mahin from ISIL.<ref>{{cite web |title=Army takes = Mahin |url=https://example.org/m?a=1&b=2 |publisher=Example Times |date=4 November 2015}}</ref>

On 5 November 2015, ISIL captured Huwwarin from the Syrian Army.<ref>{{cite news |title=Huwwarin falls |publisher=Agency}}</ref>

Between 8 and 12 November 2015, the Syrian Army captured Al-Qaryatayn from ISIL.

On 14 November 2015, the Syrian Army reportedly captured Palmyra from ISIL.

On 15 November 2015, the Syrian Army failed to capture Sadad.

On 16 November 2015, the Syrian Air Force bombed ISIL positions in Palmyra.

On 18 November 2015, the Syrian Army shelled ISIL in Al-Qaryatayn.

On 20 November 2015, the Syrian Army captured part of Palmyra from ISIL.

On 22 November 2015, ISIL withdrew from Al-Qaryatayn.

On 23 November 2015, ISIL captured Mahin from the Syrian Army.

On 23 November 2015, the Syrian Army recaptured Mahin from ISIL.

By 25 November 2015, the Syrian Army held Sadad.

On 28 November 2015, ISIL handed over Al-Qaryatayn to the Syrian Army.

In December 2015, the Syrian Army captured Hill 903 from ISIL.

In 2016, the Syrian Army captured Mahin from ISIL.

On 2 December 2015, ISIL clashed with the Syrian Army near Sadad.

On 3 December 2015, the Syrian Army captured Palmyra from ISIL.

On 3 December 2015, Palmyra was captured by the Syrian Army from ISIL.

On 5 December 2015, ISIL captured Sadad from the Syrian Army.
"""

ARABIC = ("قرية الشهداء " * 30)[:300]
FORMULA = '=HYPERLINK("http://example.org","x")'
NASTY = "{{evil}} [[link|x]] | || <b>&amp;</b> <!-- \n|-\n! head\n\"quoted\", ''it'' ]]> \x0b\x1b"


def war(folder):
    """The small war as a ledger, with a verdict of each sort on its events."""
    source = folder / "war.wiki"
    source.write_text(WAR, encoding="utf-8")
    path = folder / "war.gpkg"
    pipeline.run([source], path)
    with Ledger.open(path) as ledger:
        ledger.review("war:e1", "accept", by="Ann Reader", why="page 12")
        ledger.review("war:e2", "reject", by="Béla <b>", why="not so")
        ledger.review("war:e3", "dispute", by="Ann Reader", why="the agency says otherwise")
    return path


def ancient(path):
    """Days before the year 1."""
    told = [
        ("-0048-01-10", "-0048-01-10", "caesarians", "ariminum", "pompeians"),
        ("-0048-02-01", "-0048-02-28", "caesarians", "corfinium", "pompeians"),
    ]
    stored(path, told, places={"ariminum": (44.06, 12.57)}).close()
    return path


def hostile(path):
    """Names and texts that are markup, formulas, control characters, or 300 letters of Arabic."""
    names = {"arabic": ARABIC, "formula": FORMULA, "nasty": NASTY, "isil": f"={FORMULA}", "hts": f"@{NASTY}"}
    told = [
        ("2016-03-03", "2016-03-03", "isil", "arabic", "hts"),
        ("2016-03-04", "2016-03-04", "isil", "formula", "hts"),
        ("2016-03-05", "2016-03-05", "hts", "nasty", "isil"),
    ]
    places = {"arabic": (34.24, 37.06), "formula": (34.3, 36.9), "nasty": (34.5, 38.2)}
    stored(
        path, told, places=places, name=lambda one: names.get(one, one), title=f"-{NASTY}", target=f"+{NASTY}"
    ).close()
    return path


def empty(path):
    """A ledger without anything."""
    Ledger.create(path).close()
    return path
