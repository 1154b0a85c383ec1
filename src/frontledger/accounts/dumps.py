"""MediaWiki XML dumps: one account an article, in constant memory.

Every schema of ``Special:Export`` and dumps.wikimedia.org (0.3 to 0.11): of each page in the main namespace that
is no redirect, the latest revision that the file holds.  A file with a document type is refused, since only entity
bombs have one; a page that is no XML is left out and the next one read.

What belongs here: pages out of XML.  What does not: decompression (``unpacking``), wikitext (``wikitext``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import quote
from xml.parsers import expat

from frontledger.accounts.documents import Document
from frontledger.accounts.html_meta import day
from frontledger.accounts.opening import MAX_ACCOUNT_BYTES
from frontledger.accounts.unpacking import TornError
from frontledger.errors import InputError
from frontledger.model import Problem

__all__ = ["DumpPage", "documents", "pages"]

CHUNK = 1 << 18
LONGEST_TAG = 1 << 22
"""Bytes without end of a tag after which a file is no dump."""
LONGEST_NAME = 1_000
CONTROL = bytes(sorted(set(range(32)) - {9, 10, 13}))
NOT_IN_IDS = re.compile(r"[^\w.-]+")
KEPT = frozenset({"title", "ns", "id", "timestamp", "model", "format", "text", "base", "dbname"})

Report = Callable[[Problem], None]


@dataclass(slots=True)
class DumpPage:
    """One page: its latest revision in the file."""

    title: str = ""
    ns: str = "0"
    id: str = ""
    redirect: bool = False
    revision: str = ""
    timestamp: str = ""
    model: str = ""
    text: str = ""
    too_large: bool = False
    byte: int = 0
    """Where it begins in the (unpacked) file."""


@dataclass(slots=True)
class Site:
    """What the file says of its wiki."""

    lang: str | None = None
    base: str = ""


def documents(source: IO[bytes], name: str, report: Report) -> Iterator[Document]:
    """The articles of a dump called ``name``; what is left out is counted and reported at the end."""
    site = Site()
    left: Counter[str] = Counter()
    found = 0
    for page in pages(source, name, site, report):
        where = f"{name}, page {page.title!r}"
        if page.ns != "0":
            left["pages of other namespaces"] += 1
        elif page.redirect:
            left["redirects"] += 1
        elif page.model not in ("", "wikitext"):
            left[f"pages of {page.model}"] += 1
        elif page.too_large:
            message = f"holds more than {MAX_ACCOUNT_BYTES:,} bytes; left out"
            report(Problem(code="too-large", where=where, message=message))
        else:
            found += 1
            yield _document(page, where, site)
    if left:
        told = ", ".join(f"{count:,} {what}" for what, count in left.items())
        report(Problem(code="left-out", where=name, message=f"left out: {told}"))
    if not found and not left:
        report(Problem(code="empty", where=name, message="holds no page; expected a MediaWiki dump"))


def _document(page: DumpPage, where: str, site: Site) -> Document:
    slug = NOT_IN_IDS.sub("-", unicodedata.normalize("NFC", page.title)).strip("-.")
    address = None
    if site.base and page.title:
        address = site.base.rpartition("/")[0] + "/" + quote(page.title.replace(" ", "_"), safe="/:,()'!*;@")
    return Document(
        kind="page",
        id="-".join(part for part in (slug, page.id) if part) or "page",
        name=where,
        data=page.text.encode(),
        source=address,
        lang=site.lang,
        title=page.title or None,
        date=day(page.timestamp),
        revision=page.revision or None,
    )


def pages(source: IO[bytes], name: str, site: Site, report: Report) -> Iterator[DumpPage]:
    """The pages of a dump in order, in memory of one page and a few buffers."""
    chunks = _Chunks(source, name, report)
    reader: _PageReader | None = _PageReader(name, site, 0)
    chunk = chunks.next()
    while reader is not None:
        try:
            reader.parse(chunk, final=not chunk)
        except expat.ExpatError as error:
            yield from reader.take()
            if not chunk and reader.ends_early(error):
                reader.report_cut(report, chunks)
                return
            rest = chunk[reader.error_at() :]
            at = chunks.given - len(rest)
            report(Problem(code="bad-xml", where=f"{name}, byte {at:,}", message=reader.fault(error)))
            chunk = _next_page(rest, chunks)
            reader = _PageReader(name, site, chunks.given - len(chunk), inside=True) if chunk else None
            continue
        yield from reader.take()
        if not chunk:
            return
        chunk = chunks.next()


def _next_page(rest: bytes, chunks: _Chunks) -> bytes:
    """The content from the next ``<page>`` on; empty when there is none."""
    at = rest.find(b"<page>", 1)
    while at < 0:
        more = chunks.next()
        if not more:
            return b""
        rest = rest[-8:] + more
        at = rest.find(b"<page>")
    return rest[at:]


class _Chunks:
    """The file in pieces of bytes that XML allows, until it ends or is torn.

    What is no UTF-8, or a control character, becomes U+FFFD or "?" and is reported once.
    """

    def __init__(self, source: Any, name: str, report: Report) -> None:
        self.source = source
        self.name = name
        self.report = report
        self.given = 0
        self.torn = False
        self.told = False
        self.left = b""

    def next(self) -> bytes:
        """The next piece; empty at the end."""
        while not self.torn:
            try:
                raw = self.source.read1(CHUNK)
            except TornError as error:
                self.report(
                    Problem(code="cut", where=self.name, message=str(error).removeprefix(f"{self.name}: "))
                )
                self.torn = True
                raw = b""
            chunk = self._clean(self.left + raw, final=not raw)
            self.given += len(chunk)
            if chunk or not raw:
                return chunk
        return b""

    def _clean(self, data: bytes, *, final: bool) -> bytes:
        self.left = b""
        if len(data.translate(None, CONTROL)) != len(data):
            first = next(at for at, byte in enumerate(data) if byte in CONTROL)
            self._tell(first, f"control character 0x{data[first]:02X}")
            data = data.translate(bytes.maketrans(CONTROL, b"?" * len(CONTROL)))
        try:
            data.decode()
        except UnicodeDecodeError:
            tail = 0 if final else _tail(data)
            data, self.left = data[: len(data) - tail], data[len(data) - tail :]
            try:
                data.decode()
            except UnicodeDecodeError as error:
                self._tell(error.start, f"0x{data[error.start]:02X} is not valid UTF-8")
                data = data.decode("utf-8", "replace").encode()
        return data

    def _tell(self, at: int, what: str) -> None:
        if not self.told:
            self.told = True
            message = f"{what}; replaced, and further ones too"
            where = f"{self.name}, byte {self.given + at:,}"
            self.report(Problem(code="bad-encoding", where=where, message=message))


def _tail(data: bytes) -> int:
    """How many bytes at the end begin a character that goes on."""
    for back in range(1, min(4, len(data)) + 1):
        byte = data[-back]
        if byte >= 0xC0:
            wanted = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return back if back < wanted else 0
        if byte < 0x80:
            return 0
    return 0


class _PageReader:
    """Expat with the handlers that gather pages."""

    def __init__(self, name: str, site: Site, base: int, *, inside: bool = False) -> None:
        self.name = name
        self.site = site
        self.base = base
        """Bytes of the file before the first that the parser is fed."""
        self.done: list[DumpPage] = []
        self.page: DumpPage | None = None
        self.path: list[str] = []
        self.kept: list[str] | None = None
        self.size = 0
        self.latest = ""
        self.now: dict[str, str] = {}
        self.fed = self.before = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.StartDoctypeDeclHandler = self.refuse
        parser.EntityDeclHandler = self.refuse
        self.parser = parser
        if inside:  # the rest of a dump, from a page on
            opening = b"<mediawiki>"
            parser.Parse(opening, False)
            self.fed = len(opening)
            self.base -= len(opening)

    def parse(self, chunk: bytes, *, final: bool) -> None:
        """Feed bytes; raises ``ExpatError`` for what is no XML."""
        self.before = self.fed
        self.fed += len(chunk)
        self.parser.Parse(chunk, final)
        if self.fed - self.parser.CurrentByteIndex > LONGEST_TAG:
            raise InputError(
                f"{self.name}: a tag of more than {LONGEST_TAG:,} bytes; expected a MediaWiki dump"
            )

    def refuse(self, *_: object) -> None:
        """A document type declares entities: no dump has one."""
        raise InputError(
            f"{self.name}, byte {max(self.parser.CurrentByteIndex, 0):,}: a document type (DTD) stands in the XML; "
            "refused, since dumps have none and entity bombs do"
        )

    def error_at(self) -> int:
        """Offset of the error in the piece fed last."""
        return max(0, self.parser.ErrorByteIndex - self.before)

    def take(self) -> Iterator[DumpPage]:
        """The pages finished since the last call."""
        done, self.done = self.done, []
        yield from done

    def ends_early(self, error: expat.ExpatError) -> bool:
        """Whether the error is only that the file ends."""
        return error.code in (
            expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
            expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
            expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
            expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
        )

    def report_cut(self, report: Report, chunks: _Chunks) -> None:
        """The file ends before the dump does."""
        if chunks.torn:  # said already
            return
        inside = f" inside page {self.page.title!r}" if self.page else ""
        message = f"the dump ends early{inside}; expected </mediawiki>: what was whole was read"
        report(Problem(code="cut", where=f"{self.name}, byte {chunks.given:,}", message=message))

    def fault(self, error: expat.ExpatError) -> str:
        """The error in words."""
        inside = f" in page {self.page.title!r}" if self.page and self.page.title else ""
        return f"no well-formed XML{inside} ({expat.ErrorString(error.code)}); went on with the next page"

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.path.append(tag)
        if tag == "page":
            self.page = DumpPage(byte=self.parser.CurrentByteIndex + self.base)
            self.latest = ""
        elif tag == "revision":
            self.now = {}
        elif tag == "redirect" and self.page:
            self.page.redirect = True
        elif tag == "mediawiki":
            self.site.lang = attributes.get("xml:lang") or self.site.lang
        if tag in KEPT:
            self.kept = []
            self.size = 0
            self.parser.CharacterDataHandler = self.characters
        if len(self.path) > 50:
            raise InputError(f"{self.name}: elements nested more than 50 levels; expected a MediaWiki dump")

    def characters(self, data: str) -> None:
        """Text of an element that is kept, up to the bound."""
        if self.kept is None:
            return
        self.size += len(data)
        if self.size <= (MAX_ACCOUNT_BYTES if self.path[-1] == "text" else LONGEST_NAME):
            self.kept.append(data)
        elif self.path[-1] == "text" and self.page:
            self.kept.clear()
            self.now["too_large"] = "yes"

    def end(self, tag: str) -> None:
        """An element ends."""
        self.path.pop()
        above = self.path[-1] if self.path else ""
        if self.kept is not None and tag in KEPT:
            value = "".join(self.kept)
            self.kept = None
            self.parser.CharacterDataHandler = None
            if above == "page" and self.page:
                if tag in ("title", "ns", "id"):
                    setattr(self.page, tag, value.strip())
            elif above == "revision":
                self.now[tag] = value
            elif above == "siteinfo" and tag == "base":
                self.site.base = value.strip()
        if tag == "revision" and self.page:
            self._revision()
        elif tag == "page" and self.page:
            self.done.append(self.page)
            self.page = None

    def _revision(self) -> None:
        """Keep the latest of a page's revisions."""
        page, now = self.page, self.now
        assert page is not None
        stamp = now.get("timestamp", "")
        if page.revision and stamp < self.latest:
            return
        self.latest = stamp
        page.revision = now.get("id", "").strip()
        page.timestamp = stamp
        page.model = now.get("model", "").strip()
        page.text = now.get("text", "")
        page.too_large = "too_large" in now
