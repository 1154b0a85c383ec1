"""Tags of wikitext: which begin a block, which hide what they hold, which only dress words.

What belongs here: HTML and extension tags, comments.  What does not: ``<ref>`` and ``<references>``
(``wiki_notes``), tables (``wiki_tables``); the names are in ``templates.toml``.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from frontledger.accounts import wiki_notes
from frontledger.accounts.wiki_templates import table

if TYPE_CHECKING:
    from frontledger.accounts.wikitext import Page

__all__ = ["lay_tag"]

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b([^<>]{0,2000})>")


def lay_tag(page: Page, start: int, high: int) -> int:
    """Lay out the tag or comment at ``start`` and say where to go on."""
    source, builder, known = page.source, page.builder, table().tags
    stop = page.pairs.literal.get(start)
    if source.startswith("<!--", start):
        if stop is None:
            builder.put("<", start)
            return start + 1
        return min(stop, high)
    found = TAG.match(source, start, high)
    if found is None:
        builder.put("<", start)
        return start + 1
    closing, name, attributes = found[1], found[2].lower(), found[3]
    if name == "ref":
        return found.end() if closing else wiki_notes.tag(page, found, high)
    if name == "references":
        return wiki_notes.listed(page, found, high)
    if stop is not None and name in ("nowiki", "pre"):
        inner = source[found.end() : stop]
        builder.put(unescape(inner[: inner.rfind("</")]), found.end())
        return min(stop, high)
    if name in known.hidden:
        return _hidden(page, found, stop, high)
    if name == "br" and not page.items:
        builder.put(" ", start)
    elif name == "blockquote":
        builder.begin("paragraph" if closing else "quote")
    elif name == "li" and not closing and not page.items:
        builder.begin("bullet")
    elif name in known.block:
        page.paragraph()
    elif name not in known.shown:
        builder.put("<", start)
        return start + 1
    elif "display:none" in attributes.replace(" ", "") and not closing:
        closing_tag = page.closing(name, found.end(), high)
        return closing_tag[1] if closing_tag else found.end()
    return found.end()


def _hidden(page: Page, found: re.Match[str], stop: int | None, high: int) -> int:
    """Skip a tag with its content; references in a gallery's captions are counted all the same."""
    if found[1] or found[3].rstrip().endswith("/"):
        return found.end()
    if stop is None:
        closing = page.closing(found[2].lower(), found.end(), high)
        if closing is None:
            return found.end()
        stop = closing[1]
    if found[2].lower() == "gallery":
        page.hide(found.end(), min(stop, high))
    return min(stop, high)
