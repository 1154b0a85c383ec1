"""Find where the tags of a sentence make phrases, by the pack's patterns.

No phrase reaches over a tag that no pattern names (a verb, a comma), so a sentence falls into short runs of tags that
come again and again: what a run holds is worked out once and remembered.  What does not belong here: what a phrase
means (``groups``).
"""

from __future__ import annotations

from frontledger.languages.pack import Pack, Shape

__all__ = ["KINDS", "shapes"]

KINDS = ("composite", "actor", "named", "adjectival", "unnamed", "definite")
"""The patterns in the order in which they take tokens."""
_REMEMBERED = 100_000
"""Runs kept before the memory is emptied: bounds it on endless text."""


def shapes(pack: Pack, tags: str) -> list[Shape]:
    """Every match of the pack's patterns in ``tags``, run by run and in the order of :data:`KINDS`; they may overlap."""
    remembered = pack.shapes
    found: list[Shape] = []
    for run in pack.runs.finditer(tags):
        piece = run.group()
        known = remembered.get(piece)
        if known is None:
            if len(remembered) > _REMEMBERED:
                remembered.clear()
            known = remembered[piece] = _shapes(pack, piece)
        start = run.start()
        found += known if not start else [(kind, start + a, start + b, start + c) for kind, a, b, c in known]
    return found


def _shapes(pack: Pack, run: str) -> list[Shape]:
    return [
        (kind, match.start(), match.end(), len(run))
        for kind in KINDS
        for match in pack.patterns[kind].finditer(run)
        if match.end() > match.start()
    ]
