"""A plain text becomes an account: markers, residue, blocks, sections, language, in one pass each.

What does not belong here: files and bytes (``opening``), other formats, sentences.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from frontledger.accounts import blocks, dateline, infobox, language
from frontledger.accounts.citations import Entry, find, lifted
from frontledger.accounts.lines import lines_of
from frontledger.model import Account, Citation, Problem

__all__ = ["from_text"]

MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|mediawiki)\b", re.IGNORECASE)


def from_text(
    text: str,
    id: str = "text",  # noqa: A002  the field's own name
    lang: str | None = None,
    date: str | None = None,
    source: str | None = None,
    *,
    title: str | None = None,
    citations: Sequence[Citation] | None = None,
) -> Account:
    """Read ``text`` as one account; never raises, whatever it holds.

    Offsets of everything found are code points into ``text``.  ``lang`` is an ISO 639 code or a tag ("hu-HU")
    and overrides detection; ``citations`` overrides the search for markers.
    """
    where = source or id
    marks, entries = _marks(text, citations)
    lines = lines_of(lifted(text, marks))
    fields, head = infobox.residue(lines)
    cut, headings = blocks.blocks_of(text, lines, head, frozenset(start for _, start, _, _ in entries))
    problems: list[Problem] = []
    if not lines:
        problems.append(Problem(code="empty", where=where, message="holds no text"))
    if MARKUP.match(text):
        message = "looks like HTML or XML; read as plain text, tags and all"
        problems.append(Problem(code="markup", where=where, message=message, start=0, end=min(len(text), 40)))
    code = language.code_of(lang) or language.detect(text)
    if code is None and lines:
        message = "language could not be told; name it (--lang, or the field 'lang')"
        problems.append(Problem(code="no-language", where=where, message=message))
    narrative = next((block for block in cut if block.kind != "infobox"), None)
    if title is None and narrative and narrative.kind == "heading":
        title = text[narrative.start : narrative.end]
    return Account(
        id=id,
        text=text,
        lang=code,
        title=title,
        date=date or dateline.stated(lines[: head.start] + lines[head.stop :]),
        source=source,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        citations=tuple(marks),
        infobox=tuple(fields),
        sections=tuple(blocks.sections_of(text, headings, lines)),
        blocks=tuple(cut),
        problems=tuple(problems),
    )


def _marks(text: str, given: Sequence[Citation] | None) -> tuple[Sequence[Citation], list[Entry]]:
    found, entries = find(text)
    return (found, entries) if given is None else (given, entries)
