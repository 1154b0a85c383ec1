"""A table in MediaWiki's markup: events in order of time, with their references, to paste into an article.

Words of accounts become character references where they would be markup.  What does not belong here: which rows there are
(``rows``), reading wikitext (``accounts``).
"""

from __future__ import annotations

import re
from pathlib import Path

from frontledger.exports.cells import flat, printable
from frontledger.exports.formats import Table
from frontledger.exports.losses import Losses
from frontledger.exports.rows import EventRow, Material, Source
from frontledger.mentions import calendar

__all__ = ["write"]

HEADINGS = ("Date", "Place", "Event", "By", "Against", "As told", "Sources")
MARKUP = re.compile(r"[^\w\s.,;!?()%°–—“”„’…]")
"""Everything but letters, digits, spaces and harmless punctuation."""
SAFE_INSIDE = re.compile(r"(?<=\w)[-/:](?=\w)")
"""… and these between letters, where they begin no list, no rule and no address."""
ADDRESS = re.compile(r"https?://[^\s\[\]<>{}|\"'\x00-\x1f]+", re.ASCII)
ALWAYS = 10**9
AS_TOLD = {
    "stated": "stated",
    "reported": "''reported only''",
    "denied": "''denied''",
    "rejected": "''rejected in review''",
}


def write(material: Material, output: Path, losses: Losses, table: Table) -> int:  # noqa: ARG001 - one table only
    """One row an event and place, sorted by day; undated events last."""
    rows = sorted(material.rows, key=_order)
    named: dict[tuple[str, str], int] = {}
    lines = ['{| class="wikitable sortable"', f"|+ {_plain(material.name)}", "! " + " !! ".join(HEADINGS)]
    for row in rows:
        if row.located:
            losses.leave_unsaid("coordinates: the table has no column for them")
        lines += ["|-", *_cells(row, named)]
    lines += ["|}", ""]
    output.write_text("\n".join(lines), encoding="utf-8")
    return len(rows)


def _order(row: EventRow) -> tuple[int, int]:
    first = row.earliest or row.latest
    if first is None:
        return ALWAYS, ALWAYS
    return calendar.parse_iso(first), calendar.parse_iso(row.latest or first)


def _cells(row: EventRow, named: dict[tuple[str, str], int]) -> list[str]:
    first = row.earliest or row.latest
    sort = (
        ALWAYS if first is None else calendar.parse_iso(first) + ALWAYS // 2
    )  # one length, so that they sort as text
    told = AS_TOLD[row.status] + (f" ({_plain(row.attributed_to)})" if row.attributed_to else "")
    part = "part of " if row.extent == "partial" else ""
    near = "" if row.role in {None, "object"} else f"{_plain(row.role or '')}: "
    return [
        f'| data-sort-value="{sort}" | {_plain(row.edtf or _bounds(row))}',
        f"| {near}{part}{_plain(row.place or row.place_text or '')}",
        f"| {_plain(row.kind)}{' again' if row.again else ''}",
        f"| {_side(row.actor, inferred=row.actor_inferred)}",
        f"| {_side(row.against, inferred=row.against_inferred)}",
        f"| {told}",
        "| " + "".join(_reference(row, source, named) for source in row.sources),
    ]


def _bounds(row: EventRow) -> str:
    if row.earliest is None and row.latest is None:
        return "undated"
    if row.earliest == row.latest:
        return row.earliest or ""
    return f"{row.earliest or '..'}/{row.latest or '..'}"


def _side(name: str | None, *, inferred: bool) -> str:
    return f"''{_plain(name)}''" if name and inferred else _plain(name or "")


def _reference(row: EventRow, source: Source, named: dict[tuple[str, str], int]) -> str:
    """A footnote, named at its first use: ``{{cite web}}`` where there is an address, words elsewhere."""
    key = row.account, source.label
    if key in named:
        return f'<ref name="fl{named[key]}" />'
    named[key] = len(named) + 1
    return f'<ref name="fl{named[key]}">{_work(row, source)}</ref>'


def _work(row: EventRow, source: Source) -> str:
    reference = source.reference
    address = ADDRESS.match(reference.url or "") if reference else None
    if reference is None or address is None:
        return _plain(
            source.text if source.text != source.label else f"{row.title or row.account}, note {source.label}"
        )
    fields = {
        "url": address[0], "title": _plain(reference.title or source.text), "last": _plain(reference.author or ""),
        "website": _plain(reference.publisher or ""), "date": _plain(reference.date or ""),
        "access-date": _plain(reference.accessed or ""),
    }  # fmt: skip
    return "{{cite web " + " ".join(f"|{name}={value}" for name, value in fields.items() if value) + "}}"


def _plain(text: str) -> str:
    """Words that are only words in wikitext: whatever could be markup as a character reference."""
    clean = flat(printable(text))
    kept = {match.start() for match in SAFE_INSIDE.finditer(clean)} if "//" not in clean else set()
    return MARKUP.sub(lambda match: match[0] if match.start() in kept else f"&#{ord(match[0])};", clean)
