"""Every frame of every pack announces its ``yes`` examples and leaves its ``no`` examples alone."""

from __future__ import annotations

from functools import cache

import pytest

from frontledger import accounts
from frontledger.events.coding import code as code_events
from frontledger.languages.loading import load_table
from frontledger.languages.pack import load_pack, packs
from frontledger.languages.schema import Example, Frame, FrameFile
from frontledger.model import CONTROL_KINDS, Event


@cache
def frames_of(code: str) -> tuple[Frame, ...]:
    """The frames as they stand in the file, before the pack is compiled."""
    return load_table(code, "frames.toml", FrameFile).frame


def events_of(code: str, text: str) -> list[Event]:
    return code_events(accounts.from_text(text, lang=code), load_pack(code))


def told(event: Event) -> str:
    """An event as a failing test shows it."""
    places = ", ".join(f"{place.role} {place.name}" for place in event.places)
    marks = " ".join(mark for mark in ("negated", "hedged", "again") if getattr(event, mark))
    return f"{event.rule} [{places}] {marks}".rstrip()


FRAMES = [pytest.param(frame, id=frame.rule) for code in packs() for frame in frames_of(code)]
YES = [
    pytest.param(code, frame, example, id=f"{frame.rule}: {example.text}")
    for code in packs()
    for frame in frames_of(code)
    for example in frame.yes
]
NO = [
    pytest.param(code, frame, text, id=f"{frame.rule}: {text}")
    for code in packs()
    for frame in frames_of(code)
    for text in frame.no
]


@pytest.mark.parametrize(("code", "frame", "example"), YES)
def test_yes(code: str, frame: Frame, example: Example):
    found = events_of(code, example.text)
    fitting = [
        event
        for event in found
        if not event.negated
        and (event.kind == example.kind if example.kind else event.rule == frame.rule)
        and event.again == example.again
        and set(example.objects)
        <= {place.name for place in event.places if place.role == "object" or event.kind not in CONTROL_KINDS}
        and (example.actor is None or (event.actor is not None and event.actor.id == example.actor))
    ]
    assert fitting, f"{example.text}\n  found: {[told(event) for event in found]}"


@pytest.mark.parametrize(("code", "frame", "text"), NO)
def test_no(code: str, frame: Frame, text: str):
    wrong = [
        event
        for event in events_of(code, text)
        if event.rule == frame.rule and not event.negated and not event.hedged
    ]
    assert not wrong, f"{text}\n  found: {[told(event) for event in wrong]}"


@pytest.mark.parametrize("frame", FRAMES)
def test_every_frame_has_examples_both_ways(frame: Frame):
    assert len(frame.yes) >= 2, f"{frame.rule}: give it two sentences on which it must fire"
    assert frame.no, f"{frame.rule}: give it a sentence on which it must not"


@pytest.mark.parametrize("frame", FRAMES)
def test_examples_of_control_name_their_objects(frame: Frame):
    if frame.kind in CONTROL_KINDS:
        assert all(example.objects for example in frame.yes), frame.rule


@pytest.mark.parametrize("code", packs())
def test_rule_names_are_unique_and_say_language_and_kind(code: str):
    rules = [frame.rule for frame in frames_of(code)]
    assert len(rules) == len(set(rules))
    assert all(rule.startswith(f"{code}.") and rule.count(".") == 2 for rule in rules)
