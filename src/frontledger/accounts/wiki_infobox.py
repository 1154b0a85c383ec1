"""Infoboxes of wikitext: each parameter becomes lines of the text and fields of the account.

A parameter's items (separate lines, list items) become a field each.  What belongs here: which parameter is what.
What does not: what a result means for the ledger, infobox residue of plain text (``infobox``).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from frontledger.accounts.fields import SIDED, add_fields
from frontledger.accounts.wiki_notes import plain
from frontledger.accounts.wiki_templates import cut, table

if TYPE_CHECKING:
    from frontledger.accounts.wikitext import Page

__all__ = ["meaning", "read_infobox"]

NUMBERED = re.compile(r"(.*?)[ _]?(\d{1,2})[a-z]?")


@cache
def meaning(name: str) -> tuple[str, int | None]:
    """The field's key and its column, from 1, of a parameter ("combatant2" is the second belligerent)."""
    known = {word: key for key, words in table().infobox.keys.items() for word in words}
    found = NUMBERED.fullmatch(name)
    base, column = (found[1].strip(), int(found[2])) if found else (name, None)
    key = known.get(name) or known.get(base)
    if key is None:
        return name, None
    return key, column if key in SIDED else None


def read_infobox(page: Page, start: int, end: int) -> None:
    """Lay out the infobox between its braces; parameters that only decorate are left out."""
    builder, known = page.builder, table().infobox
    outer, page.items = page.items, "infobox"
    for one in cut(page.source, start, end, page.pairs):
        raw = page.source[one.start : one.end]
        if not raw.strip():
            continue
        name = one.name.replace("_", " ")
        if one.positional or name in known.skip:
            page.hide(one.start, one.end)
            continue
        if name in known.title and builder.title is None:
            builder.title = plain(raw) or None
            if not builder.blocks and builder.start is None and not builder.muted:
                page.items = None
                builder.begin("heading", 1)
                page.walk_trimmed(one)
                builder.begin()
                page.items = "infobox"
                continue
        elif name in known.title and plain(raw) == builder.title:
            page.hide(one.start, one.end)
            continue
        key, column = meaning(name)
        first = len(builder.blocks)
        builder.begin("infobox")
        page.walk_trimmed(one)
        builder.end()
        if not builder.muted:
            add_fields(builder, first, key, column, name)
    page.items = outer
    page.paragraph()
