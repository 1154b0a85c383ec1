"""From a path to accounts: decide between plain text and JSON Lines by content, then hand over.

What does not belong here: how either is understood (``plaintext``, ``jsonlines``).
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from frontledger.accounts import jsonlines, opening
from frontledger.accounts.plaintext import from_text
from frontledger.errors import InputError
from frontledger.model import Account

__all__ = ["account_id", "read", "stream"]

JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
NOT_IN_IDS = re.compile(r"[^\w.-]+")


def read(path: str | os.PathLike[str], *, lang: str | None = None) -> list[Account]:
    """All accounts of a file: one of a plain text, one a line of JSON Lines.

    ``lang`` overrides what the file says or the text shows.  Raises :class:`InputError` for a file that
    cannot be read; the message is one line naming file, place and what was expected.
    """
    return list(stream(path, lang=lang))


def stream(path: str | os.PathLike[str], *, lang: str | None = None) -> Iterator[Account]:
    """As :func:`read`, one account at a time, so that a file of any number of lines fits in memory."""
    where = Path(path)
    with opening.opened(where) as source:
        skipped = opening.position(source)
        first = source.readline(opening.MAX_ACCOUNT_BYTES + 1)
        if len(first) > opening.MAX_ACCOUNT_BYTES:
            raise InputError(opening.too_large(where, "a line of more bytes than that"))
        if first.lstrip()[:1] == b"{" or where.suffix.lower() in JSON_SUFFIXES:
            found = _json(first, source, where)
            if found is not None:
                yield from jsonlines.accounts(found, where, account_id(where), lang=lang)
                return
        data = first + opening.bounded(source, where, len(first))
    yield from_text(
        opening.decoded(data, where, skipped), account_id(where), lang=lang, source=opening.written(where)
    )


def account_id(path: Path) -> str:
    """A stable slug of the file's stem: what is neither letter, digit, ``_``, ``.`` nor ``-`` becomes ``-``."""
    return NOT_IN_IDS.sub("-", unicodedata.normalize("NFC", path.stem)).strip("-.") or "account"


def _json(first: bytes, source: IO[bytes], path: Path) -> Iterator[jsonlines.Numbered] | None:
    """The objects of ``source`` with their line numbers; None when its content is no JSON and need not be."""
    try:
        value = msgspec.json.decode(first)
    except (msgspec.DecodeError, UnicodeDecodeError):
        value = None
    if isinstance(value, dict):
        return jsonlines.objects(value, source, path)
    must = path.suffix.lower() in JSON_SUFFIXES
    if must and not first.strip():
        return jsonlines.objects(None, source, path)
    if not must:
        return None
    data = first + opening.bounded(source, path, len(first))
    try:
        whole = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}, line 1: expected one JSON object a line ({error})") from None
    items = whole if isinstance(whole, list) else [whole]
    return iter([(number, item) for number, item in enumerate(items, 1)])
