"""Names that are probably slips for the name of another place: what a person should look at.

Nothing is merged here.  Real places differ by one letter too, so a pair counts only when one name is rare
beside the other, both begin alike, and no sentence lists both.
"""

from __future__ import annotations

from collections.abc import Iterator

from frontledger.places.named import NamedSites
from frontledger.places.names import is_slip, read_name
from frontledger.places.sites import Site

__all__ = ["name_variants", "probable_twins"]

_MUCH_RARER = 5
"""How many times rarer a name that occurs more than once must be than the one it may be a slip for."""


def probable_twins(site: Site, named: NamedSites) -> list[tuple[Site, str]]:
    """(other site, name) of commoner sites whose name differs from one of ``site`` as a slip does; likeliest first."""
    found: dict[Site, tuple[float, str]] = {}

    def wanted(other: Site) -> bool:
        return (
            other is not site
            and _rare_beside(site, other)
            and all(other.fits(trait) for trait in site.traits)
        )

    for name in site.counts:
        for alike, other_name, other in named.near(name, wanted):
            if (
                alike > found.get(other, (0.0, ""))[0]
                and is_slip(read_name(name), other_name, alike)
                and not named.apart(name, other_name.surface)
            ):
                found[other] = alike, name
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], -item[0].uses, item[0].first))
    return [(other, name) for other, (_, name) in ranked]


def name_variants(named: NamedSites) -> Iterator[tuple[Site, str]]:
    """(place, name) for each name that is probably one of ``place``, merged on circumstance or not at all."""
    for site in named.sites:
        yield from ((site, name) for name in site.doubtful)
        yield from probable_twins(site, named)[:1]


def _rare_beside(site: Site, other: Site) -> bool:
    return (site.uses == 1 and other.uses > 1) or site.uses * _MUCH_RARER <= other.uses
