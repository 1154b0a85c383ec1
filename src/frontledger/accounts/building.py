"""Build an account piece by piece out of markup: text, blocks, markers, links, infobox fields, and the way back.

Readers of markup (wikitext, HTML) walk their source and tell a :class:`Builder` what stands there; the builder
lays out ``Account.text`` and keeps for every stretch the offset in the source that it came from.

The text is laid out so that it reads like the page: blocks apart by a blank line, items of one list and rows
of one table by a line break, bullets behind "• ", table rows as "| cell | cell |", reference markers in brackets.

What belongs here: that layout.  What does not: any markup.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

import msgspec

from frontledger.accounts import language
from frontledger.accounts.blocks import Heading, references_marked, sections_of
from frontledger.accounts.dateline import stated
from frontledger.accounts.lines import Line
from frontledger.model import Account, Block, Citation, InfoboxField, Link, Problem, Reference

__all__ = ["Builder", "Kind", "Marker", "Target", "source_offset"]

Kind = Literal["paragraph", "bullet", "heading", "infobox", "quote", "cell"]

ODD = "\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u2002\u2003\u2009\u200a\u2007\u202f\u2028\u2029\u3000"
SPACES = re.compile(r"\s+")
LEADS = {"bullet": "• ", "cell": "| "}
CLOSE = frozenset({"bullet", "cell", "infobox"})  # kinds whose neighbours stand on adjacent lines
NO_SPACE_BEFORE = re.compile(r"\s+(?=[,.;:!?])")
MOST_PROBLEMS = 50


class Target(msgspec.Struct, frozen=True, gc=False):
    """What a marker points to."""

    text: str | None
    reference: Reference | None


class Marker(msgspec.Struct, frozen=True, gc=False):
    """A marker as found; ``key`` finds its target when the whole account is read."""

    label: str
    start: int
    end: int
    key: object
    editorial: bool


class Builder:
    """Collects one account.  ``where`` names the source in problems; ``muted`` drops what is put."""

    def __init__(self, where: str, source: str) -> None:
        self.where = where
        odd = "".join(sign for sign in ODD if sign in source)
        self.is_odd = re.compile(f"[{odd}]").search if odd else None
        """Finds white space other than blanks and line breaks; None where the source has none."""
        self.muted = 0
        self.pieces: list[str] = []
        self.length = 0
        self.origin: list[tuple[int, int]] = []
        self.shift: int | None = None
        self.blocks: list[Block] = []
        self.headings: list[Heading] = []
        self.markers: list[Marker] = []
        self.links: list[Link] = []
        self.fields: list[InfoboxField] = []
        self.problems: list[Problem] = []
        self.kind: Kind = "paragraph"
        self.level = 0
        self.start: int | None = None
        self.last: Kind | None = None
        self.row = False
        self.title: str | None = None

    # -- text ---------------------------------------------------------------------------------------------

    def put(self, text: str, source: int) -> None:
        """Add ``text``, which stands at ``source``; runs of white space become one space."""
        if self.muted or not text:
            return
        if "\n" in text or "  " in text or (self.is_odd and self.is_odd(text)):
            self._put_uneven(text, source)
            return
        if text[0] == " " and (self.start is None or self.pieces[-1][-1] == " "):
            text = text[1:]
            source += 1
            if not text:
                return
        if self.start is None:
            self._open()
        shift = source - self.length
        if shift != self.shift:
            self.origin.append((self.length, source))
            self.shift = shift
        self.pieces.append(text)
        self.length += len(text)

    def put_foreign(self, text: str, source: int) -> None:
        """Add ``text``, which does not stand in the source: all of it leads to ``source``."""
        self.put(text, source)
        self._anchor(source)

    def _anchor(self, source: int) -> None:
        """What follows leads to ``source`` until told otherwise."""
        self.origin.append((self.length, source))
        self.shift = None

    def _put_uneven(self, text: str, source: int) -> None:
        at = 0
        for gap in SPACES.finditer(text):
            low, high = gap.span()
            if high - low == 1 and text[low] == " ":
                continue
            if low > at:
                self.put(text[at:low], source + at)
            self.put(" ", source + low)
            at = high
        if at < len(text):
            self.put(text[at:], source + at)

    def _open(self) -> None:
        """The first words of a block: what stands between it and the one before."""
        if self.kind == "cell" and self.row:
            before = " | "
        elif not self.blocks:
            before = LEADS.get(self.kind, "")
        else:
            near = self.kind in CLOSE and self.last == self.kind
            before = ("\n" if near else "\n\n") + LEADS.get(self.kind, "")
        self.row = self.kind == "cell"
        if before:
            if self.origin and self.shift is not None:  # what parts blocks leads to the end of the one before
                self._anchor(self.length + self.shift)
            self.pieces.append(before)
            self.length += len(before)
        self.start = self.length

    def begin(self, kind: Kind = "paragraph", level: int = 0) -> None:
        """End the block under way and begin another, which exists when something is put into it."""
        if self.muted:
            return
        self.end()
        self.kind, self.level = kind, level
        if kind != "cell":
            self.row = False

    def end(self) -> None:
        """End the block under way; space at its end is taken back."""
        if self.muted or self.start is None:
            return
        while self.pieces and self.length > self.start and self.pieces[-1][-1:].isspace():
            kept = self.pieces[-1].rstrip()
            self.length -= len(self.pieces[-1]) - len(kept)
            self.pieces[-1] = kept
            if not kept:
                self.pieces.pop()
        start, end, kind = self.start, self.length, self.kind
        clipped: list[Link] = []
        while self.links and self.links[-1].end > end:  # a link ended with the space that was taken back
            link = self.links.pop()
            if link.start < end:
                clipped.append(Link(start=link.start, end=end, target=link.target))
        self.links += reversed(clipped)
        if self.origin and self.origin[-1][0] > end:
            _, source = self.origin[-1]
            while self.origin and self.origin[-1][0] > end:
                self.origin.pop()
            self._anchor(source)
        self.start = None
        if start == end:
            return
        self.last = kind
        if kind == "heading":
            self.headings.append(Heading(self.level, start, end))
        self.blocks.append(Block(kind="bullet" if kind == "cell" else kind, start=start, end=end))
        if kind != "cell":
            self.kind = "paragraph"

    def end_row(self) -> None:
        """End a row of a table."""
        self.end()
        self.row = False
        self.kind = "paragraph"

    # -- what stands on the text --------------------------------------------------------------------------

    def mark(self, label: str, source: int, key: object = None, *, editorial: bool = False) -> None:
        """A reference marker, laid out as "[label]"."""
        if self.muted:
            return
        if self.start is None and self.blocks and not self.pieces_open():
            self.reopen()
        if self.start is None:
            self._open()
        start = self.length
        shown = f"[{label}]"
        self._anchor(source)
        self.pieces.append(shown)
        self.length += len(shown)
        if editorial:  # its words are longer than the template that shows them
            self._anchor(source)
        self.markers.append(Marker(label, start, self.length, key, editorial))

    def pieces_open(self) -> bool:
        """Whether a marker at this point may begin a block of its own: bullets, cells, infobox lines."""
        return self.kind != "paragraph"

    def reopen(self) -> None:
        """A marker that stands alone behind a paragraph belongs to it."""
        if self.last == "paragraph" and self.blocks and self.blocks[-1].end == self.length:
            self.start = self.blocks.pop().start
            self.kind = "paragraph"

    def here(self) -> int:
        """The offset in the text at which the next words will stand, if they begin no block."""
        return self.length

    def link(self, start: int, target: str) -> None:
        """The text from ``start`` to here links to ``target``."""
        if self.muted or self.start is None:
            return
        low = max(start, self.start)
        if target and low < self.length:
            self.links.append(Link(start=low, end=self.length, target=target))

    def problem(self, code: str, message: str, source: int | None = None) -> None:
        """Note a problem, at ``source`` in code points of the source."""
        if len(self.problems) >= MOST_PROBLEMS:
            return
        where = self.where if source is None else f"{self.where}, character {source + 1:,}"
        at = None if source is None else self.length
        self.problems.append(Problem(code=code, where=where, message=message, start=at, end=at))

    # -- the whole ----------------------------------------------------------------------------------------

    def lifted(self, start: int, end: int) -> str:
        """The text of a stretch without its markers."""
        text = "".join(self.pieces)
        kept: list[str] = []
        at = start
        for marker in self.markers[bisect_right([one.start for one in self.markers], start - 1) :]:
            if marker.start >= end:
                break
            kept.append(text[at : marker.start])
            at = marker.end
        kept.append(text[at:end])
        return NO_SPACE_BEFORE.sub("", " ".join("".join(kept).split()))

    def finish(
        self,
        id: str,  # noqa: A002  the field's own name
        format: Literal["wikitext", "html"],  # noqa: A002
        targets: dict[object, Target],
        *,
        lang: str | None,
        date: str | None,
        source: str | None,
        title: str | None = None,
        modified: str | None = None,
        revision: str | None = None,
    ) -> Account:
        """The account; ``lang`` None means that its text shall show it."""
        self.end()
        text = "".join(self.pieces)
        blocks = references_marked(text, self.blocks, self.headings)
        lines = [Line(block.start, block.end, text[block.start : block.end], gap=True) for block in blocks]
        opening = [line for line, block in zip(lines, blocks, strict=True) if block.kind == "paragraph"]
        if not blocks:
            self.problem("empty", "holds no text")
        code = language.code_of(lang) or language.detect(_sample(text, blocks))
        if code is None and blocks:
            self.problem("no-language", "language could not be told; name it (--lang, or the field 'lang')")
        return Account(
            id=id,
            text=text,
            lang=code,
            title=title or self.title,
            date=date or stated(opening),
            source=source,
            format=format,
            revision=revision,
            modified=modified,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
            citations=tuple(_citation(marker, targets) for marker in self.markers),
            infobox=tuple(self.fields),
            sections=tuple(sections_of(text, self.headings, lines)),
            blocks=tuple(blocks),
            links=tuple(self.links),
            origin=tuple(self.origin),
            problems=tuple(self.problems),
        )


SAMPLE = 6_000


def _sample(text: str, blocks: Sequence[Block]) -> str:
    """Running text enough to tell a language by, without infobox, headings and lists where there is other."""
    pieces: list[str] = []
    size = 0
    for block in blocks:
        if block.kind in ("paragraph", "quote", "bullet"):
            pieces.append(text[block.start : block.end])
            size += block.end - block.start
            if size > SAMPLE:
                break
    return "\n".join(pieces) or text


def _citation(marker: Marker, targets: dict[object, Target]) -> Citation:
    target = targets.get(marker.key, Target(None, None))
    return Citation(
        label=marker.label,
        start=marker.start,
        end=marker.end,
        target=target.text,
        editorial=marker.editorial,
        reference=target.reference,
    )


def source_offset(account: Account, offset: int) -> int:
    """Where in its source the text at ``offset`` stood, in code points; the same where nothing was changed."""
    at = bisect_right(account.origin, (offset, 1 << 62)) - 1
    if at < 0:
        return offset if not account.origin else account.origin[0][1]
    start, source = account.origin[at]
    block = bisect_right(account.blocks, offset, key=lambda one: one.start) - 1
    if block >= 0 and offset >= account.blocks[block].end:
        return source  # what parts two blocks stands nowhere in the source
    found = source + offset - start
    if at + 1 < len(account.origin) and account.origin[at + 1][1] >= source:
        return min(found, account.origin[at + 1][1])
    return found
