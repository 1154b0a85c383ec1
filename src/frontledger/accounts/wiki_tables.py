"""Tables of wikitext: rows and cells, each cell a block of its own.

What belongs here: where cells begin and end.  What does not: what stands in them (``wikitext``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from frontledger.accounts.wikitext import Page

__all__ = ["read_table"]

TOKEN = re.compile(r"\n[ \t]*(\|-|\|\+|\|\}|\||!)|(\|\||!!)|(\{\{|\[\[|\{\||<)")
ATTRIBUTES = re.compile(r"[ \t]*[^\[\]{}|\n<]{0,400}\|(?!\|)")
FURNITURE = re.compile(
    r"navbox|infobox|metadata|ambox|toccolours|vertical-navbox|display:\s*none", re.IGNORECASE
)


def read_table(page: Page, start: int, end: int) -> None:
    """Lay out the table between ``{|`` and ``|}``, row by row; what is only furniture is left out."""
    source = page.source
    line = source.find("\n", start, end)
    if line < 0:
        return
    if FURNITURE.search(source, start, line):
        page.hide(line, end)
        return
    outer = page.items
    page.builder.begin()
    page.items = "cell"
    for row in _rows(page, line, end):
        for low, high in row:
            given = ATTRIBUTES.match(source, low, high)
            if given:
                low = given.end()  # noqa: PLW2901  the cell's words begin behind its attributes
            if outer is None:
                page.builder.begin("cell")
            page.walk(low, high)
        if outer is None:
            page.builder.end_row()
    page.items = outer
    page.paragraph()


def _rows(page: Page, start: int, end: int) -> list[list[tuple[int, int]]]:
    """The cells of each row, as stretches of the source."""
    source, pairs = page.source, page.pairs
    rows: list[list[tuple[int, int]]] = [[]]
    opened: int | None = None
    header = False
    at = start

    def close(stop: int) -> None:
        if opened is not None and source[opened:stop].strip():
            rows[-1].append((opened, stop))

    while found := TOKEN.search(source, at, end):
        at = found.end()
        if found[3]:
            begins = found.start()
            at = max(pairs.ends.get(begins, at), pairs.literal.get(begins, at))
            continue
        if found[2]:
            if opened is not None and (found[2] == "||" or header):
                close(found.start())
                opened = at
            continue
        close(found.start())
        opened = at
        header = found[1] == "!"
        if found[1] in ("|-", "|+", "|}"):
            rows.append([])
            if found[1] != "|+":
                opened = None
    close(end if not source.startswith("|}", end - 2) else end - 2)
    return [row for row in rows if row]
