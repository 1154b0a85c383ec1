"""Who holds a place, read off a list's remarks alone, against the list's own column.

    python benchmarks/control.py [FILE] [--list]

FILE is a table with the columns place, held_by, as_of and narrative; without one it is the development half of
``../shared/control``.  Each row becomes an account: the narrative is its text, the place its title, ``as_of`` its
date.  Nothing else of the row is read.  The account is coded and folded as every other, and asked who held the
place on ``as_of``.

Which rows count is decided by their words alone, never by what the engine found (:func:`stated`):

- a row *states* control when one of its sentences joins a word of control (captured, held …) to a side ("by
  Russia", "under Ukrainian control") or calls the place contested, and nobody is said to claim it;
- a row only *claims* when all such sentences are somebody's claim ("capture claimed by …"): the ledger keeps
  claims in a layer of their own, and so does this count;
- a row says *nothing* of control otherwise: references ("See Battle of X"), raids, pressure, strikes.

The figure is right rows among those that state control.  A row is *stale* when the last of its sentences of
control names another side than the column and nothing contested: the list knows more than its narrative, and no
reader of the narrative could be right.  Stale rows stay in the figure; their number shows how high it can go.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from frontledger import accounts
from frontledger.events import coding
from frontledger.languages.pack import load_pack
from frontledger.ledger.control import control
from frontledger.ledger.fold import fold
from frontledger.model import Control, Event
from frontledger.places.identity import resolve

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "control" / "ukraine-2024-dev.csv"
COLUMNS = ("place", "held_by", "as_of", "narrative")

Says = Literal["states", "claims", "nothing"]

LOST_BREAK = re.compile(r"(?<=[a-z\d).])(?=[A-Z][a-z]{2})")
"""Where a cell lost its line break: "(2014)Captured", "2022Recaptured", "BakhmutCaptured"."""
SENTENCE = re.compile(r"[^.\n]+")
SIDES = {
    "Russia": ("russia", "donetsk", "luhansk", "lugansk", "dpr", "lpr", "dnr", "lnr", "separatist", "wagner", "crimea"),
    "Ukraine": ("ukrain",),
}  # fmt: skip
"""A side of the column, and how the names and ids of those who fight on it are known."""
WORD = r"captur|retak|taken|took|liberat|occup|seiz|conquer|annex|secur|clear|control|held|hold|rule|hands|contest|disput|fell|fallen|surrender|abandon|lost|los[ei]|withdr|retreat"
CONTROL = re.compile(rf"\b(?:re|partially |mostly |fully )*(?:{WORD})\w*", re.IGNORECASE)
SIDE = re.compile(
    r"\b(?:Russia\w*|Ukrain\w*|Donetsk (?:PR|People\W?s Republic)|Luhansk (?:PR|People\W?s Republic)|[DL][PN]R"
    r"|(?:pro-Russian )?separatists?|Wagner\b)"
)
CLAIM = re.compile(r"\bclaim\w*|\breport\w*|\balleg\w*|\bunconfirmed\b|\bnot verified\b", re.IGNORECASE)
LINK = re.compile(
    r"\b(?:contested|disputed)\b|"
    rf"(?:{CONTROL.pattern})[^.\n]*?\b(?:by|to|from|under|in|of)\b[^.\n]*?{SIDE.pattern}"
    rf"|\b(?:under|in|into)\s+{SIDE.pattern}[^.\n]*?\b(?:{WORD})\w*"
    rf"|{SIDE.pattern}\W+(?:\w+\W+){{0,4}}?(?:re)?(?:{WORD})\w*",
    re.IGNORECASE,
)
REFERENCE = re.compile(r"^\s*See\b")
OF_THINGS = re.compile(
    r"\b(?:tanks?|vehicles?|soldiers|troops|prisoners|equipment)\b[^.\n]*\bcaptur", re.IGNORECASE
)


@dataclass(frozen=True)
class Row:
    """One place of the list."""

    place: str
    held_by: str
    as_of: str
    narrative: str

    @property
    def text(self) -> str:
        """The narrative with its line breaks."""
        return LOST_BREAK.sub("\n\n", self.narrative)

    @property
    def sentences(self) -> list[str]:
        """Its sentences of control, roughly cut: references to other articles are none."""
        found = (sentence.strip() for sentence in SENTENCE.findall(self.text))
        return [
            one
            for one in found
            if not REFERENCE.match(one) and not OF_THINGS.search(one) and LINK.search(one)
        ]

    @property
    def says(self) -> Says:
        """Whether the narrative states who holds the place."""
        sentences = self.sentences
        if not sentences:
            return "nothing"
        return "claims" if all(CLAIM.search(sentence) for sentence in sentences) else "states"

    @property
    def stale(self) -> bool:
        """Whether the last sentence of control speaks of another side than the column, or of none contested."""
        stated = [sentence for sentence in self.sentences if not CLAIM.search(sentence)]
        if not stated:
            return False
        if self.held_by == "Contested":
            return not re.search(r"contest|disput|partial|mostly", stated[-1], re.IGNORECASE)
        return all(side_of(match.group()) != self.held_by for match in SIDE.finditer(stated[-1]))


def side_of(name: str) -> str:
    """The side of the column that a side of the ledger is; its own name when it is none of them."""
    low = name.casefold()
    return next((side for side, marks in SIDES.items() if any(mark in low for mark in marks)), name)


def rows(path: Path) -> list[Row]:
    """The rows of a table; exits with one line when a column is missing."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            sys.exit(f"{path}: expected the columns {', '.join(COLUMNS)}; missing {', '.join(missing)}")
        return [Row(**{name: line[name] for name in COLUMNS}) for line in reader]


