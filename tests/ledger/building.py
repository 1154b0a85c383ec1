"""Events in a short notation, for tests; ``docs/control.md`` explains it."""

from __future__ import annotations

import re

from msgspec.structs import replace

from frontledger.model import ActorRef, Event, EventDate, Place, PlaceRef, Span, Trigger

VERBS = {
    "takes": ("capture", "object"),
    "receives": ("handover", "object"),
    "leaves": ("withdrawal", "object"),
    "holds": ("hold", "object"),
    "repulses": ("repulse", "object"),
    "sets-out-from": ("offensive", "source"),
    "attacks": ("attack", "object"),
    "besieges": ("siege", "object"),
    "reaches": ("advance", "near"),
}
EVENT = re.compile(
    r"(?:(?P<account>[A-Z]): )?(?P<days>[\d–?]+) (?P<side>\w+) (?P<verb>[\w-]+) (?P<part>part of )?"
    r"(?P<places>[\w/]+(?:,[\w/]+)*)(?: (?:from|to) (?P<against>\w+))?(?: \((?P<marks>[\w, ]+)\))?"
)
PLACES = (Place(id="P", name="P"), Place(id="P/d", name="P/d", part_of="P"), Place(id="Q", name="Q"))


def day(number: str) -> str | None:
    return f"2020-01-{int(number):02d}" if number else None


def date(days: str) -> EventDate:
    if days == "?":
        return EventDate(edtf=None, earliest=None, latest=None, basis="undated")
    first, _, last = days.partition("–")
    if "–" not in days:
        last = first
    return EventDate(edtf=None, earliest=day(first), latest=day(last), basis="explicit", text=days)


def actor(side: str | None) -> ActorRef | None:
    return ActorRef(id=side, name=side.title()) if side and side != "nobody" else None


def event(told: str, offset: int = 0, **fields) -> Event:
    match = EVENT.fullmatch(told.strip())
    assert match, f"not in the notation: {told!r}"
    kind, role = VERBS[match["verb"]]
    account = match["account"] or "A"
    marks = (match["marks"] or "").split(", ")
    until = next((mark.removeprefix("until ") for mark in marks if mark.startswith("until ")), "")
    places = tuple(
        PlaceRef(
            id=place, name=place, text=place, start=offset + 20 + index, end=offset + 21 + index, role=role,
            extent="partial" if match["part"] else "full",
        )
        for index, place in enumerate(match["places"].split(","))
    )  # fmt: skip
    values = {
        "id": f"{account}{offset}", "account": account, "kind": kind, "date": replace(date(match["days"]), until=day(until)),
        "actor": actor(match["side"]), "against": actor(match["against"]), "places": places, "again": "again" in marks,
        "hedged": "reported" in marks, "attributed_to": None, "negated": "denied" in marks,
        "trigger": Trigger(text=match["verb"], start=offset + 10, end=offset + 15),
        "sentence": Span(start=offset, end=offset + 50), "citations": ("1",), "rule": "test",
        "review": next((mark for mark in ("rejected", "disputed") if mark in marks), "unchecked"), "background": "background" in marks,
    }  # fmt: skip
    return Event(**(values | fields))


def events(told: str) -> list[Event]:
    """Events of a text such as ``5 red takes P; B: 7 blue takes part of Q from red (reported)``."""
    return [event(one, offset=100 * index) for index, one in enumerate(told.split(";"))]
