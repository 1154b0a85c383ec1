"""The colours of sides: told apart by everybody, the same here, in pictures and in the report.

The palette is Okabe and Ito's ("Color Universal Design", 2008), and greys beyond it; sides are ranked by their number
of holdings.  What does not belong here: any drawing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from frontledger.model import Event, Holding, Side

__all__ = ["NOBODY", "PALETTE", "colours", "ranked"]

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#1D1D1B")
GREYS = ("#5C6166", "#8A9096", "#B3B8BD")
"""For sides beyond the palette."""
NOBODY = "#9A9A9A"
"""For a holder that is not known."""


def ranked(sides: Iterable[Side], holdings: Iterable[Holding], events: Iterable[Event]) -> list[Side]:
    """Sides, the one with the most holdings first; of equals the one named most often."""
    held = Counter(side for holding in holdings for side in holding.sides)
    named = Counter(ref.id for event in events for ref in (event.actor, event.against) if ref is not None)
    return sorted(sides, key=lambda side: (-held[side.id], -named[side.id], side.id))


def colours(sides: Sequence[str]) -> Mapping[str, str]:
    """The colour of each side, given most holdings first."""
    return {side: _colour(rank) for rank, side in enumerate(sides)}


def _colour(rank: int) -> str:
    return PALETTE[rank] if rank < len(PALETTE) else GREYS[rank % len(GREYS)]
