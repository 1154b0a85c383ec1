"""Which of two places is meant: "the former", "the latter", "az előbbi", "az utóbbi falut".

What belongs here: finding the two places that were told last.  What does not: other nouns that refer back
(``antecedents``).
"""

from __future__ import annotations

from frontledger.events.discourse import Discourse, is_located
from frontledger.mentions.group import Group

__all__ = ["one_of_pair"]

_FAR = 3
"""How many sentences back the two may stand."""


def one_of_pair(discourse: Discourse, groups: list[Group], group: Group) -> Group | None:
    """The place that "the former" or "the latter" means: one of the two that a list joins, or of the only two that a
    sentence names; None where no sentence nearby tells of two.
    """
    here = discourse.sentence
    told: dict[int, list[Group]] = {
        here: [g for g in groups if g.kind == "place" and g.name and g.last <= group.first]
    }
    for named in reversed(discourse.named):
        if here - named.sentence > _FAR:
            break
        told.setdefault(named.sentence, []).insert(0, named.group)
    for number in sorted(told, reverse=True):
        places = [g for g in told[number] if is_located(discourse, g) and not g.titled]
        pair = _listed(places) or _only_two(places)
        if pair is not None:
            return pair[0] if group.of_pair == "former" else pair[1]
    return None


def _listed(places: list[Group]) -> tuple[Group, Group] | None:
    """The two members of the last list of two."""
    for first in reversed(range(len(places) - 1)):
        left, right = places[first : first + 2]
        if left.head is not right and right.head is not left:
            continue
        head = left.head or right.head
        if sum(g is head or g.head is head for g in places) == 2:
            return left, right
    return None


def _only_two(places: list[Group]) -> tuple[Group, Group] | None:
    plain = {g.name: g for g in places if not g.modifier and not g.vicinity}
    if len(plain) != 2:
        return None
    left, right = plain.values()
    return left, right
