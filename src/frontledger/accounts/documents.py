"""A document: the raw matter of one account, cut out of its source and not yet understood.

Cutting is quick and goes through a source in order; understanding is slow and can be done anywhere, in any order.
What belongs here: what a document is, and which reader understands it.  What does not: cutting (``reading``).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from frontledger.accounts import opening
from frontledger.accounts.plaintext import from_text
from frontledger.errors import InputError
from frontledger.model import Account, Problem

__all__ = ["Document", "fault_of", "understood"]


class Document(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Bytes that hold one account, and all that its source says of it; the same document gives the same account."""

    kind: Literal["text", "wikitext", "html", "json", "page"]
    """Whose reader understands it; ``page`` is of a MediaWiki dump, ``json`` one object of JSON Lines."""
    id: str
    """The id of its account; unique in its source."""
    name: str
    """How messages call it: the file and, where it holds many, the line, page or member."""
    data: bytes
    alone: bool = False
    """Whether it is all of a source: then a fault stops the reading of the source."""
    skipped: int = 0
    """Bytes of the file before ``data`` (a byte-order mark)."""
    charset: str | None = None
    source: str | None = None
    """The address or file that the account gives as its source, where that is not ``name``."""
    lang: str | None = None
    """What the source says of the language."""
    title: str | None = None
    date: str | None = None
    revision: str | None = None
    twin: str | None = None
    """The id that it gives itself, where another has it."""

    @property
    def format(self) -> str:
        """``Account.format`` of what it holds."""
        return "html" if self.kind == "html" else "text" if self.kind in ("text", "json") else "wikitext"


def understood(document: Document, lang: str | None = None) -> Account:
    """The account of a document; ``lang`` overrides what its source says or its text shows.

    Raises :class:`InputError` for what is no account: binary, empty, without text.
    """
    kind = document.kind  # each reader is loaded where it is used
    if kind == "json":
        from frontledger.accounts import jsonlines  # noqa: PLC0415

        return jsonlines.understood(document, lang)
    if kind == "html":
        return _page(document, lang)
    if kind == "page":  # out of XML, which was checked; it may be empty
        text = document.data.decode()
    else:
        text = opening.decoded(document.data, document.name, document.skipped)
    if kind == "text":
        return from_text(text, document.id, lang=lang, source=document.source or document.name)
    from frontledger.accounts.wikitext import from_wikitext  # noqa: PLC0415

    return from_wikitext(
        text,
        document.id,
        lang=lang or document.lang,
        date=document.date,
        where=document.name,
        title=document.title,
        address=document.source,
        revision=document.revision,
    )


def fault_of(document: Document, error: InputError) -> Problem:
    """What to tell of a document that :func:`understood` refused."""
    code = "bad-line" if document.kind == "json" else "unreadable"
    return Problem(
        code=code, where=document.name, message=str(error).removeprefix(document.name).lstrip(":, ")
    )


def _page(document: Document, lang: str | None) -> Account:
    """One HTML page out of its bytes."""
    from frontledger.accounts.html import from_html  # noqa: PLC0415

    data, name = document.data, document.name
    text, bad = opening.decoded_page(data, name, document.charset)
    account = from_html(text, document.id, lang=lang, where=name, address=document.source)
    if bad is None:
        return account
    message = (
        f"0x{data[bad]:02X} is no text in UTF-8 or the page's own encoding; replaced, and further ones too"
    )
    problem = Problem(code="bad-encoding", where=f"{name}, byte {bad + document.skipped:,}", message=message)
    return msgspec.structs.replace(account, problems=(problem, *account.problems))
