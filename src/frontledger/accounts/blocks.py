"""Cut a text into blocks that sentences never cross, and into sections.

What belongs here: headings in their several notations, bullets, quotations, wrapped paragraphs, lists of
references.  What does not: sentences.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from frontledger.accounts.lines import LEADING, Line, Shape, finished, shape_of, starts_low
from frontledger.languages.accountwords import account_words
from frontledger.model import Block, Section

__all__ = ["Heading", "blocks_of", "references_marked", "sections_of"]

WIKI_HEADING = re.compile(r"(={1,6})\s*([^=].*?)\s*\1")
HASH_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
UNDERLINE = re.compile(r"(={3,}|-{3,})")
RULE = re.compile(r"[-=*_~–—\s]{3,}")
BULLET = re.compile(r"(?:[*•‣◦▪●○■►·∙⁃]+|[-–](?=\s)|\d{1,2}\)(?=\s)|[a-z]\)(?=\s))\s*")
QUOTE = re.compile(r">+\s*")
IMAGE = re.compile(
    r"\S*\.(?:svg|jpe?g|png|gif|webp|tiff?)\b\W{0,3}", re.IGNORECASE
)  # what is left of a picture
LETTER = re.compile(r"[^\W_]")

LONGEST_HEADING = 80
LONGEST_MARKED = 200
MOST_HEADING_WORDS = 12
MOST_STACKED = 3  # headings directly above one another
PLAIN_LEVEL = 2


class Heading(NamedTuple):
    """A heading as found: its level, and where its words start and end."""

    level: int
    start: int
    end: int


def blocks_of(
    text: str, lines: list[Line], residue: range, entries: frozenset[int]
) -> tuple[list[Block], list[Heading]]:
    """The blocks of ``lines`` and the headings among them.

    The lines in ``residue`` are infobox residue; ``entries`` are the starts of reference-list entries.
    """
    box = [
        Block(kind="infobox", start=line.start, end=line.end) for line in lines[residue.start : residue.stop]
    ]
    above, found_above = _narrative(lines[: residue.start], entries, text_below=bool(box))
    below, found_below = _narrative(lines[residue.stop :], entries, text_below=False)
    headings = [*found_above, *found_below]
    return references_marked(text, [*above, *box, *below], headings), headings


def _narrative(
    lines: list[Line], entries: frozenset[int], *, text_below: bool
) -> tuple[list[Block], list[Heading]]:
    """Blocks and headings of lines that are no residue; with ``text_below``, they are titles above residue."""
    lines = [line for line in lines if not IMAGE.fullmatch(line.text)]
    shape = shape_of(lines)
    if text_below and all(_title_like(line.text) for line in lines):
        titles = [Heading(1, line.start, line.end) for line in lines]
        return [Block(kind="heading", start=line.start, end=line.end) for line in lines], titles
    prose = max(
        (at for at, line in enumerate(lines) if finished(line.text) or len(line.text) > LONGEST_HEADING),
        default=-1,
    )
    blocks: list[Block] = []
    headings: list[Heading] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        after_heading = not blocks or blocks[-1].kind == "heading"
        heading, used = _heading(lines, at, shape, prose, after_heading=after_heading)
        if heading:
            headings.append(heading)
            blocks.append(Block(kind="heading", start=heading.start, end=heading.end))
            at += used
            continue
        if RULE.fullmatch(line.text):
            at += 1
            continue
        end = at + 1
        while end < len(lines) and _goes_on(lines[end - 1], lines[end], shape):
            end += 1
        blocks.append(_block(line, lines[end - 1].end, entries))
        at = end
    return blocks, headings


def _block(first: Line, end: int, entries: frozenset[int]) -> Block:
    if first.start in entries:
        return Block(kind="reference", start=first.start, end=end)
    bullet = BULLET.match(first.text)
    if bullet and bullet.end() < len(first.text):
        return Block(kind="bullet", start=first.start + bullet.end(), end=end)
    quote = QUOTE.match(first.text)
    if quote and quote.end() < len(first.text):
        return Block(kind="quote", start=first.start + quote.end(), end=end)
    return Block(kind="paragraph", start=first.start, end=end)


def _marked(text: str) -> re.Match[str] | None:
    if text[0] not in "=#" or len(text) > LONGEST_MARKED:
        return None
    return WIKI_HEADING.fullmatch(text) or HASH_HEADING.fullmatch(text)


def _heading(
    lines: list[Line], at: int, shape: Shape, prose: int, *, after_heading: bool
) -> tuple[Heading | None, int]:
    """The heading at line ``at`` and the number of lines it takes."""
    line = lines[at]
    marked = _marked(line.text)
    if marked and marked.group(2):
        return Heading(len(marked.group(1)), line.start + marked.start(2), line.start + marked.end(2)), 1
    after = lines[at + 1] if at + 1 < len(lines) else None
    if after and not after.gap and UNDERLINE.fullmatch(after.text) and not finished(line.text):
        return Heading(1 if after.text[0] == "=" else PLAIN_LEVEL, line.start, line.end), 2
    if (line.gap or after_heading) and at < prose and after and _plain_heading(lines, at, shape):
        return Heading(PLAIN_LEVEL, line.start, line.end), 1
    return None, 0


def _plain_heading(lines: list[Line], at: int, shape: Shape) -> bool:
    """A title-like line with a paragraph below, or with further such lines and then a paragraph."""
    for line, after in pairwise(lines[at : at + MOST_STACKED + 1]):
        if not _title_like(line.text):
            return False
        if after.gap:
            return True
        if _in_lower_case(after.text) or shape.full(line):
            return False
        if (
            finished(after.text)
            or len(after.text) > LONGEST_HEADING
            or BULLET.match(after.text)
            or shape.full(after)
        ):
            return True
    return False


def _title_like(text: str) -> bool:
    if (
        len(text) > LONGEST_HEADING
        or text.count(" ") >= MOST_HEADING_WORDS
        or finished(text)
        or text[-1] in ",;:-–"
    ):
        return False
    return bool(LETTER.search(text)) and not (_in_lower_case(text) or BULLET.match(text) or QUOTE.match(text))


def _in_lower_case(text: str) -> bool:
    """Starts in lower case, in a script that has case."""
    return starts_low(text) and text.lstrip(LEADING)[0].islower()


def _goes_on(line: Line, after: Line, shape: Shape) -> bool:
    """Whether ``after`` continues the paragraph of ``line``: the break between them was the margin's."""
    if after.gap or BULLET.match(after.text) or QUOTE.match(after.text) or _marked(after.text):
        return False
    if shape.full(line):
        return True
    return not finished(line.text) and (starts_low(after.text) or line.text[-1] in ",-")


