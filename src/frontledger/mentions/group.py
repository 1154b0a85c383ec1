"""A phrase of a sentence: a place, an actor or a thing, with what belongs to it.

What belongs here: the noun.  What does not: finding phrases (``groups``), what joins them (``joining``).
"""

from __future__ import annotations

import msgspec

__all__ = ["Group"]


class Group(msgspec.Struct, eq=False):
    """A phrase of one sentence: tokens ``first`` to ``last`` (exclusive, counted in the sentence)."""

    kind: str
    """``place``, ``unnamed``, ``definite`` (a class noun that refers back) or ``actor``."""
    first: int
    last: int
    start: int
    end: int
    text: str
    case: str = "nom"
    num: str = "sg"
    maybe: tuple[str, str] | None = None
    name: str | None = None
    type: str | None = None
    extent: str = "full"
    part_of: str | None = None
    anchors: tuple[str, ...] = ()
    generic: bool = False
    count: int | None = None
    vicinity: bool = False
    piece: str | None = None
    """For a definite phrase: the piece of the antecedent that is meant ("a város keleti negyede")."""
    of_pair: str = ""
    """``former`` or ``latter``: which of the two places told last is meant."""
    piece_type: str | None = None
    """The class of that piece, where it has one of its own."""
    nation: str = ""
    role: str = ""
    org: str = ""
    leader: str = ""
    title: str = ""
    """Name of an organisation that the pack does not know ("Badr Szervezet")."""
    ruling: bool = False
    """A government is named, or its troops as such: nobody else's army."""
    owned: bool = False
    """Troops that their owner's name stands before."""
    governed: bool = False
    """A postposition stands behind: no subject, whatever its case."""
    home: str = ""
    """``guards`` or ``people`` where those of the place are the subject: "Karvol őrsége elmenekült"."""
    near: list[Group] = []
    named: list[Group] = []
    """The names of things that are counted: "two villages, Alsa and Belsa"."""
    person: bool = False
    """An office was told with the name: "Ivan Karov, the mayor of Derin"."""
    core: bool = False
    """The core of a town, which no other district is: "the old city"."""
    describes: bool = False
    """Stands between an article and a noun that is meant instead: "the Karvol gold reserves"."""
    refuge: bool = False
    """Somebody withdraws to it: "the town" of the same sentence is what they left."""
    crossed: bool = False
    """Somebody crosses it: a river, a border, a line, and no settlement."""
    titled: bool = False
    """Stands only in the name of something that happened: "the Battle of Karvol"."""
    quarters: str = ""
    """Class of the pieces that stand before the name: names in a list are theirs ("the districts of A and B")."""
    several: bool = False
    """A plural class noun owned by the name: of one name, "X városai" are places in it, not it."""
    head: Group | None = None
    """The last member of the list that it stands in; a postposition there governs all."""
    modifier: bool = False
    """Stands inside another phrase's description and only locates it."""
