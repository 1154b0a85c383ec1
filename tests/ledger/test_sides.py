from itertools import permutations

from frontledger.ledger.sides import gather_sides
from frontledger.model import ActorRef, Event, EventDate, Side, Span, Trigger


def event(actor, against=None):
    return Event(
        id="a:e1", account="a", kind="clash",
        date=EventDate(edtf=None, earliest=None, latest=None, basis="undated"),
        actor=actor, against=against, places=(), again=False, hedged=False, attributed_to=None, negated=False,
        trigger=Trigger(text="x", start=0, end=1), sentence=Span(start=0, end=1), citations=(), rule="r",
    )  # fmt: skip


def actor(side, name, text=None):
    return ActorRef(id=side, name=name, text=text)


EVENTS = [
    event(actor("north", "North", "the northerners"), actor("south", "South")),
    event(actor("north", "Northern army", "its army")),
    event(actor("north", "North")),
    event(None),
]


def test_gathers_names_of_actors_and_opponents():
    assert gather_sides(EVENTS) == (
        Side(id="north", name="North", names=("North", "Northern army", "its army", "the northerners")),
        Side(id="south", name="South", names=("South",)),
    )


def test_order_of_events_does_not_matter():
    assert len({gather_sides(order) for order in permutations(EVENTS)}) == 1


def test_a_tie_of_names_is_settled_by_the_alphabet():
    tied = [event(actor("x", "B")), event(actor("x", "A"))]
    assert gather_sides(tied)[0].name == gather_sides(tied[::-1])[0].name == "A"