def references_marked(text: str, blocks: list[Block], headings: list[Heading]) -> list[Block]:
    """Blocks under a heading such as "References" become references."""
    names = frozenset(account_words().references)
    levels = {heading.start: heading.level for heading in headings}
    under = 0
    result: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            level = levels[block.start]
            title = text[block.start : block.end]
            if title.lower().rstrip(":") in names:
                under = level
            elif level <= under:
                under = 0
        elif under and block.kind != "infobox":
            result.append(Block(kind="reference", start=block.start, end=block.end))
            continue
        result.append(block)
    return result


def sections_of(text: str, headings: list[Heading], lines: list[Line]) -> list[Section]:
    """Each heading with the stretch up to the next of its level or above."""
    starts = [line.start for line in lines]
    found: list[Section] = []
    open_at: list[int] = []
    ends = [len(text)] * len(headings)
    for index, heading in enumerate(headings):
        while open_at and headings[open_at[-1]].level >= heading.level:
            ends[open_at.pop()] = heading.start
        open_at.append(index)
    at = 0
    for index, heading in enumerate(headings):
        while at < len(starts) and starts[at] <= heading.end:
            at += 1
        body = starts[at] if at < len(starts) else len(text)
        found.append(
            Section(
                title=text[heading.start : heading.end],
                level=heading.level,
                start=heading.start,
                body=min(body, ends[index]),
                end=ends[index],
            )
        )
    return found
