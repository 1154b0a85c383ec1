"""What an HTML page says of itself: title, language, address, when it was published and changed.

What belongs here: head, metadata, JSON-LD.  What does not: the page's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import msgspec

from frontledger.accounts.html_tree import Node

__all__ = ["Metadata", "metadata"]

DAY = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
SITE = re.compile(r"\s+[-–—|·•»:]+\s+[^-–—|·•»]{2,60}$")
PUBLISHED = (
    "article:published_time", "datepublished", "og:article:published_time", "dc.date.issued", "dc.date", "dcterms.created", "date",
    "pubdate", "publishdate", "parsely-pub-date", "sailthru.date", "citation_publication_date", "dcterms.date",
)  # fmt: skip
MODIFIED = (
    "article:modified_time",
    "datemodified",
    "og:updated_time",
    "last-modified",
    "dcterms.modified",
    "lastmod",
)
TITLES = ("og:title", "twitter:title", "dc.title", "headline")
REVISION = re.compile(r"\"wgRevisionId\":(\d+)")
LONGEST_LD = 200_000


class Metadata(NamedTuple):
    """Days are ISO; ``None`` where the page does not say."""

    title: str | None
    lang: str | None
    published: str | None
    modified: str | None
    address: str | None
    revision: str | None


def metadata(root: Node, source: str) -> Metadata:
    """Read the page's own statements, the surest first."""
    named: dict[str, str] = {}
    title = lang = address = revision = time = None
    linked: dict[str, str] = {}
    for node in root.walk():
        if node.tag == "meta":
            name = node.get("property") or node.get("name") or node.get("itemprop") or node.get("http-equiv")
            if name and node.get("content"):
                named.setdefault(name.lower(), node.get("content").strip())
        elif node.tag == "html":
            lang = lang or node.get("lang") or node.get("xml:lang")
        elif node.tag == "title" and title is None:
            title = node.text(source) or None
        elif node.tag == "link" and node.get("rel").lower() == "canonical":
            address = address or node.get("href")
        elif node.tag == "time" and time is None and DAY.match(node.get("datetime")):
            time = node.get("datetime")
        elif node.tag == "script" and node.children:
            inner = source[node.inner : node.end]
            if "ld+json" in node.get("type").lower():
                for key, value in _statements(inner):
                    linked.setdefault(key, value)
            elif revision is None and (found := REVISION.search(inner[:LONGEST_LD])):
                revision = found[1]
    heading = next((named[name] for name in TITLES if name in named), None) or linked.get("headline")
    if heading is None and title:
        heading = SITE.sub("", title) or title
    return Metadata(
        title=" ".join(heading.split()) if heading else None,
        lang=lang or named.get("og:locale") or named.get("content-language"),
        published=_first(named, PUBLISHED) or day(linked.get("datePublished")) or day(time),
        modified=_first(named, MODIFIED) or day(linked.get("dateModified")),
        address=address or named.get("og:url"),
        revision=revision if revision != "0" else None,
    )


def _first(named: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((found for name in names if (found := day(named.get(name)))), None)


def day(stated: str | None) -> str | None:
    """The ISO day at the head of a timestamp; None when there is none."""
    found = DAY.match(stated or "")
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return None


def _statements(inner: str) -> Iterator[tuple[str, str]]:
    """Headline and days out of JSON-LD."""
    if len(inner) > LONGEST_LD:
        return
    try:
        value: Any = msgspec.json.decode(inner[: inner.rfind("</")].strip().encode("utf-8", "replace"))
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return
    graph = value.get("@graph") if isinstance(value, dict) else None
    things = graph if isinstance(graph, list) else value if isinstance(value, list) else [value]
    for thing in things[:50]:
        if isinstance(thing, dict):
            for key in ("headline", "datePublished", "dateModified"):
                if isinstance(thing.get(key), str):
                    yield key, thing[key]
