"""An event on its way: its roles are still phrases, its sides not yet known.

What belongs here: the one value that the passes of coding share.  What does not: any pass.
"""

from __future__ import annotations

import msgspec

from frontledger.events.clauses import Clause
from frontledger.events.filled import Filled
from frontledger.events.flags import Flags
from frontledger.languages.schema import Frame
from frontledger.mentions.group import Group
from frontledger.model import ActorRef, EventDate, PlaceRef, Sentence

__all__ = ["Draft"]


class Draft(msgspec.Struct, eq=False):
    """An event whose roles are phrases."""

    frame: Frame
    filled: Filled
    flags: Flags
    date: EventDate
    sentence: Sentence
    clause: Clause
    clause_end: int
    trigger: tuple[int, int]
    again: bool
    background: bool
    definite: bool = False
    """The verb speaks of a definite object, said or not."""
    nominal: bool = False
    """A noun announces it ("elvesztése"), which need not say who."""
    after: bool = False
    """A word of time governs the noun that announces it: "after the capture of …"."""
    has_pronoun: bool = False
    """A demonstrative stands in the clause, so that no object is left out."""
    other_object: bool = False
    """A noun that is no place and somebody's own is what it was done to: "adta át kardját"."""
    infinitive: bool = False
    """An infinitive announces it, which may take up the object told just before ("ki kellett ürítenie")."""
    has_object: bool = False
    """Something that is no place stands in the clause as an object, whosever it is: wider than ``other_object``."""
    pronoun_before: bool = False
    """A pronoun stands right before the clause: what a relative clause speaks of."""
    bystanders: bool = False
    """Civilians are the subject."""
    attacked: bool = False
    """What falls was attacked before, or in the same sentence, by the actor."""
    ousts: bool = False
    """Whoever suffers it was in the place: "were driven out"."""
    secures: bool = False
    """The verb only makes sure of what is held."""
    subjectless: bool = False
    """No noun of its clause can be the subject: "1687-ben felszabadult"."""
    yields: bool = False
    """Only whoever had the place can have done it, named or not: "Karvolt feladták"."""
    liberates: bool = False
    """The verb says that the taker belongs there."""
    teller: Group | None = None
    """Whose word it is, where the actor is the teller's own: "Russia said its forces …"."""
    announcer: Group | None = None
    """Who announces it, where nobody is told to have done it."""
    beside: list[Group] = []
    """Who acts together with the actor: "Turkish troops and rebels"."""
    switches: bool = False
    """A pronoun that languages which leave subjects out only say where another one acts: "ők azután kivonultak"."""
    echo: ActorRef | None = None
    """Who acts because what was told last happens again."""
    passive: bool = False
    """The verb is a passive: its subject is what it happens to."""
    stranger: bool = False
    """Somebody whom the pack does not know is the subject: whoever acted before does not go on."""
    attacker: ActorRef | None = None
    """Who was attacking then, where a passive leaves out who did it."""
    own: bool = False
    """The teller's own side did it, or has it ("bevettük", "csapataink", "birtokunkba"): no side that the text names."""
    entry: bool = False
    """An entry of a list, which leaves out its object: what the account is about."""
    actor: ActorRef | None = None
    against: ActorRef | None = None
    places: list[PlaceRef] = []
