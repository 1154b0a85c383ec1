"""Which brackets of a wikitext belong together: templates, links, tables, references, in one linear pass.

MediaWiki's own rules where the markup is whole; where it is not, the reading that loses least, with a problem.
What belongs here: pairs of offsets.  What does not: what stands between them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["DEEPEST", "Pairs", "find_pairs"]

DEEPEST = 40
"""Levels of nesting that are read, MediaWiki's own limit for templates; what lies deeper is left out as a whole."""

MOST_LINKS = 16
"""Links that may be open inside one another: more are given up, so that looking through them stays short."""

TOKEN = re.compile(  # first what is whole, as most is: nothing in it concerns the rest
    r"(\[\[[^\[\]{}<\n]{1,255}\]\]|\{\{[^{}<\[\]]{1,400}\}\}(?!\})|<ref\b[^<>]{0,600}(?<!/)>[^<]{0,4000}</ref\s*>)"
    r"|\{\{+|\{\||\}\}+|\[\[|\]\]|<!--|<(?:ref\b[^<>]{0,600}>|/ref\s*>)"
    r"|<(?:nowiki|pre|math|chem|ce|score|timeline|syntaxhighlight|source|templatedata|graph|mapframe|hiero|imagemap)"
    r"\b[^<>]{0,600}>|\|\}(?!\})",
    re.IGNORECASE,
)
LINE_BEFORE = re.compile(r"(?:\A|\n)[ \t:]{0,40}\Z")
NAME = re.compile(r"<(\w+)")
LONGEST_LINE = 4_000
"""Characters of a reference without end that are taken for it, if its line does not end before."""


class Pairs(NamedTuple):
    """End offsets by start offset; ``literal`` are stretches whose content is no markup (comments, nowiki, math)."""

    ends: dict[int, int]
    literal: dict[int, int]
    parameters: set[int]
    """Starts of ``{{{…}}}``."""
    faults: list[tuple[str, int]]
    """What was not closed, and where."""


class _Open(NamedTuple):
    sign: str
    start: int
    signs: int


def find_pairs(source: str) -> Pairs:
    """Match every bracket of ``source``.  Linear in its length, whatever it holds."""
    pairs = Pairs({}, {}, set(), [])
    matcher = _Matcher(source, pairs)
    at = 0
    search = TOKEN.search
    ends = pairs.ends
    while found := search(source, at):
        if found.lastindex:
            start, at = found.span()
            if matcher.refs and source[start] == "<":
                matcher.end_open_ref(start)
            ends[start] = at
        else:
            at = matcher.take(found)
    matcher.close_all(len(source))
    return pairs