def read(row: Row) -> tuple[str, tuple[Event, ...]]:
    """The answer of the ledger for a row, and the events that it rests on.

    What the account states goes before what it only claims.
    """
    account = accounts.from_text(row.text, id="row", lang="en", date=row.as_of, title=row.place)
    placed = resolve(coding.code(account, load_pack("en")))
    holdings = fold(placed.events, placed.places)
    own = {ref.id for event in placed.events for ref in event.places if ref.name == row.place}
    states = [one for one in control(holdings, placed.places, row.as_of) if one.place in own]
    known = [one for one in states if one.state != "unknown"]
    known.sort(key=lambda one: one.layer)  # assessed, claimed
    return answer(known[0]) if known else "unknown", placed.events


def answer(row: Control) -> str:
    """A row of control in the words of the column."""
    return "Contested" if row.state == "contested" else side_of(row.holder or "")


def told(event: Event) -> str:
    """An event on one line."""
    who = event.actor.id if event.actor else "?"
    marks = "".join(f" {mark}" for mark in ("again", "hedged", "negated") if getattr(event, mark))
    extents = {ref.extent for ref in event.places if ref.role == "object"}
    return f"{event.kind} by {who} {event.date.edtf} {'/'.join(sorted(extents))}{marks} ({event.rule})"


def main() -> int:
    """Print the figures; with ``--list`` every wrong row."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", nargs="?", type=Path, default=DEFAULT)
    parser.add_argument("--list", action="store_true", help="every wrong row with its narrative and events")
    options = parser.parse_args()
    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    stale = fresh = 0
    for row in rows(options.file):
        got, events = read(row)
        wanted = "unknown" if row.says == "nothing" else row.held_by
        total[row.says] += 1
        right[row.says] += got == wanted
        stale += row.says == "states" and row.stale
        fresh += row.says == "states" and not row.stale and got == wanted
        if options.list and got != wanted:
            print(f"{row.says}{' (stale)' if row.stale else ''}: {row.place}: {row.held_by}, read as {got}")
            print("".join(f"    {line}\n" for line in (row.narrative, *map(told, events))), end="")
    count = total["states"]
    print(
        f"narrative states control   {right['states']:4} of {count:4} right  {right['states'] / max(count, 1):.3f}"
    )
    print(
        f"  of these stale           {stale:4}, so that at most {(count - stale) / max(count, 1):.3f} can be right"
    )
    print(
        f"  without the stale ones   {fresh:4} of {count - stale:4} right  {fresh / max(count - stale, 1):.3f}"
    )
    print(f"narrative only claims it   {right['claims']:4} of {total['claims']:4} as the list has it")
    print(f"narrative says nothing     {right['nothing']:4} of {total['nothing']:4} left unknown")
    return 0


if __name__ == "__main__":
    sys.exit(main())
