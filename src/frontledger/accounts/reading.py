"""From a path to documents, and on to accounts: recognise what a file is by its content, and cut it.

What belongs here: that dispatch, and who hears of what could not be read.  What does not: how any kind is
understood (``documents``), bytes (``opening``), members of archives (``archives``).
"""

from __future__ import annotations

import io
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from frontledger.accounts import archives, jsonlines, opening
from frontledger.accounts.documents import Document, fault_of, understood
from frontledger.accounts.kinds import JSON_SUFFIXES, recognise
from frontledger.errors import InputError
from frontledger.model import Account, Problem

__all__ = ["Position", "Report", "account_id", "documents", "read", "stream"]

NOT_IN_IDS = re.compile(r"[^\w.-]+")
PACKED_SUFFIXES = frozenset({".gz", ".bz2", ".zst", ".zstd"})

Report = Callable[[Problem], None]
"""Told of what could not be read and stopped nothing."""


class Source(NamedTuple):
    """One file, wherever it lies: how it is called in messages, the stem of ids, its suffix."""

    name: str
    stem: str
    suffix: str


def read(
    path: str | os.PathLike[str], *, lang: str | None = None, report: Report | None = None
) -> list[Account]:
    """All accounts of a file, a folder, an archive, or standard input ("-").

    ``lang`` overrides what the file says or the text shows.  Raises :class:`InputError` for a file that
    cannot be read; the message is one line naming file, place and what was expected.  What cannot be read inside a
    file of many accounts is told to ``report`` and the rest goes on; without ``report`` it raises as well.
    """
    return list(stream(path, lang=lang, report=report))


def stream(
    path: str | os.PathLike[str], *, lang: str | None = None, report: Report | None = None
) -> Iterator[Account]:
    """As :func:`read`, one account at a time, so that a file of any number of accounts fits in memory."""
    where = Path(path)
    told = _Told(report)
    found = False
    for account in _understood(_all(where, told, Position()), lang, told):
        found = True
        yield account
    if not found:
        raise _nothing(where, told)


def documents(
    path: str | os.PathLike[str], *, report: Report | None = None, position: Position | None = None
) -> Iterator[Document]:
    """What :func:`stream` reads, one document at a time, not yet understood; raises and reports as it does.

    ``position.now`` follows.
    """
    where = Path(path)
    told = _Told(report)
    found = False
    for document in _all(where, told, position or Position()):
        found = True
        yield document
    if not found:
        raise _nothing(where, told)


def _understood(found: Iterator[Document], lang: str | None, report: Report) -> Iterator[Account]:
    for document in found:
        try:
            account = understood(document, lang)
        except InputError as error:
            if document.alone:
                raise
            report(fault_of(document, error))
            continue
        yield account


def _nothing(path: Path, told: _Told) -> InputError:
    why = f"{told.first.where}: {told.first.message}" if told.first else "it holds none"
    return InputError(f"{opening.written(path)}: no account could be read ({why})")


class Position:
    """How many bytes of a source were read: of what lies on the disk, packed or not."""

    def __init__(self) -> None:
        self.passed = 0
        """Bytes of the files that are done."""
        self.now = 0


class _Told:
    """Passes problems on, and keeps the first; raises where nobody listens."""

    def __init__(self, report: Report | None) -> None:
        self.report = report
        self.first: Problem | None = None

    def __call__(self, problem: Problem) -> None:
        if self.first is None:
            self.first = problem
        if self.report is not None:
            self.report(problem)
        elif problem.code != "left-out":
            raise InputError(f"{problem.where}: {problem.message}")


def _all(path: Path, report: Report, position: Position) -> Iterator[Document]:
    name = opening.written(path)
    if not opening.is_stdin(path) and _is_folder(path):
        yield from _folder(path, report, position)
        return
    with opening.opened(path) as raw:
        if opening.is_stdin(path):
            yield from _one(raw, Source("standard input", *_stem_and_suffix(path)), report)
            return
        if archives.is_zip(raw.peek(4)[:4]):  # type: ignore[attr-defined]
            found = _zip(raw, name, report)
        else:
            found = _one(raw, Source(name, *_stem_and_suffix(path)), report)
        for document in found:
            position.now = position.passed + (0 if raw.closed else raw.tell())
            yield document
        position.now = position.passed = position.passed + path.stat().st_size


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # opening it will say what is wrong
        return False


def _folder(folder: Path, report: Report, position: Position) -> Iterator[Document]:
    """Every file under the folder; what cannot be read is reported, and the rest goes on."""
    seen: dict[str, int] = {}
    empty = True
    for path in archives.folder_files(folder, report):
        empty = False
        yield from _member(_all(path, report, position), opening.written(path), seen, report)
    if empty:
        raise InputError(
            f"{folder}: is a directory that holds no file; expected account files: give the files in it"
        )


def _zip(raw: IO[bytes], name: str, report: Report) -> Iterator[Document]:
    seen: dict[str, int] = {}
    for member, content in archives.zip_members(raw, name, report):
        where = f"{name}!{member}"
        source = Source(where, *_stem_and_suffix(PurePosixPath(member)))
        yield from _member(_one(content, source, report), where, seen, report)


