"""Infoboxes of MediaWiki pages in HTML: the table's rows become lines of the text and fields of the account.

What belongs here: which cell is a label and which a value.  What does not: the keys of the labels (language packs).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from frontledger.accounts.fields import SIDED, add_fields, key_of_label
from frontledger.accounts.html_tree import Node
from frontledger.languages.accountwords import account_words

if TYPE_CHECKING:
    from frontledger.accounts.html import Reader

__all__ = ["is_infobox", "read_infobox"]

PICTURES = frozenset(
    {"infobox-image", "infobox-full-data-image", "infobox-caption", "infobox-navbar", "navbar"}
)


def is_infobox(node: Node) -> bool:
    """Whether the element is an infobox."""
    return node.tag in ("table", "aside", "div") and any(
        one in ("infobox", "infobox_v2", "portable-infobox", "infobox3") or one.startswith("infobox-table")
        for one in node.classes
    )


def read_infobox(reader: Reader, box: Node) -> None:
    """Lay out the rows of the infobox."""
    outer, reader.items = reader.items, "infobox"
    current: str | None = None
    headed = False
    for row in _rows(box):
        cells = [
            one
            for one in row.children
            if isinstance(one, Node) and one.tag in ("td", "th", "h2", "h3", "div")
        ]
        cells = [one for one in cells if not reader.is_hidden(one)]
        words = [one.text(reader.source) for one in cells]
        if not any(words) or PICTURES.intersection(name for one in cells for name in one.classes):
            continue
        heads = [one for one in cells if one.tag in ("th", "h2", "h3")]
        if len(cells) == 1 and heads:
            if not headed and key_of_label(words[0]) is None:
                _title(reader, cells[0], words[0])
            else:
                current = key_of_label(words[0]) or words[0].lower()
            headed = True
        elif len(cells) >= 2 and heads and cells[0] is heads[0]:
            label = key_of_label(words[0]) or words[0].rstrip(":").lower()
            for cell in cells[1:]:
                _value(reader, cell, label, None)
        elif len(cells) == 1:
            _alone(reader, cells[0], words[0], current)
        else:
            for column, cell in enumerate(cells, 1):
                _value(reader, cell, current or "", column if current in SIDED else None)
    reader.items = outer
    reader.paragraph()


def _rows(box: Node) -> Iterator[Node]:
    """The rows in order; of a cell that holds a table of its own, the rows of that."""
    stack = [box]
    while stack:
        node = stack.pop()
        if node.tag == "tr" and (node is box or not any(True for _ in node.find("table"))):
            yield node
            continue
        if "pi-item" in node.classes and node.tag in ("div", "section"):
            yield node
            continue
        stack.extend(one for one in reversed(node.children) if isinstance(one, Node))


def _title(reader: Reader, cell: Node, words: str) -> None:
    builder = reader.builder
    if builder.title is None:
        builder.title = words
        reader.items = None
        builder.begin("heading", 1)
        reader.walk(cell)
        builder.begin()
        reader.items = "infobox"


def _alone(reader: Reader, cell: Node, words: str, current: str | None) -> None:
    """A row of one cell: "Part of the war" above all groups, a value common to all parties below one."""
    low = words.lower()
    parts = account_words().parts
    if low.startswith(parts) or low.endswith(parts):
        _value(reader, cell, "conflict", None)
    elif current is not None:
        _value(reader, cell, current, None)


def _value(reader: Reader, cell: Node, key: str, side: int | None) -> None:
    builder = reader.builder
    first = len(builder.blocks)
    builder.begin("infobox")
    reader.walk(cell)
    builder.end()
    add_fields(builder, first, key or "other", side, None)
