"""Split an account into sentences, with its reference markers lifted out first.

A marker stands behind the stop of the sentence that it supports; left in the text, it would begin the next
one.  Markers therefore become spaces (no offset moves), sentences are cut block by block, and each marker is
given back to the sentence before it.  What does not belong here: whether a sentence without markers is
supported by its neighbour's.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from frontledger.accounts.citations import lifted
from frontledger.languages.sentencewords import SentenceWords
from frontledger.model import Account, Block, Citation, Sentence

__all__ = ["mask", "split"]

READ_KINDS = frozenset({"paragraph", "bullet", "quote"})
SET_APART = frozenset({"infobox", "reference"})

STOPS = ".!?…؟۔。！？"
STOP = re.compile(  # stops, what closes after them, the gap; the plain set in front lets the scanner skip
    rf"[{STOPS}](?<![{STOPS}].)[{STOPS}]*+(?:[\"'”’»)\]]*+(?=\s)|(?<=[。！？])[”」』）]*+"
    r"|(?<=[a-zà-öø-ž\d)]\.)(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ž]{2}))\s*+"  # a line break was lost: "in May 2022.Retaken"
)
OPENING = "\"'“„«»‘’(–—-[‚¡¿ "
WORD = re.compile(r"\w+")
LAST_WORD = re.compile(r"[^\s(\[\"“„«»/–—]*$")
ROMAN = re.compile(r"[IVXLCDM]+")
WORD_CHARACTER = re.compile(r"\w")
LONGEST_WORD = 40
LONGEST_RUN = 80  # of markers, in characters
ARTICLE_NAME = re.compile(r"[^\W\d_]{1,4}[-’'][^\W\d_]")  # a name that keeps its article low: "al-Bab"


def split(account: Account, words: SentenceWords) -> list[Sentence]:
    """The sentences of the narrative blocks, in order; headings, residue and references hold none.

    A span covers the sentence with its stop, not the markers after it; ``citations`` are the labels of the
    markers inside and directly behind, each once, tags of the editors left out.
    """
    text = lifted(account.text, account.citations)
    breaks = _comma_breaks(text, account.citations, words)
    spans: list[tuple[int, int, int]] = []
    for number, block in enumerate(account.blocks):
        if block.kind in READ_KINDS:
            inner = (
                breaks[bisect_right(breaks, block.start) : bisect_right(breaks, block.end - 1)]
                if breaks
                else []
            )
            spans += ((start, end, number) for start, end in _spans(text, block, inner, words))
    labels = _given_back(account, spans)
    return [
        Sentence(start=start, end=end, block=number, citations=tuple(borne))
        for (start, end, number), borne in zip(spans, labels, strict=True)
    ]


def mask(account: Account) -> list[tuple[int, int]]:
    """Stretches that are no narrative, sorted and disjoint: reference markers, residue, lists of references."""
    spans = [(mark.start, mark.end) for mark in account.citations]
    spans += [(block.start, block.end) for block in account.blocks if block.kind in SET_APART]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _spans(text: str, block: Block, breaks: list[int], words: SentenceWords) -> list[tuple[int, int]]:
    """The trimmed sentences of one block; ``breaks`` are further places where one must begin."""
    cuts = [block.start, *breaks]
    stops = STOP.finditer(text, block.start, block.end)
    cuts += (stop.end() for stop in stops if _ends(text, stop, block, words))
    cuts.append(block.end)
    if breaks:
        cuts.sort()
    found: list[tuple[int, int]] = []
    for low, high in pairwise(cuts):
        piece = text[low:high]
        if not WORD_CHARACTER.search(piece):
            continue
        start = low + len(piece) - len(piece.lstrip())
        found.append((start, low + len(piece.rstrip())))
    return found


def _ends(text: str, stop: re.Match[str], block: Block, words: SentenceWords) -> bool:
    """Whether a sentence ends at ``stop``."""
    if stop.end() >= block.end:
        return False  # the block's end is a cut anyway
    at = stop.end()
    while at < block.end and text[at] in OPENING:
        at += 1
    if at >= block.end:
        return True
    first = text[at]
    if first.islower() and stop.group()[0] not in "。！？" and not _article_name(text, at):
        return False
    if stop.group()[0] != "." or stop.group()[1:2] == ".":
        return True
    after = WORD.match(text, at, min(block.end, at + LONGEST_WORD))
    low = stop.start()
    before = LAST_WORD.search(text[max(block.start, low - LONGEST_WORD) : low])
    closed = (len(stop.group()) > 1 and not stop.group()[1].isspace()) or text[
        low - 1 : low
    ] == ")"  # "…).": the point belongs to what is closed; "(17.).": it closes the sentence
    return closed or _point_ends(before.group() if before else "", after.group() if after else "", words)


def _article_name(text: str, at: int) -> bool:
    """Whether a name with a low article begins at ``at``: "al-Bab", "el-Ais"."""
    match = ARTICLE_NAME.match(text, at)
    return match is not None and text[match.end() - 1].isupper()


def _point_ends(before: str, after: str, words: SentenceWords) -> bool:
    """Whether the point between these two words ends a sentence; ``after`` is not in lower case."""
    low = before.lower()
    starts = after.lower() in words.starters
    number_follows = after[:1].isdigit()
    if low in words.abbreviations:
        return False
    if low[-1:] in (")", "]") and len(low) > 1:
        return True  # "… 1710 (O.S.). Karvol fell"
    if low in words.before_number and (number_follows or (len(after) > 1 and ROMAN.fullmatch(after))):
        return False
    if low in words.ending:
        return starts
    if len(before) == 1 and before.isalpha() and before.isupper():  # an initial
        return starts and not (words.ordinal_point and len(after) == 1)
    if "." in before and not before[-1:].isdigit():  # U.S., a.m., Kr. e.
        return starts if all(len(part) <= 2 for part in before.split(".")) else True
    if words.ordinal_point and (
        before.isdigit() or ROMAN.fullmatch(before) or (low[-1:].isdigit() and "." in low)
    ):
        return starts
    return True


def _comma_breaks(text: str, citations: tuple[Citation, ...], words: SentenceWords) -> list[int]:
    """Where a run of markers after a comma is followed by a word that only starts sentences: "…, 7  22  A …"."""
    found: list[int] = []
    for mark in citations:
        before = text[max(0, mark.start - LONGEST_RUN) : mark.start].rstrip(" ")
        if not before.endswith(","):
            continue
        after = AFTER_GAP.match(text, mark.end)
        if (
            after
            and after[1][0].isupper()
            and after[1].lower() in words.starters
            and after.start(1) not in found[-1:]
        ):
            found.append(after.start(1))
    return found


def _heads_a_line(text: str, mark: Citation) -> bool:
    """Whether ``mark`` opens a line of its own paragraph, with more to come on it."""
    return bool(PARAGRAPH_BEFORE.search(text[max(0, mark.start - 8) : mark.start])) and bool(
        MORE.match(text, mark.end)
    )


PARAGRAPH_BEFORE = re.compile(r"(?:\A|\n\s*\n)[^\S\n]*\Z")
MORE = re.compile(r"[^\S\n]{0,40}[^\s\[]")
AFTER_GAP = re.compile(r"\s{1,80}(\w{1,40})")


def _given_back(account: Account, spans: list[tuple[int, int, int]]) -> list[list[str]]:
    """For each span, the labels of its markers.

    A marker belongs to the last sentence that begins before it in its block, at the head of a paragraph to the
    paragraph's first; a line of markers alone to the sentence before; in residue and headings to none.
    """
    labels: list[list[str]] = [[] for _ in spans]
    starts = [start for start, _, _ in spans]
    block_starts = [block.start for block in account.blocks]
    for mark in account.citations:
        if mark.editorial:
            continue
        owner = bisect_right(starts, mark.start) - 1
        block = bisect_right(block_starts, mark.start) - 1
        inside = block >= 0 and mark.end <= account.blocks[block].end
        if inside and account.blocks[block].kind not in READ_KINDS:
            continue
        opens = (owner < 0 or spans[owner][2] != block) if inside else _heads_a_line(account.text, mark)
        owner += opens
        if 0 <= owner < len(labels) and mark.label not in labels[owner]:
            labels[owner].append(mark.label)
    return labels