def _member(
    found: Iterator[Document], where: str, seen: dict[str, int], report: Report
) -> Iterator[Document]:
    """The documents of one file among many, under ids that no other has; a file that fails is reported."""
    try:
        for document in found:
            yield _unlike(document, seen)
    except InputError as error:
        message = str(error)
        report(Problem(code="unreadable", where=where, message=message.removeprefix(f"{where}: ")))


def _unlike(document: Document, seen: dict[str, int]) -> Document:
    name = document.id
    count = seen[name] = seen.get(name, 0) + 1
    if count == 1 and not document.alone:
        return document
    if count > 1:
        name = f"{name}-{document.format}" if f"{name}-{document.format}" not in seen else f"{name}-{count}"
        seen[name] = 1
    return msgspec.structs.replace(document, id=name, alone=False)


def _stem_and_suffix(path: PurePosixPath | Path) -> tuple[str, str]:
    """The id and the suffix of what the file holds, its compression apart."""
    if str(path) == "-":
        return "stdin", ""
    if path.suffix.lower() in PACKED_SUFFIXES:
        path = path.with_suffix("")
    return account_id(path), path.suffix.lower()


def account_id(path: PurePosixPath | Path) -> str:
    """A stable slug of the file's stem: what is neither letter, digit, ``_``, ``.`` nor ``-`` becomes ``-``."""
    return NOT_IN_IDS.sub("-", unicodedata.normalize("NFC", path.stem)).strip("-.") or "account"


def _one(raw: Any, source: Source, report: Report) -> Iterator[Document]:
    """The documents of one file, whatever it is written in."""
    got = opening.prepared(raw, source.name)
    if archives.is_zip(got.head):
        raise InputError(f"{source.name}: a ZIP archive; expected it as a file of its own: unpack it first")
    kind = recognise(got.head, source.suffix)
    if kind == "dump":
        from frontledger.accounts import dumps  # noqa: PLC0415  each reader is loaded where it is used

        yield from dumps.documents(got.stream, source.name, report)
    elif kind == "warc":
        yield from _web_archive(got, source, report)
    elif kind == "xml":
        raise InputError(
            f"{source.name}: XML, but neither a MediaWiki dump nor XHTML; expected one of these, or text"
        )
    elif kind == "html":
        data = opening.bounded(got.stream, source.name)
        yield _single("html", data, source, got.skipped)
    else:
        yield from _text(got, source, "wikitext" if kind == "wikitext" else "text", report)


def _single(kind: Literal["text", "wikitext", "html"], data: bytes, source: Source, skipped: int) -> Document:
    return Document(kind=kind, id=source.stem, name=source.name, data=data, alone=True, skipped=skipped)


def _text(
    got: opening.Opened, source: Source, kind: Literal["text", "wikitext"], report: Report
) -> Iterator[Document]:
    """Plain text, wikitext or JSON Lines."""
    nul = got.head[:4096].find(b"\0")
    if nul >= 0:
        raise InputError(opening.nul(source.name, nul + got.skipped))
    first = got.stream.readline(opening.MAX_ACCOUNT_BYTES + 1)
    if len(first) > opening.MAX_ACCOUNT_BYTES:
        raise InputError(opening.too_large(source.name, "a line of more bytes than that"))
    if first.lstrip()[:1] == b"{" or source.suffix in JSON_SUFFIXES:
        found = _json(first, got.stream, source, report)
        if found is not None:
            yield from jsonlines.documents(found, source.name, source.stem, report)
            return
    yield _single(kind, first + opening.bounded(got.stream, source.name, len(first)), source, got.skipped)


def _web_archive(got: opening.Opened, source: Source, report: Report) -> Iterator[Document]:
    seen: dict[str, int] = {}
    for web in archives.web_pages(got.stream, source.name, report):
        document = Document(
            kind="text" if web.type == "text/plain" else "html",
            id=_page_id(web.url),
            name=f"{source.name}, {web.url}",
            data=web.data,
            charset=web.charset,
            source=web.url,
        )
        yield _unlike(document, seen)


def _page_id(url: str) -> str:
    """A slug of an address: its site and the last part of its path."""
    parts = urlsplit(url)
    last = unquote(parts.path).rstrip("/").rpartition("/")[2]
    return NOT_IN_IDS.sub("-", f"{parts.hostname or ''}-{last}").strip("-.")[:120] or "page"


def _json(
    first: bytes, stream: IO[bytes], source: Source, report: Report
) -> Iterator[jsonlines.Numbered] | None:
    """The objects of ``stream`` with their line numbers; None when its content is no JSON and need not be."""
    try:
        value = msgspec.json.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        value = None
    must = source.suffix in JSON_SUFFIXES
    if isinstance(value, dict) or (must and not first.strip()):
        return jsonlines.lines(first, stream, source.name, report)
    if not must:
        return None
    data = first + opening.bounded(stream, source.name, len(first))
    try:
        whole = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return jsonlines.lines(first, io.BytesIO(data[len(first) :]), source.name, report)
    items = whole if isinstance(whole, list) else [whole]
    return iter([(number, msgspec.json.encode(item)) for number, item in enumerate(items, 1)])
