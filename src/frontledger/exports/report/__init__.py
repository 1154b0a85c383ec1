"""The report: one page with map, time slider, chart of holdings, the accounts themselves, and findings.

    payload    what the page is given
    building   a ledger as that; choosing, citing, marks, land are its parts
    page       the HTML file around it

The page itself is TypeScript in ``web/``, built into ``exports/assets`` with the package.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from frontledger.exports import files
from frontledger.exports.report.building import build
from frontledger.exports.report.page import asset, render
from frontledger.ledger.views import View

__all__ = ["build", "render", "write"]


def write(
    ledger: View,
    output: Path,
    *,
    accounts: Collection[str] = (),
    title: str | None = None,
    force: bool = False,
) -> int:
    """Write the report of a ledger; its size in bytes.  See :func:`build` for what limits it.

    Raises :class:`~frontledger.errors.ExportError` when the file cannot be written.
    """
    files.check(output, force=force)
    payload = build(ledger, world=asset("world.json"), accounts=accounts, title=title)
    content = render(payload)
    files.write(output, content, force=force)
    return len(content)
