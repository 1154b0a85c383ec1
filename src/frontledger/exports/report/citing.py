"""The reference marks of an account, and where they lead.

What belongs here: marks in order, and which address may become a link.  What does not: finding marks (``accounts``).
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from frontledger.exports.report.marks import Offsets
from frontledger.exports.report.payload import Citation
from frontledger.model import Account
from frontledger.model import Citation as Mark

__all__ = ["citations", "url"]

ADDRESS = re.compile(r"""https?://[^\s<>"'{}|\\^`\[\]]+""", re.IGNORECASE)


def citations(account: Account) -> list[Citation]:
    """The reference marks in order; of marks that stand on the same words, the first bears the others' labels."""
    count = Offsets(account.text)
    found: list[Citation] = []
    at = 0
    for one in sorted(account.citations, key=lambda citation: (citation.start, citation.end)):
        if one.start < at:
            continue
        at = max(at, one.end)
        found.append(
            Citation(
                start=count(one.start), end=count(one.end), label=one.label, target=one.target, url=url(one)
            )
        )
    return found


def url(citation: Mark) -> str | None:
    """Where a citation leads, if that is an address of the web and of nothing else."""
    said = (citation.reference.url if citation.reference else None) or ""
    match = ADDRESS.fullmatch(said.strip()) or ADDRESS.search(citation.target or "")
    if match is None:
        return None
    address = match[0].rstrip(".,;:)")
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in {"http", "https"} and parts.hostname else None