class _Matcher:
    def __init__(self, source: str, pairs: Pairs) -> None:
        self.source = source
        self.pairs = pairs
        self.stack: list[_Open] = []
        self.braces = self.refs = self.tables = 0
        self.closed_tags: dict[str, int] = {}
        """Where each closing tag was looked for in vain: it is looked for once."""

    def take(self, found: re.Match[str]) -> int:
        """Note one token and say where to go on."""
        text, start = found.group(), found.start()
        first = text[0]
        if first == "[":
            self._open_link(start)
        elif first == "{" and text[-1] != "|":
            self.stack.append(_Open("{", start, len(text)))
            self.braces += 1
        elif first == "}":
            self._close_braces(start, len(text))
        elif text == "]]":
            if self.stack and self.stack[-1].sign == "[":
                self.pairs.ends[self.stack.pop().start] = found.end()
        elif first == "<":
            return self._tag(text, start, found.end())
        elif not self._at_line_start(start):
            return start + 1
        elif text[-1] == "|":
            if self.refs:
                self.end_open_ref(start)
            self.stack.append(_Open("|", start, 2))
            self.tables += 1
        elif self.tables and not self._inside_ref_or_braces():
            self._pop_to("|")
            self.pairs.ends[self.stack.pop().start] = found.end()
            self.tables -= 1
        else:  # a parameter's bar before the end of a template
            return start + 1
        return found.end()

    def end_open_ref(self, start: int) -> None:
        """A reference begins at ``start``: one that is open, and not around a template with notes, was never closed."""
        if not self._brace_in_ref():
            self._fault_ref(start)

    def _at_line_start(self, start: int) -> bool:
        return LINE_BEFORE.search(self.source[max(0, start - 41) : start]) is not None

    def _open_link(self, start: int) -> None:
        if len(self.stack) >= MOST_LINKS and all(one.sign == "[" for one in self.stack[-MOST_LINKS:]):
            self.pairs.faults.append(("link", self.stack[-MOST_LINKS].start))
            del self.stack[-MOST_LINKS:]
        self.stack.append(_Open("[", start, 2))

    def _inside_ref_or_braces(self) -> bool:
        """Whether the innermost thing that is open, links apart, is no table."""
        for one in reversed(self.stack):
            if one.sign != "[":
                return one.sign != "|"
        return True

    def _tag(self, text: str, start: int, end: int) -> int:
        low = text.lower()
        if low == "<!--":
            return self._literal("-->", "comment", start, end)
        if low.startswith("</"):
            if self.refs:
                self._pop_to("r")
                self.pairs.ends[self.stack.pop().start] = end
                self.refs -= 1
            return end
        if low.startswith("<ref"):
            if not text[:-1].rstrip().endswith("/"):
                if self.refs and self.stack[-1].sign != "{":
                    self._fault_ref(start)
                self.stack.append(_Open("r", start, 0))
                self.refs += 1
            return end
        name = NAME.match(low)
        if text[:-1].rstrip().endswith("/") or name is None:
            return end
        return self._literal(f"</{name[1]}", name[1], start, end)

    def _literal(self, sign: str, what: str, start: int, end: int) -> int:
        """Skip to the end of what is no markup; a comment without end goes to the end of the text."""
        stop = -1
        if what not in self.closed_tags:
            closing = re.compile(re.escape(sign), re.IGNORECASE).search(self.source, end)
            stop = closing.start() if closing else -1
        if stop < 0:
            if what not in self.closed_tags:
                self.pairs.faults.append((what, start))
            self.closed_tags[what] = start
            if what != "comment":
                return end
            self.pairs.literal[start] = len(self.source)
            return len(self.source)
        stop = self.source.find(">", stop) + 1 or len(self.source)
        self.pairs.literal[start] = stop
        return stop

    def _close_braces(self, at: int, count: int) -> None:
        while count >= 2 and self.braces:
            if self.refs and not self._brace_in_ref():
                return
            self._pop_to("{")
            opened = self.stack.pop()
            taken = 3 if min(count, opened.signs) >= 3 else 2
            start = opened.start + opened.signs - taken
            at += taken
            self.pairs.ends[start] = at
            if taken == 3:
                self.pairs.parameters.add(start)
            count -= taken
            left = opened.signs - taken
            if left >= 2:
                self.stack.append(_Open("{", opened.start, left))
            else:
                self.braces -= 1

    def _brace_in_ref(self) -> bool:
        """Whether a brace is open inside the reference that is open: one never closes a template around it."""
        for one in reversed(self.stack):
            if one.sign == "{":
                return True
            if one.sign == "r":
                return False
        return False

    def _pop_to(self, sign: str) -> None:
        """Give up what is open above the innermost ``sign``."""
        while self.stack[-1].sign != sign:
            self._give_up(self.stack.pop())

    def _give_up(self, opened: _Open) -> None:
        if opened.sign == "{":
            self.braces -= 1
            if opened.signs >= 2:
                self.pairs.faults.append(("template", opened.start))
        elif opened.sign == "r":
            self.refs -= 1
            self._end_ref(opened.start, len(self.source))
        elif opened.sign == "|":
            self.tables -= 1
            self.pairs.faults.append(("table", opened.start))
        else:
            self.pairs.faults.append(("link", opened.start))

    def _fault_ref(self, limit: int) -> None:
        """A reference opens while one is open: the first was never closed."""
        while self.stack[-1].sign != "r":
            if self.stack[-1].sign == "{":
                return  # a note inside a template inside the reference
            self._give_up(self.stack.pop())
        self.refs -= 1
        self._end_ref(self.stack.pop().start, limit)

    def _end_ref(self, start: int, limit: int) -> None:
        limit = min(limit, start + LONGEST_LINE)
        line = self.source.find("\n", start, limit)
        self.pairs.ends[start] = line if line >= 0 else limit
        self.pairs.faults.append(("ref", start))

    def close_all(self, end: int) -> None:
        """Give up what is open at the end of the text."""
        while self.stack:
            opened = self.stack.pop()
            if opened.sign == "|":
                self.pairs.ends[opened.start] = end
            self._give_up(opened)
