"""Wikitext becomes an account: one walk over the source, told to a :class:`~frontledger.accounts.building.Builder`.

``Account.text`` is the narrative as the page shows it, with markers as "[1]"; infobox parameters stand in it as
lines of their own.  Captions, hatnotes, navigation boxes, comments and what no reader sees are left out.  Nothing
is fetched or executed: a template is known by its name or left out with a problem.

What belongs here: lines, links, and which piece is whose.  What does not: pairs of brackets (``wiki_pairs``), tags
(``wiki_tags``), templates (``wiki_templates``, ``wiki_shown``), footnotes (``wiki_notes``), infoboxes
(``wiki_infobox``), tables (``wiki_tables``).
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

from frontledger.accounts import wiki_notes, wiki_tables
from frontledger.accounts.building import Builder, Kind
from frontledger.accounts.references import References
from frontledger.accounts.wiki_pairs import DEEPEST, find_pairs
from frontledger.accounts.wiki_shown import lay_template
from frontledger.accounts.wiki_tags import lay_tag
from frontledger.accounts.wiki_templates import Parameter, table
from frontledger.model import Account

__all__ = ["Page", "from_wikitext"]

TOKEN = re.compile(
    r"\{\{|\{\||\[\[|''+|\n(?=[\s=*#:;|!{]|-{4}|<(?:/?(?:div|p|blockquote|center|poem|br))\b|\Z)|<(?=[a-zA-Z/!])"
    r"|&(?=[#\w])|\[(?=(?:https?:)?//|ftp:|mailto:)|__(?=[A-Z]+__)|\]\]|\}\}"
)
HEADING = re.compile(r"(={1,6})[ \t]*(\S[^\n]*?)[ \t]*\1[ \t]*(?=\n|\Z|<!--)")
LIST = re.compile(r"[*#:;]+[ \t]*")
BLANK = re.compile(r"[ \t]*(?:\n|\Z)")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});")
SWITCH = re.compile(r"__[A-Z]+__")
OPEN_LINES = re.compile(r"[^\n]*((?:\n[ \t]*[|*!][^\n]*)*)")  # how far a template without end goes
INDENTED_TABLE = re.compile(r"[ \t:]{1,40}\{\|")
RULE = re.compile(r"-{4,}")
OPENS_LINE = frozenset("=*#:;|!{<- \t\n\r")
SIMPLE_REF = re.compile(r"<ref(?: name=\"([^\"<>/=]{1,200})\")?>([^<]{0,4000})</ref>")
SIMPLE_LINK = re.compile(r"\[\[([^\[\]{}<>|:#&'\n]{1,250})(?:\|([^\[\]{}<>|&'\n]{1,250}))?\]\]")
REDIRECT = re.compile(r"\s*#(?:redirect|átirányítás)\s*:?\s*\[\[([^\]\n|]{1,255})", re.IGNORECASE)
PLAIN = re.compile(r"[{\[<&'\n]")

MOST_NAMED = 12
LONGEST_HEADING = 600


class Page:
    """One page of wikitext under way: its source, its pairs, and the builder that it is told to."""

    def __init__(self, source: str, where: str, lang: str | None = None) -> None:
        self.source = source
        self.pairs = find_pairs(source)
        self.builder = Builder(where, source)
        self.references = References()
        self.unknown: Counter[str] = Counter()
        self.unknown_at: dict[str, int] = {}
        self.depth = 0
        self.lang = lang
        self.items: Kind | None = None
        """The kind of block that line breaks and list items begin: set in infobox values and table cells."""
        self.unclosed: dict[str, int] = {}
        """From where on no closing tag of that name is to be found."""
        self.plain_until = -1
        """The end of a line behind which no parameters of an unclosed template stand."""
        self.open_line = -1
        """The end of a line in which an address was looked for in vain."""

    # -- walking ------------------------------------------------------------------------------------------

    def walk(self, low: int, high: int) -> None:
        """Lay out the source from ``low`` to ``high``."""
        if self.depth > DEEPEST:
            self.builder.problem("too-deep", f"more than {DEEPEST} levels of markup; left out", low)
            return
        self.depth += 1
        source, put, search = self.source, self.builder.put, TOKEN.search
        at = low
        while at < high:
            found = search(source, at, high)
            start = found.start() if found else high
            if start > at:
                piece = source[at:start]
                if "\n" in piece and self.builder.kind not in ("paragraph", "quote"):
                    self._lines(piece, at)
                else:
                    put(piece, at)
            if found is None:
                break
            sign = source[start]
            if sign == "[" and (link := SIMPLE_LINK.match(source, start, high)):
                shown = link.lastindex or 1
                here = self.builder.length
                put(link[shown], link.start(shown))
                self.builder.link(here, link[1].strip(" _").replace("_", " "))
                at = link.end()
            elif sign == "<" and (ref := SIMPLE_REF.match(source, start, high)):
                label, key = self.references.cite("", ref[1] and ref[1].strip(), start)
                self.builder.mark(label, start, key)
                self.references.define(key, wiki_notes.target(self, ref.start(2), ref.end(2)))
                at = ref.end()
            else:
                at = self._token(sign, start, found.end(), high)
        self.depth -= 1

    def _token(self, sign: str, start: int, end: int, high: int) -> int:
        """Lay out what begins at ``start`` and say where to go on."""
        source = self.source
        if sign == "{":
            if source.startswith("{|", start) and not source.startswith("{{", start):
                return self._table(start, high)
            return self._template(start, high)
        if sign == "[":
            return self._link(start, high) if source.startswith("[[", start) else self._address(start, high)
        if sign == "\n":
            return self._line(start, high)
        if sign == "<":
            return lay_tag(self, start, high)
        if sign == "'":
            if end - start == 4:  # one apostrophe and bold
                self.builder.put("'", start)
            return end
        if sign == "&":
            entity = ENTITY.match(source, start, high)
            if entity is None:
                self.builder.put("&", start)
                return start + 1
            sign = unescape(entity.group())
            self.builder.put(" " if sign.isspace() else sign, start)
            return entity.end()
        if sign == "_":
            switch = SWITCH.match(source, start, high)
            return switch.end() if switch else end
        return end  # stray closing brackets

    def _line(self, start: int, high: int) -> int:
        """The line break at ``start``: what the next line begins."""
        source, builder = self.source, self.builder
        at = start + 1
        first = source[at] if at < high else "\n"
        if first == "=":
            line = source.find("\n", at, min(high, at + LONGEST_HEADING))
            heading = HEADING.match(source, at, line if line >= 0 else min(high, at + LONGEST_HEADING))
            if heading and not self.items:
                return self._heading(heading)
        elif first in "*#:;":
            found = LIST.match(source, at, high)
            assert found
            self._item(found.group().strip())
            return found.end()
        elif first == "{" and source.startswith("{|", at):
            return self._table(at, high)
        elif first == "-" and (rule := RULE.match(source, at, high)):
            builder.begin()
            return rule.end()
        elif blank := BLANK.match(source, at, high):
            self.paragraph()
            end = blank.end()
            if end >= high or source[end] not in OPENS_LINE:
                return end
            return max(end - 1, at)
        elif first in " \t" and (indented := INDENTED_TABLE.match(source, at, high)):
            return self._table(indented.end() - 2, high)
        if self.items:
            self.paragraph()
        else:
            if builder.kind in ("bullet", "heading", "quote") and builder.start is not None:
                self.paragraph()
            builder.put(" ", start)
        return at

    def _lines(self, piece: str, at: int) -> None:
        """Words with line breaks where a line is an item: the next line is no part of it."""
        for line in piece.splitlines(keepends=True):
            self.builder.put(line.rstrip("\r\n"), at)
            at += len(line)
            if line.endswith("\n"):
                self.paragraph()

    def paragraph(self) -> None:
        """Begin a new block of running text; inside items, another item."""
        self.builder.begin(self.items or "paragraph")

    def _item(self, signs: str) -> None:
        if self.items:
            self.paragraph()
        elif signs[-1] in "*#" or ";" in signs:
            self.builder.begin("bullet")
        else:
            self.builder.begin("paragraph")

    def _heading(self, heading: re.Match[str]) -> int:
        self.builder.begin("heading", len(heading[1]))
        self.walk(heading.start(2), heading.end(2))
        self.builder.begin()
        return heading.end()

    # -- links --------------------------------------------------------------------------------------------

    def _link(self, start: int, high: int) -> int:
        source, builder = self.source, self.builder
        end = self.pairs.ends.get(start)
        if end is None or end > high:
            return start + 2
        inner = source[start + 2 : end - 2]
        target, bar, _ = inner.partition("|")
        space, colon, rest = target.partition(":")
        if colon and space.strip().lower() in table().namespaces.dropped:
            self.hide(start + 2 + len(target), end - 2)
            return end
        if colon and _is_language(space) and not bar:  # an older way to link the article in other languages
            return end
        here = builder.here()
        if bar:
            if "[[" in target or "{{" in target:
                self.walk(start + 2, end - 2)
                return end
            low = start + 2 + len(target) + 1
            if low >= end - 2:  # the pipe trick
                builder.put(rest.split("(")[0].strip() or target.split("(")[0].strip(), start + 2)
            elif PLAIN.search(source, low, end - 2):
                self.walk(low, end - 2)
            else:
                builder.put(source[low : end - 2], low)
        else:
            shown = target.removeprefix(":")
            builder.put(shown, start + 2 + len(target) - len(shown))
        name = target.strip(" :_").partition("#")[0].replace("_", " ").strip()
        builder.link(here, name[:255])
        return end

    def _address(self, start: int, high: int) -> int:
        """An external link: its words are shown, its address is not."""
        source = self.source
        if start < self.open_line:
            return start + 1
        line = source.find("\n", start, high)
        line = line if line >= 0 else high
        close = source.find("]", start, line)
        if close < 0:
            self.open_line = line
            return start + 1
        space = source.find(" ", start, close)
        if space >= 0:
            self.walk(space + 1, close)
        return close + 1

    def closing(self, name: str, at: int, high: int) -> tuple[int, int] | None:
        """Start and end of the next closing tag of that name; what is not there is looked for once."""
        if self.unclosed.get(name, high + 1) <= at:
            return None
        found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.source, at, high)
        if found is None:
            self.unclosed[name] = at
            return None
        return found.span()

    # -- templates and parameters ---------------------------------------------------------------------------

    def _template(self, start: int, high: int) -> int:
        end = self.pairs.ends.get(start)
        if end is None and self.source.startswith("{{{", start) and start + 1 in self.pairs.ends:
            start, end = start + 1, self.pairs.ends[start + 1]
        if end is None:
            return self._open_template(start, high)
        if end > high or start in self.pairs.parameters:
            return min(end, high)
        lay_template(self, start, end)
        return end

    def _open_template(self, start: int, high: int) -> int:
        """A template without end: its lines of parameters are left out, or its name."""
        if start < self.plain_until:
            return start + 2
        found = OPEN_LINES.match(self.source, start, high)
        if found is None or not found[1]:
            self.plain_until = found.end() if found else start
            return start + 2
        return found.end()

    def walk_trimmed(self, parameter: Parameter) -> None:
        """Lay out a parameter's value without the space around it."""
        value = self.source[parameter.start : parameter.end]
        start = parameter.start + len(value) - len(value.lstrip())
        end = parameter.start + len(value.rstrip())
        if start >= end:
            return
        if self.items and self.source[start] in "*#":
            start = LIST.match(self.source, start, end).end()  # type: ignore[union-attr]
        self.walk(start, end)

    def _table(self, start: int, high: int) -> int:
        end = min(self.pairs.ends.get(start, high), high)
        wiki_tables.read_table(self, start, end)
        return end

    # -- what is not shown --------------------------------------------------------------------------------

    def hide(self, low: int, high: int) -> None:
        """Walk a stretch without showing it, where it may hold references that count."""
        inner = self.source[low:high]
        if "<ref" not in inner and "{{" not in inner and "<REF" not in inner:
            return
        self.builder.muted += 1
        self.walk(low, high)
        self.builder.muted -= 1

    def missed(self, name: str, start: int) -> None:
        """Count a template that nothing is known of."""
        if not self.builder.muted and name:
            self.unknown[name] += 1
            self.unknown_at.setdefault(name, start)

    def report(self) -> None:
        """Note as problems what was not understood."""
        builder = self.builder
        faults = Counter(what for what, _ in self.pairs.faults)
        first = dict(reversed(self.pairs.faults))
        for what, count in faults.items():
            times = f" ({count} times)" if count > 1 else ""
            builder.problem("unclosed", f"unclosed {what}{times}; expected its end", first[what])
        if self.unknown:
            named = [
                f"{name}{f' ×{count}' if count > 1 else ''}" for name, count in self.unknown.most_common()
            ]
            more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
            at = min(self.unknown_at.values())
            builder.problem(
                "template", f"templates left out, unknown: {', '.join(named[:MOST_NAMED])}{more}", at
            )
        lost = self.references.undefined()
        if lost:
            names = ", ".join(repr(key[1]) for key, _ in lost[:MOST_NAMED])
            builder.problem(
                "undefined-reference", f"references used but nowhere defined: {names}", lost[0][1]
            )


