"""The words that an event rests on, as a digest that outlives renumbering and reflowing.

A verdict holds for words: the sentence, white space and reference marks aside, the citations on it, and which
trigger of it.  What belongs here: digests of evidence and of what was read from it.  What does not: verdicts
(``reviews``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import accumulate

from frontledger.model import Account, Citation, Event

__all__ = ["Words", "digest", "evidence_of", "meaning_of"]

DIGEST_BYTES = 12


def digest(*parts: object) -> str:
    """A short stable digest of the parts, as hexadecimal digits."""
    joined = "\x1f".join([part if type(part) is str else "" if part is None else str(part) for part in parts])
    return blake2b(joined.encode(), digest_size=DIGEST_BYTES).hexdigest()


class Words:
    """The text of one account, with what its citations point to; made once for many events."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.marks = sorted((citation.start, citation.end) for citation in account.citations)
        self.ends = list(accumulate((end for _, end in self.marks), max))
        """How far the marks reach up to each of them."""
        self.targets: dict[str, Citation] = {c.label: c for c in account.citations if c.target}

    def sentence(self, event: Event) -> tuple[str, int]:
        """The sentence without white space and reference marks, and where the trigger stands in it."""
        start, end = event.sentence.start, event.sentence.end
        pieces, trigger = [], 0
        for first, last in self._between(start, end):
            piece = "".join(self.account.text[first:last].split())
            pieces.append(piece)
            if first <= event.trigger.start:
                trigger += len("".join(self.account.text[first : min(last, event.trigger.start)].split()))
        return "".join(pieces), trigger

    def _between(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """The stretches of ``[start, end)`` outside reference marks."""
        for index in range(bisect_right(self.ends, start), len(self.marks)):
            first, last = self.marks[index]
            if first >= end:
                break
            if last <= start:
                continue
            if first > start:
                yield start, first
            start = max(start, last)
        if start < end:
            yield start, end

    def citations(self, event: Event) -> list[str]:
        """What the citations point to; the bare label where the account does not say."""
        return sorted(
            f"→{' '.join((self.targets[label].target or '').split())}" if label in self.targets else label
            for label in event.citations
        )


def evidence_of(events: Iterable[Event], accounts: Mapping[str, Account]) -> dict[str, str]:
    """The digest of each event's words, by event id.

    Events of the very same words (a sentence that stands twice, two readings of one trigger) are told apart by
    their order, and all of them change when their number does: nobody could say which of them was meant.
    ``events`` must hold all events of each account that it holds any of.
    """
    words: dict[str, Words] = {}
    plain: dict[str, tuple[object, ...]] = {}
    for event in sorted(events, key=lambda one: (one.account, one.sentence.start, one.trigger.start, one.id)):
        if event.account not in words:
            words[event.account] = Words(accounts[event.account])
        known = words[event.account]
        sentence, trigger = known.sentence(event)
        plain[event.id] = (event.account, sentence, event.trigger.text, trigger, *known.citations(event))
    many = Counter(plain.values())
    seen: Counter[tuple[object, ...]] = Counter()
    found: dict[str, str] = {}
    for event_id, parts in plain.items():
        twin: tuple[object, ...] = ()
        if many[parts] > 1:
            seen[parts] += 1
            twin = ("twin", seen[parts], many[parts])
        found[event_id] = digest(*parts, *twin)
    return found


def meaning_of(event: Event) -> str:
    """The digest of what was read from the words: kind, days, sides that the text names, places, reservations.

    A verdict on "captured on 5 May" is none on "captured on 6 May", even where the sentence is the same and only
    the date before it has changed.  Sides that are merely inferred are left out: they rest on the whole account.
    """
    sides = [ref.id if ref is not None and not ref.inferred else "" for ref in (event.actor, event.against)]
    objects = [(ref.text, ref.extent) for ref in event.places if ref.role == "object"]
    return digest(
        event.kind, event.date.earliest, event.date.latest, *sides, objects,
        event.hedged, event.attributed_to, event.negated,
    )  # fmt: skip
