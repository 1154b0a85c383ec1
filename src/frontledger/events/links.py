"""Links of the account's markup, kept on the places that bear them.

What belongs here: which link stands on which place.  What does not: what a link's target says about a place's
identity (``places``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from frontledger.model import Link, PlaceRef

__all__ = ["linked"]


def linked(links: Sequence[Link], places: Sequence[PlaceRef]) -> list[PlaceRef]:
    """The places with the target of the link on their name; ``links`` are sorted and do not overlap.

    Of several links inside one phrase ("the town of A in B") the one on the place's own name counts.
    """
    ends = [link.end for link in links]
    found: list[PlaceRef] = []
    for place in places:
        target = None
        at = bisect_left(ends, place.start + 1)
        while at < len(links) and links[at].start < place.end:
            link = links[at]
            words = place.text[max(0, link.start - place.start) : link.end - place.start]
            if target is None or (place.name and words.strip() and words.strip() in place.name):
                target = link.target
            at += 1
        found.append(msgspec.structs.replace(place, link=target) if target else place)
    return found