def _is_language(prefix: str) -> bool:
    return 2 <= len(prefix) <= 3 and prefix.isascii() and prefix.isalpha() and prefix.islower()


def from_wikitext(
    source: str,
    id: str = "text",  # noqa: A002  the field's own name
    lang: str | None = None,
    date: str | None = None,
    where: str | None = None,
    *,
    title: str | None = None,
    address: str | None = None,
    revision: str | None = None,
) -> Account:
    """Read wikitext as one account; never raises, whatever it holds.

    ``where`` names the source in problems, ``address`` is ``Account.source`` (else ``where``).  Time and memory are
    linear in ``source``; markup nested more than :data:`~frontledger.accounts.wiki_pairs.DEEPEST` levels is left out.
    """
    name = where or id
    page = Page(source, name, lang)
    builder = page.builder
    if title:
        builder.title = title
        builder.begin("heading", 1)
        builder.put_foreign(title, 0)
        builder.begin()
    redirect = REDIRECT.match(source)
    if redirect:
        builder.problem("redirect", f"is only a redirect, to {redirect[1].strip()!r}", 0)
    else:
        # a line break in front, so that what the first line begins is seen as on any other line
        page.walk(page._line(-1, len(source)), len(source))  # noqa: SLF001
    page.report()
    return builder.finish(
        id,
        "wikitext",
        page.references.targets,
        lang=lang,
        date=date,
        source=address or name,
        title=title,
        revision=revision,
    )
