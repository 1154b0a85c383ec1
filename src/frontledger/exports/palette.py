"""The colours of sides: told apart by everybody, the same here, in pictures and in the report.

The palette is Okabe and Ito's ("Color Universal Design", 2008), and greys beyond it; sides are ranked by their number
of holdings.  What does not belong here: any drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["NOBODY", "PALETTE", "colours"]

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#1D1D1B")
GREYS = ("#5C6166", "#8A9096", "#B3B8BD")
"""For sides beyond the palette."""
NOBODY = "#9A9A9A"
"""For a holder that is not known."""


def colours(sides: Sequence[str]) -> Mapping[str, str]:
    """The colour of each side, given most holdings first."""
    return {side: _colour(rank) for rank, side in enumerate(sides)}


def _colour(rank: int) -> str:
    return PALETTE[rank] if rank < len(PALETTE) else GREYS[rank % len(GREYS)]
