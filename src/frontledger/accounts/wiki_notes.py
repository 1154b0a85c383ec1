"""Footnotes of wikitext: ``<ref>`` in all its forms, short footnotes, notes in groups, lists of definitions.

What belongs here: which reference a marker names and what it points to.  What does not: numbering (``references``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING

from frontledger.accounts.building import Target
from frontledger.accounts.references import told
from frontledger.accounts.wiki_pairs import find_pairs
from frontledger.accounts.wiki_templates import Parameter, action_of, cut, name_of, table
from frontledger.model import Reference

if TYPE_CHECKING:
    from frontledger.accounts.wikitext import Page

__all__ = ["definitions", "listed", "plain", "tag", "template"]

ATTRIBUTE = re.compile(r"\b(name|group)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'/>]+))", re.IGNORECASE)
NAMED = re.compile(r"\s+name\s?=\s?\"([^\"=]*)\"\s?/?")
REF = re.compile(r"<ref\b([^<>]{0,600})>", re.IGNORECASE)
OPENING = re.compile(r"\{\{")
FLAT = re.compile(r"\s*\{\{([^{}]*)\}\}\s*\Z")
MARKUP = re.compile(r"[\[{<&'\n]")
LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
SIGN = re.compile(r"\{\{\s*(!|'s?|ndash|snd|spaced ndash|nbsp)\s*\}\}", re.IGNORECASE)
INNER = re.compile(r"\{\{([^{}]*)\}\}")
ADDRESS = re.compile(
    r"\[((?:https?:)?//[^\s\[\]<>|{}\"]{3,2000})[ \t]*([^\[\]\n]*)\]|(https?://[^\s\[\]<>|{}\"]{3,2000})"
)
TAGS = re.compile(r"<!--[^<>]*-->|<ref\b[^<>]*>[^<>]*</ref\s*>|<[^<>]*>", re.IGNORECASE)
LONGEST = 4_000
"""Characters of a reference that are looked at for its text."""
SHORT = 300
LONGEST_TARGET = 1_000


def attributes(text: str) -> tuple[str | None, str]:
    """Name and group of a ``<ref>`` tag."""
    simple = NAMED.fullmatch(text)
    if simple:
        return simple[1].strip() or None, ""
    found = {one[1].lower(): (one[2] or one[3] or one[4] or "").strip() for one in ATTRIBUTE.finditer(text)}
    return found.get("name") or None, found.get("group", "")


def tag(page: Page, found: re.Match[str], high: int) -> int:
    """Lay out the marker of a ``<ref>`` and say where to go on."""
    start = found.start()
    name, group = attributes(found[3]) if found[3] else (None, "")
    label, key = page.references.cite(group, name, start)
    page.builder.mark(label, start, key)
    if found[3].rstrip().endswith("/"):
        return found.end()
    end = page.pairs.ends.get(start)
    if end is None:
        return found.end()
    end = min(end, high)
    low, stop = content(page.source, found.end(), end)
    if stop == end:  # never closed: what it says is a guess, and not worth more than a look
        page.references.define(key, Target(plain(page.source[low : min(stop, low + SHORT)]) or None, None))
        return end
    page.references.define(key, target(page, low, stop))
    if page.source.find("<", low, stop) >= 0 and REF.search(page.source, low, stop):
        page.hide(low, stop)
    return end


def content(source: str, low: int, end: int) -> tuple[int, int]:
    """The stretch between an opening tag and its closing one, if it has one."""
    stop = source.rfind("</", low, end) if source[end - 1 : end] == ">" else -1
    return low, stop if stop >= low else end


def template(page: Page, name: str, start: int, end: int) -> None:
    """Lay out the markers of a template that is a footnote."""
    parameters = cut(page.source, start, end, page.pairs)
    named = {one.name: value(page, one) for one in parameters}
    group = named.get("group") or named.get("g") or named.get("csoport") or table().notes[name]
    if name in ("r", "refhely"):
        wanted = [one for one in parameters if one.positional][: None if name == "r" else 1]
        for one in wanted:
            label, key = page.references.cite(group, value(page, one).strip("\"' "), start)
            page.builder.mark(label, start, key)
        return
    if name.startswith("sfn"):
        text = short(parameters, named)
        label, key = page.references.cite(group, f"FOOTNOTE {text}", start)
        page.references.define(key, Target(text, None))
        page.builder.mark(label, start, key)
        return
    words = next((one for one in parameters if one.name in ("1", "content", "text", "szöveg")), None)
    if words:
        page.hide(words.start, words.end)  # references inside a note are numbered before it
    label, key = page.references.cite(group, named.get("name") or named.get("név"), start)
    page.builder.mark(label, start, key)
    if words:
        page.references.define(key, target(page, words.start, words.end))


def value(page: Page, one: Parameter) -> str:
    """A parameter as plain text."""
    return plain(page.source[one.start : one.end])


def short(parameters: list[Parameter], named: dict[str, str]) -> str:
    """What a short footnote shows: "Smith 2010, p. 5"."""
    words = " ".join(named[one.name] for one in parameters if one.positional and named[one.name])
    for sign in ("p", "pp", "loc", "o", "at"):
        if named.get(sign):
            words += f", {sign + '. ' if sign in ('p', 'pp', 'o') else ''}{named[sign]}"
    return words


def listed(page: Page, found: re.Match[str], high: int) -> int:
    """``<references>``: what it holds are definitions, and nothing of it is shown."""
    if found[1] or found[3].rstrip().endswith("/"):
        return found.end()
    stop = page.closing("references", found.end(), high)
    if stop is None:
        return found.end()
    definitions(page, found.end(), stop[0], attributes(found[3])[1])
    return stop[1]


def definitions(page: Page, low: int, high: int, group: str = "") -> None:
    """Note what the references in a list point to; they have numbers only where the text uses them."""
    for found in REF.finditer(page.source, low, high):
        end = page.pairs.ends.get(found.start())
        name, own = attributes(found[1])
        if end is not None and name:
            inside = content(page.source, found.end(), min(end, high))
            page.references.define((own or group, name), target(page, *inside))
    at = low
    while opening := OPENING.search(page.source, at, high):
        at = opening.end()
        end = page.pairs.ends.get(opening.start())
        if end is None or end > high:
            continue
        called = name_of(page.source, opening.start(), end)
        if action_of(called) == "note":
            parameters = cut(page.source, opening.start(), end, page.pairs)
            named = {one.name: one for one in parameters}
            if "name" in named and "1" in named:
                key = (group or table().notes[called], value(page, named["name"]))
                page.references.define(key, target(page, named["1"].start, named["1"].end))
            at = end


def target(page: Page, low: int, high: int) -> Target:
    """What a reference says: as fields where a citation template has them, else as text."""
    raw = page.source[low : min(high, low + LONGEST)]
    flat = FLAT.match(LINK.sub(r"\1", raw) if "[[" in raw else raw) if "{{" in raw else None
    if flat:
        name, *parts = flat[1].split("|")
        if _is_citation(name):
            pairs_of = [part.partition("=")[::2] for part in parts]
            reference = _reference(pairs_of, marked=MARKUP.search(flat[1]) is not None)
            if reference is not None:
                return Target(told(reference), reference)
    elif "{{" in raw:
        pairs = find_pairs(raw)
        for at in (start for start in pairs.ends if raw.startswith("{{", start)):
            if _is_citation(name_of(raw, at, pairs.ends[at])):
                cells = cut(raw, at, pairs.ends[at], pairs)
                reference = _reference([(one.name, raw[one.start : one.end]) for one in cells])
                if reference is not None:
                    rest = plain(raw[pairs.ends[at] :]).strip(" ,.;")  # a page, behind the template
                    text = f"{told(reference)}, {rest}" if rest else told(reference)
                    return Target(text, reference)
    found = ADDRESS.search(raw)
    text = plain(raw)[:LONGEST_TARGET] or None
    if found is None:
        return Target(text, None)
    address = found[1] or found[3]
    reference = Reference(title=plain(found[2] or "") or None, url=address)
    return Target(f"{text} {address}" if text and address not in text else text or address, reference)


@cache
def _is_citation(name: str) -> bool:
    return action_of(" ".join(name.replace("_", " ").split()).lower()) == "citation"


@cache
def _roles() -> dict[str, tuple[str, int]]:
    """Parameter name → the field that it fills, and its rank among the names that fill it."""
    names = table().citations
    return {
        name: (role, rank)
        for role in ("title", "author", "surname", "given", "publisher", "date", "accessed", "url")
        for rank, name in enumerate(getattr(names, role))
    }


@lru_cache(maxsize=4096)
def _role(name: str) -> tuple[str, int] | None:
    return _roles().get(name.strip().lower().replace("_", " "))


def _reference(parameters: Sequence[tuple[str, ...]], *, marked: bool = True) -> Reference | None:
    """The fields of a citation template out of its names and values; None when it has none of them.

    ``marked`` says that some value may hold markup.
    """
    best: dict[str, tuple[int, str]] = {}
    for name, raw in parameters:
        known = _role(name)
        if known is None:
            continue
        role, rank = known
        if role in best and best[role][0] <= rank:
            continue
        text = plain(raw) if marked else raw.strip()
        if text:
            best[role] = (rank, text)
    if not best:
        return None
    given = {role: text for role, (_, text) in best.items()}
    surname, forename = given.get("surname"), given.get("given")
    return Reference(
        title=given.get("title"),
        author=given.get("author") or (f"{surname}, {forename}" if surname and forename else surname),
        publisher=given.get("publisher"),
        date=given.get("date"),
        accessed=given.get("accessed"),
        url=given.get("url"),
    )


def _shown(inner: str) -> str:
    """What a template shows inside a reference: its first positional parameter, if anything."""
    name, *values = inner.split("|")
    if action_of(" ".join(name.replace("_", " ").split()).lower()) in ("silent", "note", "editorial"):
        return ""
    return next((one for one in values if "=" not in one), "")


def plain(raw: str) -> str:
    """A short piece of wikitext without its markup, on one line."""
    if MARKUP.search(raw) is None:
        return raw.strip()
    text = TAGS.sub("", raw[:LONGEST])
    text = SIGN.sub(
        lambda sign: {"!": "|", "nbsp": " ", "'": "'", "'s": "'s"}.get(sign[1].lower(), "–"), text
    )
    text = INNER.sub(lambda inner: _shown(inner[1]), text)
    text = ADDRESS.sub(lambda link: link[2] or link[1] or link[3], LINK.sub(r"\1", text))
    return " ".join(unescape(text.replace("'''", "").replace("''", "")).split())
