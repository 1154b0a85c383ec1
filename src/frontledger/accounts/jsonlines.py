"""JSON Lines: one account a line.

Fields read: ``text`` (required), ``id`` or ``doc``, ``lang``, ``date`` or ``dct``, ``title``, ``url``, and
``citations`` (objects with ``label`` or ``number``, ``target`` or ``url`` or ``title``, and optionally ``start``
and ``end``).  Other fields are left alone, so that a corpus can carry what it likes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

import msgspec

from frontledger.accounts.documents import Document
from frontledger.accounts.opening import MAX_ACCOUNT_BYTES
from frontledger.accounts.plaintext import from_text
from frontledger.errors import InputError
from frontledger.model import Account, Citation, Problem

__all__ = ["Numbered", "documents", "lines", "understood"]

Numbered = tuple[int, bytes]
"""A line's number, from 1, and its JSON."""

Report = Callable[[Problem], None]

DAY = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*)?\s*", re.DOTALL)


class Head(msgspec.Struct):
    """What cutting needs of a line; every other field is passed over."""

    text: msgspec.Raw = msgspec.Raw(b"")
    id: Any = None
    doc: Any = None


HEADS = msgspec.json.Decoder(Head)


def lines(first: bytes, source: IO[bytes], path: str | Path, report: Report) -> Iterator[Numbered]:
    """The file's lines that hold something; ``first`` is line 1, which was read to tell what the file is."""
    number, line = 1, first
    while line:
        if len(line) > MAX_ACCOUNT_BYTES:
            while line and not line.endswith(b"\n"):
                line = source.readline(MAX_ACCOUNT_BYTES)
            message = f"expected at most {MAX_ACCOUNT_BYTES:,} bytes an account"
            report(Problem(code="too-large", where=f"{path}, line {number}", message=message))
        elif not line.isspace():
            yield number, line
        line = source.readline(MAX_ACCOUNT_BYTES + 1)
        number += 1


def documents(found: Iterator[Numbered], path: str | Path, stem: str, report: Report) -> Iterator[Document]:
    """A document a line, under ids that no other has; a line that is no JSON is reported with its number."""
    seen: set[str] = set()
    for number, line in found:
        where = f"{path}, line {number}"
        name: str | None = None
        try:
            head = HEADS.decode(line)
            if memoryview(head.text)[:1].tobytes() == b'"':
                name = _string({"id": head.id, "doc": head.doc}, ("id", "doc"), where) or f"{stem}-{number}"
        except (msgspec.ValidationError, InputError):
            pass  # JSON, but no account: whoever understands it will say why
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            message = f"expected one JSON object a line ({error})"
            report(Problem(code="bad-line", where=where, message=message))
            continue
        unique = name or f"{stem}-{number}"
        suffix = 2
        while unique in seen:
            unique = f"{name}-{suffix}"
            suffix += 1
        if name is not None:
            seen.add(unique)
        twin = name if name is not None and unique != name else None
        yield Document(kind="json", id=unique, name=where, data=line, source=str(path), twin=twin)


def understood(document: Document, lang: str | None) -> Account:
    """The account of a line; raises :class:`InputError` naming the line when it cannot be one."""
    where = document.name
    try:
        value = msgspec.json.decode(document.data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"{where}: expected one JSON object a line ({error})") from None
    if not isinstance(value, dict):
        raise InputError(f"{where}: expected an object with a field 'text'")
    text = value.get("text")
    if not isinstance(text, str):
        raise InputError(f"{where}: expected a field 'text' holding a string")
    problems: list[Problem] = []
    _string(value, ("id", "doc"), where)
    if document.twin is not None:
        message = f"id {document.twin!r} stands twice; read as {document.id!r}"
        problems.append(Problem(code="duplicate-id", where=where, message=message))
    stated = _string(value, ("date", "dct"), where)
    day = _day(stated)
    if stated and day is None:
        problems.append(
            Problem(code="bad-date", where=where, message=f"date {stated!r} ignored; expected YYYY-MM-DD")
        )
    placed, targets, odd = _citations(value.get("citations"), len(text), where)
    account = from_text(
        text,
        document.id,
        lang=lang or _string(value, ("lang",), where),
        date=day,
        source=_string(value, ("url",), where) or document.source,
        title=_string(value, ("title",), where),
        citations=placed,
    )
    filled = tuple(
        msgspec.structs.replace(mark, target=mark.target or targets.get(mark.label))
        for mark in account.citations
    )
    return msgspec.structs.replace(account, citations=filled, problems=(*problems, *odd, *account.problems))


def _string(value: dict[str, Any], keys: tuple[str, ...], where: str) -> str | None:
    """The first of ``keys`` that is filled, as a string; numbers count as their digits."""
    for key in keys:
        found = value.get(key)
        if found is None or found == "":
            continue
        if isinstance(found, bool) or not isinstance(found, str | int):
            raise InputError(f"{where}: expected field {key!r} to hold a string")
        return str(found)
    return None


def _day(stated: str | None) -> str | None:
    match = DAY.fullmatch(stated or "")
    if match is None:
        return None
    try:
        return date(*(int(part) for part in match.groups())).isoformat()
    except ValueError:
        return None


def _citations(
    stated: object, length: int, where: str
) -> tuple[tuple[Citation, ...] | None, dict[str, str], list[Problem]]:
    """Stated markers that have offsets (None: find them in the text), stated targets by label, and complaints."""
    targets: dict[str, str] = {}
    placed: list[Citation] = []
    odd: list[Problem] = []
    if stated is None:
        return None, targets, odd
    if not isinstance(stated, list):
        raise InputError(f"{where}: expected field 'citations' to hold a list")
    for item in stated:
        label = str(item.get("label", item.get("number", ""))) if isinstance(item, dict) else ""
        if not label:
            message = "a citation without 'label' was ignored; expected an object with 'label'"
            odd.append(Problem(code="bad-citation", where=where, message=message))
            continue
        target = next((str(item[key]) for key in ("target", "url", "title") if item.get(key)), None)
        if target:
            targets.setdefault(label, target)
        start, end = item.get("start"), item.get("end")
        if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= length:
            placed.append(Citation(label=label, start=start, end=end, target=target))
    return tuple(sorted(placed, key=lambda mark: (mark.start, mark.end))) or None, targets, odd
