"""HTML as a tree that remembers where everything stood in the source.

A tolerant reading of tag soup in one linear pass: tags are closed where HTML says that they close themselves,
stray ends are ignored, nesting is bounded.  Written here and not taken from a library because the offsets must
survive: no parser at hand (selectolax, lxml, html5lib) gives them for text.

What belongs here: elements, attributes, text.  What does not: what any of it means for an account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

__all__ = ["DEEPEST", "Node", "Text", "parse"]

DEEPEST = 120
"""Levels that are nested; deeper elements become neighbours of those at this level."""

TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/<>]{0,60})((?:[^<>\"']+|\"[^\"]{0,4000}\"|'[^']{0,4000}')*+)>|<!--|<[!?][^<>]{0,4000}>"
)
PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]{0,60})([^<>]*)>")
ATTRIBUTE = re.compile(r"([^\s=\"'<>/]{1,80})(?:\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+)))?")
COMMENT_END = re.compile(r"--!?>")

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
RAW = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "plaintext"])
BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dialog",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "ul",
    ]
)
CLOSES: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tbody": frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}),
    "thead": frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}),
    "tfoot": frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}),
    "option": frozenset({"option"}),
    "body": frozenset({"head"}),
}
FENCES = {
    "li": frozenset({"ul", "ol", "menu", "td", "th", "table"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
}
TABLE_FENCE = frozenset({"table", "html"})


class Text:
    """A run of characters between two tags, as it stands in the source."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Node:
    """An element; ``start`` is the offset of its tag, ``inner`` where its content begins."""

    __slots__ = ("_attributes", "children", "end", "inner", "parent", "raw", "start", "tag")

    def __init__(self, tag: str, raw: str, start: int, inner: int, parent: Node | None) -> None:
        self.tag = tag
        self.raw = raw
        self.start = start
        self.inner = inner
        self.end = inner
        self.parent = parent
        self.children: list[Node | Text] = []
        self._attributes: dict[str, str] | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes; of two of one name the first counts."""
        if self._attributes is None:
            found: dict[str, str] = {}
            for one in ATTRIBUTE.finditer(self.raw):
                found.setdefault(one[1].lower(), unescape(one[2] or one[3] or one[4] or ""))
            self._attributes = found
        return self._attributes

    def get(self, name: str) -> str:
        """An attribute's value, empty where there is none."""
        return self.attributes.get(name, "") if self.raw else ""

    @property
    def classes(self) -> list[str]:
        """The names in ``class``."""
        return self.get("class").split() if "class" in self.raw or "CLASS" in self.raw else []

    def walk(self) -> Iterator[Node]:
        """The elements inside, in the order of the source, this one first."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def find(self, tag: str) -> Iterator[Node]:
        """The elements inside that have this tag."""
        return (node for node in self.walk() if node.tag == tag)

    def text(self, source: str) -> str:
        """The text inside, on one line."""
        pieces: list[str] = []
        stack: list[Node | Text] = [self]
        while stack:
            one = stack.pop()
            if isinstance(one, Text):
                pieces.append(source[one.start : one.end])
            elif one.tag not in ("script", "style"):
                if one.tag == "br" or one.tag in BLOCK:
                    pieces.append(" ")
                stack.extend(reversed(one.children))
        return " ".join(unescape("".join(pieces)).split())


def parse(source: str) -> Node:
    """The tree of ``source``, under a node without a tag.  Linear in its length; never raises."""
    root = Node("", "", 0, 0, None)
    root.end = len(source)
    builder = _Tree(root, source)
    at = 0
    while at < len(source):
        start = source.find("<", at)
        if start < 0:
            break
        if start > at:
            builder.text(at, start)
        found = TAG.match(source, start) or PLAIN_TAG.match(source, start)
        if found is None:
            builder.text(start, start + 1)
            at = start + 1
        elif found.group().startswith("<!--"):
            stop = COMMENT_END.search(source, found.end() - 2)
            at = stop.end() if stop else len(source)
        elif found[2] is None:
            at = found.end()
        elif found[1]:
            builder.close(found[2].lower(), start)
            at = found.end()
        else:
            at = builder.open(found[2].lower(), found[3], start, found.end())
    if at < len(source):
        builder.text(at, len(source))
    builder.finish(len(source))
    return root


class _Tree:
    def __init__(self, root: Node, source: str) -> None:
        self.source = source
        self.node = root
        self.depth = 0
        self.unclosed: set[str] = set()

    def text(self, start: int, end: int) -> None:
        self.node.children.append(Text(start, end))

    def open(self, tag: str, raw: str, start: int, end: int) -> int:
        """Begin an element and say where its content goes on."""
        if tag in CLOSES:
            self._close_implied(CLOSES[tag], FENCES.get(tag, TABLE_FENCE))
        if tag in BLOCK and self._inside_paragraph():
            self.close("p", start)
        node = Node(tag, raw, start, end, self.node)
        self.node.children.append(node)
        if tag in RAW:
            return self._raw(node, end)
        if tag not in VOID and not (raw.endswith("/") and tag not in BLOCK) and self.depth < DEEPEST:
            self.node = node
            self.depth += 1
        return end

    def _raw(self, node: Node, end: int) -> int:
        """Skip what is no markup; what has no end goes on as text that is not shown either."""
        stop = None
        if node.tag not in self.unclosed:
            stop = re.compile(rf"</{node.tag}\b[^<>]*>", re.IGNORECASE).search(self.source, end)
        if stop is None:
            self.unclosed.add(node.tag)
            return end
        node.children.append(Text(end, stop.start()))
        node.end = stop.end()
        return stop.end()

    def _inside_paragraph(self) -> bool:
        node: Node | None = self.node
        for _ in range(12):
            if node is None or node.tag in ("table", "td", "th", "li", "div", "button", "object"):
                return False
            if node.tag == "p":
                return True
            node = node.parent
        return False

    def _close_implied(self, tags: frozenset[str], fence: frozenset[str]) -> None:
        node: Node | None = self.node
        last: Node | None = None
        while node is not None and node.tag not in fence:
            if node.tag in tags:
                last = node
            node = node.parent
        if last is not None:
            self._up_to(last, self.node.inner)

    def close(self, tag: str, at: int) -> None:
        """End the innermost element of that tag; a stray end is ignored."""
        node: Node | None = self.node
        while node is not None and node.tag != tag:
            if node.tag in ("table", "td", "th") and tag not in ("table", "tr", "tbody", "body", "html"):
                return  # an end inside a cell closes nothing outside of it
            node = node.parent
        if node is not None and node.parent is not None:
            self._up_to(node, at)

    def finish(self, at: int) -> None:
        """End what is open at the end of the page."""
        node: Node | None = self.node
        while node is not None:
            node.end = at
            node = node.parent

    def _up_to(self, node: Node, at: int) -> None:
        one: Node | None = self.node
        while one is not None:
            one.end = max(one.end, at)
            self.depth -= 1
            if one is node:
                break
            one = one.parent
        assert node.parent is not None
        self.node = node.parent
