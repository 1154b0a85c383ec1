"""Places that have a name of their own: which uses of which names are one place.

Uses of one name, class and whole go together; then equal names, then names that sound the same.  Typed uses
are placed first, so that a bare "Mahin" finds the town before the mountain.  What does not belong here:
places known only by what they are and lie by ("the Mahin–Sadad checkpoint": ``described``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from frontledger.places.matching import NameIndex
from frontledger.places.names import SAME, SUSPECT, Name, class_of, is_same, lends_its_name, read_name
from frontledger.places.sites import Site, Trait
from frontledger.places.uses import Use

__all__ = ["NamedSites"]

Form = tuple[str, Trait, str | None]
"""Name, class, name of the whole: uses that agree in these are never parted."""
Listings = Mapping[str, set[int]]


class NamedSites:
    """All named sites of one resolution."""

    def __init__(self, known: Iterable[Site], listings: Listings) -> None:
        self.sites: list[Site] = []
        self._listings = listings
        self._by_key: dict[object, list[Site]] = defaultdict(list)
        self._index: NameIndex[Site] = NameIndex()
        self._filed: set[tuple[int, str]] = set()
        self._home: dict[Form, Site] = {}
        self._bare: dict[str, Site] = {}
        self._gone: set[Site] = set()
        for site in known:
            self.sites.append(site)
            for name in site.names:
                self._file(site, name)

    def place_all(self, uses: Iterable[Use]) -> None:
        """Give every use its site.  ``uses`` must be in reading order."""
        forms: dict[Form, list[Use]] = defaultdict(list)
        for use in uses:
            forms[_form(use)].append(use)
        wholes = {part_of for _, _, part_of in forms if part_of}

        def rank(form: Form) -> int:
            name, trait, part_of = form
            if trait != (None, None):
                return 2 if part_of else 0
            return 1 if name in wholes and not part_of else 3

        for form in sorted(forms, key=rank):  # stable: reading order within a rank
            self._settle(form, forms[form])
        for site in self.sites:
            site.seal()

    def of(self, use: Use) -> Site:
        """The site of a use that was placed."""
        return self._home[_form(use)]

    def called(self, name: str) -> Site | None:
        """The site that the bare ``name`` of a whole or an anchor means."""
        bare = (name, (class_of(read_name(name).type), None), None)
        return self._home.get(bare) or self._bare.get(name)

    def bearing(self, names: Iterable[str], trait: Trait) -> Site | None:
        """The first site of this class that bears one of ``names``."""
        found = (
            site
            for name in names
            for site in self._by_key.get(read_name(name).key, ())
            if site.fits(trait) and site.traits
        )
        return next(found, None)

    def may_be_misspelt(self, site: Site) -> bool:
        """Whether ``site`` is named only to locate others, so that its name may be a slip for another's."""
        return not site.in_own_right and site.known is None and site in self.sites

    def absorb(self, weak: Site, strong: Site) -> None:
        """Take ``weak`` for ``strong`` misspelt."""
        self.sites.remove(weak)
        self._gone.add(weak)
        strong.doubtful += weak.names
        for form in [form for form, site in self._home.items() if site is weak]:
            self._home[form] = strong
        for name in weak.names:
            self._bare[name] = strong

    def apart(self, a: str, b: str) -> bool:
        """Whether some event lists both names as objects, so that they cannot be one place."""
        return a != b and not self._listings.get(a, set()).isdisjoint(self._listings.get(b, ()))

    def near(self, name: str, wanted: Callable[[Site], bool]) -> list[tuple[float, Name, Site]]:
        """(similarity, name, site) of every ``wanted`` site with a name that may be ``name``."""
        return self._index.near(
            read_name(name), SUSPECT, lambda site: site not in self._gone and wanted(site)
        )

    def _settle(self, form: Form, uses: list[Use]) -> None:
        name, trait, part_of = form
        whole = self.called(part_of) if part_of and part_of != name else None
        site = self._equal(form, whole)
        binding = site is not None or trait != (None, None)
        site = site or self._only(form, whole, lambda other: name in other.names and not other.province)
        if site is None:
            site = self._alike(form, whole)
            binding |= site is not None
        site = site or self._only(form, whole, lambda other: self._means(name, uses, other))
        if site is None:
            site, binding = Site(), True
            self.sites.append(site)
        site.take_all(uses, trait if binding else None)
        if whole is not site:
            site.whole = site.whole or whole
        self._home[form] = site
        self._bare.setdefault(name, site)
        self._file(site, name)

    def _equal(self, form: Form, whole: Site | None) -> Site | None:
        """The site that bears the same name."""
        name, trait, _ = form
        equal = [
            site for site in self._by_key[read_name(name).key] if site.fits(trait) and _joins(site, whole)
        ]

        def rank(site: Site) -> tuple[bool, bool, bool]:
            untyped = not any(kind for _, kind in site.traits)
            return name not in site.names, site is not whole and site.whole is not whole, untyped

        return min(equal, key=rank, default=None)

    def _alike(self, form: Form, whole: Site | None) -> Site | None:
        """The site with the name that sounds most like it, if that is the same."""
        name, trait, _ = form
        found = [
            (-alike, site.first, site)
            for alike, other, site in self._index.near(
                read_name(name), SAME, lambda site: site.fits(trait) and _joins(site, whole)
            )
            if is_same(read_name(name), other, alike) and not self.apart(name, other.surface)
        ]
        return min(found, key=lambda hit: hit[:2])[2] if found else None

    def _only(self, form: Form, whole: Site | None, meant: Callable[[Site], bool]) -> Site | None:
        """For an untyped name: the one place, of whatever class, that can be meant."""
        name, trait, _ = form
        if trait != (None, None):
            return None
        found = [site for site in self._by_key[read_name(name).key] if _joins(site, whole) and meant(site)]
        return found[0] if len(found) == 1 else None

    def _means(self, name: str, uses: list[Use], site: Site) -> bool:
        """Whether "Hazim" can be short for "Tal Hazim": same accounts, never both in one list.

        A landmark, or "the area of Hazim", is the village.
        """
        return (
            {use.account for use in uses} <= site.accounts
            and not any(use.leaned_on or use.type for use in uses)
            and not any(self.apart(name, other) for other in site.names)
            and _may_be_short(name, uses, site)
        )

    def _file(self, site: Site, surface: str) -> None:
        if (id(site), surface) in self._filed:
            return
        self._filed.add((id(site), surface))
        name = read_name(surface)
        if site not in self._by_key[name.key]:
            self._by_key[name.key].append(site)
        self._index.add(name, site)


def _form(use: Use) -> Form:
    return use.name, use.trait, use.part_of


def _may_be_short(name: str, uses: Iterable[Use], site: Site) -> bool:
    """Whether a place of this class may be called by a bare ``name``, here where ``uses`` do so.

    Codes ("T4" for T4 airbase) always may.
    """
    if site.province:
        return False
    said = {lends_its_name(word) for word, _ in site.traits if word}
    if not said or True in said or any(c.isdigit() for c in name):
        return True
    return None in said and all(site.introduced(use) for use in uses)


def _joins(site: Site, whole: Site | None) -> bool:
    """Whether a part of ``whole`` may be ``site``: no place is part of two; "parts of Mahin" is Mahin itself."""
    return whole is None or site.whole is None or site is whole or site.whole is whole
