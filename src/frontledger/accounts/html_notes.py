"""Reference markers of HTML: which anchors are markers, and what the list of references says.

MediaWiki's markers are known by class; on other pages a marker is a short label in brackets or raised that links
to an element of the same page.  What belongs here: that.  What does not: the text around (``html``).
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, unquote

from frontledger.accounts.building import Target
from frontledger.accounts.html_tree import Node
from frontledger.model import Reference

__all__ = ["Notes", "Sign"]

LABEL = re.compile(r"\[?\s*((?:[^\W\d_][\w.-]{0,14}\s)?[\w.*†‡-]{1,12})\s*\]?")
SHORT = re.compile(
    r"\[\s*(\d{1,4}|[a-z]{1,2}|(?:note|nb|megj|jegyzet|m|n)\.?\s?\d{1,3})\s*\]|(\d{1,4}|[a-z*†‡])",
    re.IGNORECASE,
)
SEVERAL = re.compile(r"(?:\[(\d{1,4}|[a-z]|(?:note|nb|megj)\.?\s\d{1,3})\]\s*)+", re.IGNORECASE)
ONE = re.compile(r"\[([^\[\]]+)\]")
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "body", "main"])
ENTRY = frozenset(["li", "p", "dd", "dt", "div", "tr", "td", "aside"])
LONGEST_TARGET = 1_000
BACK = re.compile(r"^(?:[\s↑^←↩*†‡\d.,;:]|\[\d+\]|(?:[a-z]\b\s))*", re.UNICODE)


class Sign(NamedTuple):
    """A marker: what it shows and the id that it points to."""

    label: str
    key: str | None
    editorial: bool = False


class Notes:
    """What markers of one page point to."""

    def __init__(self, root: Node, source: str) -> None:
        self.source = source
        self.ids: dict[str, Node] = {}
        for node in root.walk():
            if ("id" in node.raw or "name" in node.raw) and (name := node.get("id") or node.get("name")):
                self.ids.setdefault(name, node)
        self.targets: dict[object, Target] = {}
        self.read: dict[int, Target] = {}
        self.entries: set[int] = set()
        """Ids (of Python) of the elements that are entries of a list of references: no narrative."""

    def signs(self, node: Node) -> list[Sign] | None:
        """The markers that the element is; None when it is none, an empty list when it only belongs to one."""
        if node.tag == "sup" or "reference" in node.classes or "mw-ref" in node.classes:
            return self._raised(node)
        if node.tag == "a":
            sign = self._anchor(node, raised=any(True for _ in node.find("sup")))
            return [sign] if sign else None
        return None

    def _raised(self, node: Node) -> list[Sign] | None:
        classes = node.classes
        words = node.text(self.source)
        if any(one.startswith(("Inline-Template", "Template-", "noprint")) for one in classes):
            label = words.strip("[] \u200b")
            return [Sign(label, None, editorial=True)] if label else []
        anchors = [one for one in node.find("a") if "#" in one.get("href")]
        if not anchors:
            if "reference" in classes:
                return []  # a page number behind a marker
            if SEVERAL.fullmatch(words):
                return [Sign(label, None) for label in ONE.findall(words)]
            return None
        signs = [sign for one in anchors if (sign := self._anchor(one, raised=True))]
        return signs or ([] if "reference" in classes else None)

    def _anchor(self, node: Node, *, raised: bool) -> Sign | None:
        """The marker that a link to this page is."""
        address, sign, fragment = node.get("href").partition("#")
        if not sign or not fragment:
            return None
        key = unquote(fragment)
        words = node.text(self.source)
        known = key.startswith(("cite_note", "_note", "endnote", "cite-note", "CITEREF"))
        if known and not key.startswith("CITEREF"):
            found = LABEL.fullmatch(words)
            if found is None:
                return None
            self._note(key)
            return Sign(found[1], key)
        entry = self.ids.get(key)
        found = SHORT.fullmatch(words)
        if found is None or entry is None or entry.tag in HEADINGS or address.startswith(("http", "//")):
            return None
        if not (raised or found[1]) or entry.start < node.start:
            return None
        self._note(key)
        return Sign(found[1] or found[2], key)

    def _note(self, key: str) -> None:
        """Read the entry that a marker points to, once."""
        if key in self.targets:
            return
        entry: Node | None = self.ids.get(key)
        while entry is not None and entry.tag not in ENTRY:
            entry = entry.parent
        if entry is None:
            return
        if id(entry) in self.entries:
            self.targets[key] = self.read[id(entry)]
            return
        self.entries.add(id(entry))
        words = next((one for one in entry.walk() if "reference-text" in one.classes), None)
        text = (words or entry).text(self.source)
        if words is None:
            text = BACK.sub("", text)
        reference = self._fields(words or entry)
        self.targets[key] = self.read[id(entry)] = Target(text[:LONGEST_TARGET] or None, reference)

    def _fields(self, entry: Node) -> Reference | None:
        """Fields out of the embedded record (COinS) that MediaWiki's citation templates leave, else the address."""
        given: dict[str, str] = {}
        url = accessed = None
        for node in entry.walk():
            if node.tag == "span" and "Z3988" in node.classes and not given:
                for name, values in parse_qs(node.get("title")[:8000]).items():
                    given[name] = values[0].strip()
            elif node.tag == "span" and "reference-accessdate" in node.classes:
                accessed = ACCESSED.sub("", node.text(self.source)).strip(" .,()") or None
            elif (
                node.tag == "a" and url is None and node.get("href").startswith(("http://", "https://", "//"))
            ):
                url = node.get("href")
        author = given.get("rft.au") or given.get("rft.aulast")
        rft_id = given.get("rft_id", "")
        reference = Reference(
            title=given.get("rft.atitle") or given.get("rft.btitle") or given.get("rft.title"),
            author=author,
            publisher=given.get("rft.jtitle") or given.get("rft.pub"),
            date=given.get("rft.date"),
            accessed=accessed,
            url=rft_id if rft_id.startswith("http") else url,
        )
        return reference if reference != Reference() else None


ACCESSED = re.compile(
    r"^\W*(?:Retrieved|Accessed|Hozzáférés(?: ideje)?|Elérés(?: dátuma)?|Lekérdezés)\s*:?\s*", re.IGNORECASE
)
