"""Where the narrative of any web page stands, and what around and inside it is only furniture.

A light rule of our own, in one pass: the page's own statement first (``article``, ``main``, ``articleBody``), else
the element whose paragraphs hold most text.  What belongs here: that choice.  What does not: MediaWiki pages, whose
markup says it (``html``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from frontledger.accounts.html_tree import Node, Text

__all__ = ["Links", "is_furniture", "link_counts", "main_content"]

OUTSIDE = frozenset(
    [
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "dialog",
        "menu",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "picture",
        "noscript",
        "template",
        "script",
        "style",
        "figure",
        "figcaption",
        "input",
        "label",
        "head",
        "map",
        "math",
    ]
)
FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|comments?|comment-?list|disqus|related|recommend\w*|promo\w*|newsletter|subscri\w+"
    r"|cookie\w*|consent|gdpr|advert\w*|ads?|ad-?slot|banner|breadcrumbs?|sidebar|menu|navbar|nav|navigation|pagination|pager|footer"
    r"|masthead|tags?|tag-?list|byline|author-?bio|caption|wp-caption-text|toc|skip-?link|popup|modal|toolbar|widget|sponsor\w*|signup"
    r"|paywall|copyright|print-?only|screen-reader-text|visually-hidden|sr-only|most-?read|trending|read-?more|see-?also)(?:$|[\s_-])",
    re.IGNORECASE,
)
SAFE = frozenset(["body", "main", "article", "html"])
LEAST = 140
"""Characters of running text below which a statement of the page is not believed."""
DENSE = 0.6
"""Share of link text from which a list or a box is navigation."""


class Links(NamedTuple):
    """What stands inside an element: links that lead elsewhere, characters of them and of all, paragraphs."""

    links: int
    linked: int
    whole: int
    paragraphs: int


def link_counts(root: Node, source: str) -> dict[int, Links]:
    """What stands inside each list or box, by the ``id`` of the element; one pass from the leaves up."""
    counts: dict[int, Links] = {}
    for node in reversed(list(root.walk())):
        links = linked = whole = paragraphs = 0
        for child in node.children:
            if isinstance(child, Text):
                whole += len(source[child.start : child.end].strip())
            else:
                inner = counts.get(id(child), NOTHING)
                links, linked, whole = links + inner.links, linked + inner.linked, whole + inner.whole
                paragraphs += inner.paragraphs + (child.tag == "p")
        if node.tag == "a" and "href" in node.raw and not node.get("href").startswith("#"):
            links, linked = links + 1, whole
        if links or linked or whole or paragraphs:
            counts[id(node)] = Links(links, linked, whole, paragraphs)
    return counts


NOTHING = Links(0, 0, 0, 0)


def is_furniture(node: Node, counts: dict[int, Links]) -> bool:
    """Whether the element is no part of the narrative, by its tag, its names or its links."""
    if node.tag in OUTSIDE:
        return True
    if not node.raw:
        return node.tag in ("ul", "ol", "div", "table") and _is_links(counts.get(id(node), NOTHING))
    if node.tag in SAFE:
        return False
    if node.get("role").lower() in (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
    ):
        return True
    if node.tag not in ("p", "span", "li", "a") and FURNITURE.search(
        f"{node.get('class')} {node.get('id')}"[:500]
    ):
        return True
    return node.tag in ("ul", "ol", "div", "table", "section") and _is_links(counts.get(id(node), NOTHING))


def _is_links(inside: Links) -> bool:
    """Whether nearly all words are links: at least three of them, and little between."""
    return inside.links >= 3 and not inside.paragraphs and inside.linked > DENSE * inside.whole > 0


def main_content(root: Node, source: str) -> Node:
    """The element that holds the narrative; the whole page where nothing stands out."""
    weights = _weights(root, source)
    body = next(root.find("body"), root)
    stated = [
        node
        for node in body.walk()
        if node.get("itemprop").lower() == "articlebody"
        or node.tag in ("article", "main")
        or node.get("role").lower() in ("main", "article")
    ]
    for wanted in ("articlebody", "article", "main"):
        fitting = [
            node
            for node in stated
            if wanted in (node.get("itemprop").lower(), node.tag, node.get("role").lower())
            and weights.get(id(node), 0) >= LEAST
        ]
        if fitting:
            best = max(fitting, key=lambda node: weights[id(node)])
            if weights[id(best)] * 2 >= weights.get(id(body), 0) or len(fitting) == 1:
                return best
    return _densest(body, weights)


def _weights(root: Node, source: str) -> dict[int, int]:
    """Characters of running text inside each element: paragraphs and bare text, links and furniture left out."""
    weights: dict[int, int] = {}
    order = [node for node in root.walk() if not _in_furniture(node)]
    for node in reversed(order):
        own = 0
        for child in node.children:
            if isinstance(child, Text):
                size = len(source[child.start : child.end].strip())
                own += size if node.tag not in ("a", "title", "script", "style", "option") else 0
            else:
                own += weights.get(id(child), 0)
        weights[id(node)] = own
    return weights


def _in_furniture(node: Node) -> bool:
    return node.tag in OUTSIDE


def _densest(body: Node, weights: dict[int, int]) -> Node:
    """Go down while one child holds nearly all running text."""
    node = body
    while True:
        children = [one for one in node.children if isinstance(one, Node)]
        best = max(children, key=lambda one: weights.get(id(one), 0), default=None)
        if best is None or best.tag in (
            "p",
            "span",
            "a",
            "li",
            "td",
            "tr",
            "tbody",
            "table",
            "ul",
            "ol",
            "blockquote",
            "b",
            "i",
            "font",
        ):
            return node
        if weights.get(id(best), 0) < 0.8 * max(weights.get(id(node), 0), 1):
            return node
        node = best
