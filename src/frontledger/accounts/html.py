"""HTML becomes an account: MediaWiki pages (desktop, mobile, mirrors) and any other page with running text.

``Account.text`` is the narrative as the page shows it, with markers as "[1]"; infobox rows stand in it as lines of
their own.  Scripts, styles, navigation, captions and what is hidden are left out; nothing is fetched or executed.

What belongs here: the walk over the tree.  What does not: the tree (``html_tree``), metadata (``html_meta``),
footnotes (``html_notes``), infoboxes (``html_infobox``), where the narrative of other pages is (``html_main``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from frontledger.accounts.building import Builder, Kind
from frontledger.accounts.html_infobox import is_infobox, read_infobox
from frontledger.accounts.html_main import Links, is_furniture, link_counts, main_content
from frontledger.accounts.html_meta import metadata
from frontledger.accounts.html_notes import Notes
from frontledger.accounts.html_tree import Node, Text, parse
from frontledger.model import Account

__all__ = ["Reader", "from_html"]

ENTITY = re.compile(r"&(?:#\d{1,7};?|#[xX][0-9a-fA-F]{1,6};?|\w{2,31};)")
HEADING = re.compile(r"h[1-6]")
ARTICLE = re.compile(r"^(?:https?:)?(?://[\w.-]+)?(?:/wiki/|\./|/w/index\.php\?title=|\.\./wiki/)([^?&]+)")
NAMESPACE = re.compile(
    r"^(?:File|Image|Fájl|Kép|Special|Speciális|Category|Kategória|Help|Wikipedia|Wikipédia|Template|Sablon|Talk|Vita|User|Portal|Portál):"
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "form",
        "button",
        "select",
        "textarea",
        "title",
        "head",
        "figure",
        "figcaption",
        "map",
        "input",
        "link",
        "meta",
        "nav",
        "picture",
        "img",
        "noembed",
        "noframes",
        "xmp",
        "dialog",
    ]
)
WIKI_FURNITURE = frozenset(
    [
        "mw-editsection",
        "navbox",
        "vertical-navbox",
        "sidebar",
        "hatnote",
        "dablink",
        "thumb",
        "tright",
        "tleft",
        "thumbinner",
        "mw-jump-link",
        "metadata",
        "ambox",
        "tmbox",
        "toc",
        "toclevel-1",
        "mw-references-wrap",
        "references",
        "reflist",
        "catlinks",
        "printfooter",
        "mw-empty-elt",
        "shortdescription",
        "gallery",
        "mw-kartographer-container",
        "portalbox",
        "portal",
        "sistersitebox",
        "side-box",
        "succession-box",
        "mbox-small",
        "stub",
        "navigation-not-searchable",
        "nomobile",
        "mw-cite-backlink",
        "mwe-math-element",
        "locmap",
        "navbox-styles",
        "refbegin",
        "navigation-box",
        "sortkey",
        "noviewer",
        "mw-indicators",
        "mw-page-title-main-hidden",
        "siteSub",
        "contentSub",
        "mw-headline-anchor",
        "toctitle",
        "portal-bar",
        "asbox",
        "mw-gallery-traditional",
        "external-media",
        "multiple-image",
        "mw-collapsible-toggle",
        "wikitable-caption",
        "citation-comment",
        "rellink",
        "relarticle",
        "mainarticle",
        "loc-map",
        "noprint",
        "mw-authority-control",
        "edit-page",
        "read-more-container",
        "last-modified-bar",
        "page-actions-menu",
        "header-container",
        "bandeau-portail",
        "csonk-dobox",
        "infobox_v3-caption",
        "plainlinks-list",
        "selfreference",
        "notice",
        "jump-to-nav",
        "mw-file-element",
        "geo-nondefault",
    ]
)
BLOCKS = frozenset(
    [
        "address",
        "article",
        "body",
        "center",
        "details",
        "div",
        "fieldset",
        "footer",
        "header",
        "hgroup",
        "main",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        "ol",
        "dl",
        "html",
        "tbody",
        "thead",
        "tfoot",
    ]
)


class Reader:
    """One page under way: its tree, its notes, and the builder that it is told to."""

    def __init__(self, source: str, where: str) -> None:
        self.source = source
        self.tree = parse(source)
        self.notes = Notes(self.tree, source)
        self.builder = Builder(where, source)
        self.items: Kind | None = None
        self.wiki = False
        self.left_out = 0
        self.counts: dict[int, Links] = {}

    # -- walking ------------------------------------------------------------------------------------------

    def walk(self, node: Node) -> None:
        """Lay out what the element holds."""
        for child in node.children:
            if isinstance(child, Text):
                self._text(child)
            else:
                self._element(child)

    def _text(self, text: Text) -> None:
        source, builder = self.source, self.builder
        raw = source[text.start : text.end]
        if "&" not in raw:
            builder.put(raw, text.start)
            return
        at = 0
        for entity in ENTITY.finditer(raw):
            builder.put(raw[at : entity.start()], text.start + at)
            sign = unescape(entity.group())
            builder.put(" " if sign.isspace() else sign, text.start + entity.start())
            at = entity.end()
        builder.put(raw[at:], text.start + at)

    def _element(self, node: Node) -> None:
        tag, builder = node.tag, self.builder
        if tag in SKIPPED or id(node) in self.notes.entries:
            return
        signs = self.notes.signs(node) if tag in ("sup", "a", "span") else None
        if signs is not None:
            for sign in signs:
                builder.mark(sign.label, node.start, sign.key, editorial=sign.editorial)
            return
        if self._is_left_out(node):
            return
        if tag == "br":
            self._break(node)
        elif HEADING.fullmatch(tag):
            self._heading(node)
        elif is_infobox(node):
            read_infobox(self, node)
        elif tag == "table":
            self._table(node)
        elif tag in ("li", "dd", "dt", "blockquote"):
            kind: Kind = "bullet" if tag == "li" else "quote" if tag == "blockquote" else "paragraph"
            builder.begin(self.items or kind)
            self.walk(node)
            self.paragraph()
        elif tag == "a":
            here = builder.here()
            self.walk(node)
            builder.link(here, self._article(node))
        elif tag in BLOCKS:
            inside_quote = builder.kind == "quote" and builder.start is None
            builder.begin(
                self.items
                or ("quote" if inside_quote else builder.kind if self._opens_item() else "paragraph")
            )
            self.walk(node)
            self.paragraph()
        else:
            self.walk(node)

    def _opens_item(self) -> bool:
        """Whether nothing was put yet into a bullet: a paragraph inside a list item is the item."""
        return self.builder.kind == "bullet" and self.builder.start is None

    def paragraph(self) -> None:
        """Begin a new block of running text; inside items, another item."""
        self.builder.begin(self.items or "paragraph")

    def _break(self, node: Node) -> None:
        """A line break parts items; two of them part paragraphs."""
        siblings = node.parent.children if node.parent else []
        at = (
            next((index for index, one in enumerate(siblings) if one is node), 0)
            if len(siblings) < 400
            else 0
        )
        after = siblings[at + 1 : at + 3] if siblings else []
        if after and isinstance(after[0], Text) and not self.source[after[0].start : after[0].end].strip():
            after = after[1:]
        doubled = bool(after) and isinstance(after[0], Node) and after[0].tag == "br"
        if self.items or doubled:
            self.paragraph()
        else:
            self.builder.put(" ", node.start)

    def _heading(self, node: Node) -> None:
        words = node.text(self.source)
        if self.items:
            self.paragraph()
            self.walk(node)
            self.paragraph()
        elif words:
            if not self.builder.headings and words == self.builder.title and self.builder.blocks:
                return
            self.builder.begin("heading", int(node.tag[1]))
            self.walk(node)
            self.builder.begin()

    def _table(self, table: Node) -> None:
        """Rows and cells; a table that only lays out the page is read as running text."""
        rows = [row for row in _own(table) if row.tag == "tr"]
        cells = [
            [one for one in row.children if isinstance(one, Node) and one.tag in ("td", "th")] for row in rows
        ]
        laid_out = table.get("role") == "presentation" or any(
            isinstance(child, Node) and child.tag in ("p", "div", "table", "h2", "h3")
            for row in cells
            for cell in row
            for child in cell.children
        )
        outer = self.items
        self.items = outer or (None if laid_out and not self.wiki else "cell")
        for row in cells:
            for cell in row:
                if not self._is_left_out(cell):
                    self.paragraph()
                    self.walk(cell)
            if self.items == "cell" and outer is None:
                self.builder.end_row()
        self.items = outer
        self.paragraph()

    # -- what is left out ---------------------------------------------------------------------------------

    def is_hidden(self, node: Node) -> bool:
        """Whether no reader sees the element."""
        if not node.raw:
            return False
        return bool(
            "hidden" in node.attributes
            or (node.get("style") and HIDDEN_STYLE.search(node.get("style")))
            or node.get("aria-hidden") == "true"
        )

    def _is_left_out(self, node: Node) -> bool:
        if self.is_hidden(node):
            return True
        if self.wiki:
            return bool(node.raw) and not WIKI_FURNITURE.isdisjoint(node.classes) and not is_infobox(node)
        if is_furniture(node, self.counts):
            self.left_out += len(node.text(self.source))
            return True
        return False

    def _article(self, node: Node) -> str:
        """The title of the article that a link leads to, "" for other links."""
        found = ARTICLE.match(node.get("href"))
        if found is None:
            return ""
        title = unquote(found[1]).partition("#")[0].replace("_", " ").strip()
        return "" if NAMESPACE.match(title) else title[:255]


def _own(table: Node) -> Iterator[Node]:
    """The elements of a table, those of tables inside it left out."""
    stack: list[Node] = [table]
    while stack:
        node = stack.pop()
        yield node
        if node is table or node.tag != "table":
            stack += [one for one in reversed(node.children) if isinstance(one, Node)]


def from_html(
    source: str,
    id: str = "text",  # noqa: A002  the field's own name
    lang: str | None = None,
    date: str | None = None,
    where: str | None = None,
    *,
    address: str | None = None,
) -> Account:
    """Read an HTML page as one account; never raises, whatever it holds.

    ``where`` names the source in problems, ``address`` is ``Account.source`` (else the page's own, else ``where``).
    Time and memory are linear in ``source``; elements nested more than
    :data:`~frontledger.accounts.html_tree.DEEPEST` levels are flattened.
    """
    name = where or id
    reader = Reader(source, name)
    builder, tree = reader.builder, reader.tree
    said = metadata(tree, source)
    contents = [
        node
        for node in tree.walk()
        if "mw-parser-output" in node.classes or node.get("id") == "mw-content-text"
    ]
    reader.wiki = bool(contents)
    if contents:
        content = max(contents, key=lambda node: node.end - node.start)
    else:
        content = main_content(tree, source)
        reader.counts = link_counts(tree, source)
    heading = _page_heading(tree, content, reader.wiki)
    title = heading.text(source) if heading is not None else said.title
    if title:
        builder.title = title
        if heading is None or not _is_inside(heading, content):
            builder.begin("heading", 1)
            if heading is not None:
                reader.walk(heading)
            else:
                builder.put_foreign(title, content.start)
            builder.begin()
    reader.walk(content)
    if reader.left_out:
        builder.problem(
            "left-out", f"{reader.left_out:,} characters of navigation and other furniture left out"
        )
    return builder.finish(
        id,
        "html",
        reader.notes.targets,
        lang=lang or said.lang,
        date=date or said.published,
        source=address or name,
        title=title,
        modified=said.modified,
        revision=said.revision,
    )


def _page_heading(tree: Node, content: Node, wiki: bool) -> Node | None:
    """The heading of the page: MediaWiki's, or the only one of the first level."""
    heads = list(tree.find("h1"))
    if wiki:
        known = [
            one for one in heads if one.get("id") == "firstHeading" or "firstHeading" in one.get("class")
        ]
        return known[0] if known else heads[0] if len(heads) == 1 else None
    inside = [one for one in heads if _is_inside(one, content)]
    chosen = inside or heads
    return chosen[0] if len(chosen) == 1 else None


def _is_inside(node: Node, outer: Node) -> bool:
    return outer.start <= node.start and node.end <= outer.end
