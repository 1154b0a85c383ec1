"""Ledgers for tests of what is written of them: made of sentences in our own words, and of values."""

from __future__ import annotations

from msgspec.structs import replace

from frontledger import accounts
from frontledger.ledger.findings import find
from frontledger.ledger.fold import fold
from frontledger.ledger.sides import gather_sides
from frontledger.ledger.storage import Ledger
from frontledger.model import ActorRef, Citation, Event, EventDate, Place, PlaceRef, Reference, Span, Trigger

MARKUP = "<script>document.title='broken'</script><img src=x onerror=alert(1)>\"'&amp;</script><!--"
"""What an account may hold and what must stay text."""

HARBIT = """On 3 March 2016, the Syrian Army captured Harbit from ISIL.[1]
Between 5 and 8 March 2016, ISIL captured Sabin from the Syrian Army.[2]
On 9 March 2016, the Syrian Army reportedly captured Sabin.[3]
On 12 March 2016, the Syrian Army captured part of Dorat from ISIL.[4]
"""


def stored(path, told, *, places=None, account="war", title=None, name=str, **fields):
    """A ledger of captures ``(earliest, latest, side, place, against)``, days as ISO or None.

    ``places`` gives coordinates by place; ``name`` makes a name of the id of a place or a side; ``fields`` are what
    may be said besides: ``by``, ``target``, ``url``, ``type``, ``located``.
    """
    lines, found, start = [], [], 0
    for number, one in enumerate(told):
        words = f"From {one[0]} to {one[1]} {name(one[2])} took {name(one[3])} from {name(one[4])}"
        found.append(_event(f"{account}:e{number}", account, number, one, start, words, name, fields))
        lines.append(f"{words}[{number}].\n")
        start += len(lines[-1])
    read = accounts.from_text("".join(lines) or "Nothing happened.\n", account, lang="en")
    marks = tuple(
        Citation(
            label=str(number), start=event.sentence.end, end=event.sentence.end + len(f"[{number}]"),
            target=fields.get("target"), reference=Reference(url=fields.get("url")),
        )
        for number, event in enumerate(found)
    )  # fmt: skip
    read = replace(read, title=title, citations=marks)
    where = places or {}
    known = [
        Place(
            id=place, name=name(place), names=(name(place), f"{name(place)} 2"), type=fields.get("type"),
            lat=where.get(place, (None, None))[0], lon=where.get(place, (None, None))[1],
            radius_km=5.0 if place in where else None, located_by=fields.get("located"),
        )
        for place in dict.fromkeys(one[3] for one in told)
    ]  # fmt: skip
    sides, holdings = gather_sides(found), fold(found, known)
    questions = find([read], found, known, sides, holdings, evidence={event.id: event.id for event in found})
    ledger = Ledger.create(path)
    ledger.replace([read], found, known, sides, holdings, questions, "made for a test")
    return ledger


def _event(name_of_event, account, number, told, start, words, name, fields):
    """The event of one sentence, with the spans of its words."""
    earliest, latest, side, place, against = told
    trigger = words.index(f" took {name(place)}") + 1
    where = start + trigger + 5
    return Event(
        id=name_of_event, account=account, kind="capture",
        date=EventDate(
            edtf=None, earliest=earliest, latest=latest, basis="explicit" if earliest else "undated", text=earliest
        ),
        actor=ActorRef(id=side, name=name(side), text=name(side)),
        against=ActorRef(id=against, name=name(against), text=name(against)),
        places=(
            PlaceRef(
                id=place, name=name(place), text=name(place), start=where, end=where + len(name(place)), role="object",
                type=fields.get("type"),
            ),
        ),
        again=False, hedged=False, attributed_to=fields.get("by"), negated=False,
        trigger=Trigger(text="took", start=start + trigger, end=start + trigger + 4),
        sentence=Span(start=start, end=start + len(words)), citations=(str(number),), rule="test",
    )  # fmt: skip
