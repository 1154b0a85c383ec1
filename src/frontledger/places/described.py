"""Places known only by what they are and what they lie by: "the Mahin–Sadad checkpoint", "the depots at Mahin".

Their identity is their class, the qualifiers that tell such places apart, the places they lean on and the
whole that they are part of; the words used do not matter.  Without any of these it is the words, within one
account.  What does not belong here: places with a name of their own (``named``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from functools import partial

from frontledger.places.named import NamedSites
from frontledger.places.names import class_of, has_own_names, is_generic, read_name
from frontledger.places.sites import Site
from frontledger.places.sounds import fold, slug
from frontledger.places.uses import Use
from frontledger.places.variants import probable_twins

__all__ = ["DescribedSites", "is_described", "is_local", "merge_misspelt_ends"]

Key = tuple[object, ...]


def is_described(site: Site) -> bool:
    """Whether a known place is one of these: its names, or the id that we gave it, say nothing else."""
    return _says_nothing_else(site) or (
        bool(site.anchors or site.whole)
        and re.fullmatch(rf"{re.escape(slug(_stem(site)))}(-\d+)?", site.id) is not None
    )


def is_local(site: Site, accounts: Container[str]) -> bool:
    """Whether a known place is what one of ``accounts`` (slugs) calls so, by the id that we gave it."""
    own = slug(site.name or "") + "-"
    return site.id.startswith(own) and site.id[len(own) :] in accounts


def _says_nothing_else(site: Site) -> bool:
    """Whether every name of ``site`` is made of class words and the names that it leans on."""
    leans = [*site.anchors, *([site.whole] if site.whole else [])]
    parts = [read_name(name) for lean in leans for name in lean.names]
    return bool(site.names) and all(
        name.type and is_generic(name, site.kind(), parts) for name in map(read_name, site.names)
    )


class DescribedSites:
    """All described sites of one resolution."""

    def __init__(
        self, known: Iterable[Site], leaders: Mapping[tuple[str, str], Use], named: NamedSites
    ) -> None:
        """``leaders``: by account and name, the use that best says what the name describes."""
        self.sites: list[Site] = list(known)
        self._named = named
        self._by_key: dict[Key, Site] = {}
        self._leaders = leaders
        self._home: dict[Use, Site | None] = {}
        for site in self.sites:
            if site.anchors or site.whole:
                self._by_key.setdefault(_key(site.kind(), site.name or "", site.anchors, site.whole), site)
        self._known = {site.id: site for site in (*named.sites, *self.sites) if site.id}

    def of(self, use: Use) -> Site:
        """The site of ``use``; what it leans on is placed first."""
        home = self._home.get(use)
        if home is not None:
            return home
        self._home[use] = None  # leaning in a circle must end
        site = self._settle(use)
        self._home[use] = site
        return site

    def called(self, account: str, name: str) -> Site | None:
        """The site that ``name`` means where another place leans on it."""
        use = self._leaders.get((account, name))
        if use is None:
            return self._named.called(name)
        return None if use in self._home and self._home[use] is None else self.of(use)

    def _settle(self, use: Use) -> Site:
        whole = self.called(use.account, use.part_of) if use.part_of else None
        anchors = [lean for name in use.anchors if (lean := self.called(use.account, name))]
        if not whole and not anchors:
            return self._local(use)
        key = _key(use.said, use.name, anchors, whole)
        site = self._by_key.get(key) or self._namesake(use, anchors, whole)
        if site is None:
            site = Site()
            site.described_as = use.said
            site.whole = whole
            site.lean_on(anchors)
            site.stem = partial(_stem, site)
            self.sites.append(site)
        self._by_key[key] = site
        return site

    def _local(self, use: Use) -> Site:
        """The place that one account calls so."""
        key = (use.account, fold(use.name))
        stem = f"{use.name} {use.account}"
        site = self._by_key.get(key) or (self._known.get(slug(stem)) if slug(use.name) else None)
        if site is None:
            site = Site()
            site.described_as = use.said
            site.stem = partial(str, stem)
            self.sites.append(site)
        self._by_key[key] = site
        return site

    def _namesake(self, use: Use, anchors: list[Site], whole: Site | None) -> Site | None:
        """The place that bears the name of its only anchor: the airbase at Shayrat is Shayrat airbase."""
        kind = use.kind
        if whole or len(anchors) != 1 or use.read.firm_marks or kind is None or has_own_names(kind):
            return None
        return self._named.bearing(anchors[0].names, (None, kind))


def _key(kind: str | None, name: str, anchors: Iterable[Site], whole: Site | None) -> Key:
    group = class_of(kind) or kind or fold(name)
    return group, read_name(name).firm_marks, frozenset(anchors), whole


def _stem(site: Site) -> str:
    """What the id of a described place says: the places that it leans on, its class, what tells it apart."""
    leans = [*([site.whole.id] if site.whole else []), *sorted(lean.id for lean in site.anchors)]
    kind = site.kind()
    group = class_of(kind) or kind or site.name or ""
    return " ".join([*leans, group, *read_name(site.name or "").firm_marks])


def merge_misspelt_ends(uses: Iterable[Use], known: Iterable[Site], named: NamedSites) -> None:
    """Take "Madin" for Mahin where both are said to share one thing with Sadad.

    Two places of one class between two ends, one end the same, the other probably the same: that is one place
    under a misspelt end.  Only an end that is named for nothing else is taken in.
    """
    ends: dict[Key, dict[Site, None]] = defaultdict(dict)
    shared: dict[Site, list[Key]] = defaultdict(list)

    def join(kind: str | None, marks: tuple[str, ...], pair: list[Site]) -> None:
        if len(pair) == 2 and pair[0] is not pair[1]:
            for near, far in (pair, pair[::-1]):
                ends[kind, marks, near][far] = None
                shared[far].append((kind, marks, near))

    for site in known:
        join(class_of(site.kind()), read_name(site.name or "").firm_marks, site.anchors)
    for use in uses:
        join(use.kind, use.read.firm_marks, [end for name in use.anchors if (end := named.called(name))])
    doubtful = [site for site in shared if named.may_be_misspelt(site)]
    for weak in sorted(doubtful, key=lambda site: (site.uses, site.first)):
        strong = [
            site for site, _ in probable_twins(weak, named) if any(site in ends[key] for key in shared[weak])
        ]
        if strong:
            named.absorb(weak, strong[0])
