"""What templates show: each laid out by what ``templates.toml`` says of its name.

What belongs here: words, items, quotations, measures and dates out of a template's parameters.  What does not:
cutting a template into parameters and the table of names (``wiki_templates``), footnotes (``wiki_notes``),
infoboxes (``wiki_infobox``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from frontledger.accounts import wiki_notes
from frontledger.accounts.wiki_infobox import read_infobox
from frontledger.accounts.wiki_templates import Parameter, action_of, cut, name_of, table

if TYPE_CHECKING:
    from frontledger.accounts.wikitext import Page

__all__ = ["lay_template"]

COORDINATE = re.compile(r"-?\d{1,3}(?:\.\d{1,9})?|[NSEWOKÉDnsew]")
MARKUP = re.compile(r"[{\[<&'\n]")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def lay_template(page: Page, start: int, end: int) -> None:
    """Lay out one template, by what ``templates.toml`` says of its name."""
    builder, known = page.builder, table()
    name = name_of(page.source, start, end)
    action = action_of(name)
    match action:
        case "sign":
            builder.put(known.signs[name], start)
        case "editorial":
            builder.mark(known.editorial[name], start, editorial=True)
        case "silent":
            _silent(page, name, start, end)
        case "note":
            wiki_notes.template(page, name, start, end)
        case "infobox":
            read_infobox(page, start, end)
        case "citation" | "parser":
            page.hide(start + 2, end - 2)
            if action == "parser":
                page.missed(name.split(":")[0] + ":", start)
        case "unknown":
            page.missed(name, start)
            page.hide(start + 2, end - 2)
        case _:
            _shown(page, action, cut(page.source, start, end, page.pairs), start)


def _silent(page: Page, name: str, start: int, end: int) -> None:
    if name.startswith(("reflist", "references", "jegyzetek", "források", "notelist", "notefoot")):
        for parameter in cut(page.source, start, end, page.pairs):
            if parameter.name in ("refs", "notes", "references", "jegyzetek", "1") or (
                not parameter.positional and "<ref" in page.source[parameter.start : parameter.end].lower()
            ):
                wiki_notes.definitions(page, parameter.start, parameter.end)
    elif page.items == "infobox" and name in ("coord", "coords", "koord", "koordináták"):
        values = [
            page.source[one.start : one.end].strip()
            for one in cut(page.source, start, end, page.pairs)
            if one.positional
        ]
        page.builder.put(" ".join(value for value in values if COORDINATE.fullmatch(value)), start)
    else:
        page.hide(start + 2, end - 2)


def _shown(page: Page, action: str, parameters: list[Parameter], start: int) -> None:
    numbered = [one for one in parameters if one.positional]
    named = {one.name: one for one in parameters}
    builder = page.builder
    if action == "items":
        outer, page.items = page.items, page.items or "bullet"
        for one in numbered:
            page.paragraph()
            page.walk_trimmed(one)
        page.items = outer
        page.paragraph()
    elif action == "quote":
        chosen = named.get("text") or named.get("quote") or named.get("szöveg") or named.get("1")
        builder.begin(page.items or "quote")
        if chosen:
            page.walk_trimmed(chosen)
        page.paragraph()
    elif action == "measure":
        _measure(page, [page.source[one.start : one.end].strip() for one in numbered], start)
    elif action == "date":
        builder.put(_date(page.lang, [page.source[one.start : one.end].strip() for one in numbered]), start)
    else:
        wanted = {"first": "1", "second": "2"}.get(action, str(len(numbered)))
        chosen = named.get(wanted) or named.get("text") or (numbered[-1] if numbered else None)
        if chosen:
            page.walk_trimmed(chosen)


def _measure(page: Page, values: list[str], start: int) -> None:
    """A measure: "4 km", or "4–5 km" of a range."""
    if len(values) >= 4 and values[1] in ("-", "–", "to", "and", "by", "x", "or"):
        joint = {"-": "–", "by": " by ", "x": " × "}.get(values[1], f" {values[1]} ")
        values = [f"{values[0]}{'–' if values[1] == '–' else joint}{values[2]}", values[3]]
    if values and MARKUP.search(values[0]) is None:
        page.builder.put(" ".join(values[:2]), start)


def _date(lang: str | None, values: list[str]) -> str:
    """A date out of year, month, day, in the words of the account's language."""
    if not values:
        return ""
    year, month, day = (*values[:3], "", "")[:3]
    if not all(value.isascii() and value.isdecimal() and len(value) < 5 for value in (year, month) if value):
        return year if MARKUP.search(year) is None else ""
    if not month or not 1 <= int(month) <= 12:
        return year
    dated = bool(day) and day.isascii() and day.isdecimal() and len(day) < 3
    if lang in table().iso_dates:
        return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if dated else "")
    return (f"{int(day)} " if dated else "") + f"{MONTHS[int(month) - 1]} {year}"
