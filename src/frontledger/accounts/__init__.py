"""Read: what people hand in becomes an :class:`~frontledger.model.Account`.

``read`` and ``stream`` take a file (plain text, wikitext, HTML, JSON Lines, a MediaWiki dump, a folder or archive
of these), ``from_text``, ``from_wikitext`` and ``from_html`` a string.  ``documents`` only cuts a file, and
``understood`` does the rest of each piece.  ``docs/accounts.md`` tells what is kept of each.
What belongs in this folder: bytes, encodings, limits, markup, citation markers, infoboxes, headings, blocks, the
language of a text.  What does not: sentences and anything that they say.
"""

from __future__ import annotations

from frontledger.accounts.documents import Document, fault_of, understood
from frontledger.accounts.opening import MAX_ACCOUNT_BYTES
from frontledger.accounts.plaintext import from_text
from frontledger.accounts.reading import Position, documents, read, stream

__all__ = [
    "MAX_ACCOUNT_BYTES",
    "Document",
    "Position",
    "documents",
    "fault_of",
    "from_text",
    "read",
    "stream",
    "understood",
]
