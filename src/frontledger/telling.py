"""What the verbs tell people in prose: the summary of a run, what was read, why the ledger says something.

Belongs here: layout for readers at a terminal.  Does not: lists of records (``listing``), or gathering what
is told (``ledger.explanation``, ``pipeline``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING

from msgspec.structs import replace

import frontledger
from frontledger.ledger.changes import Change
from frontledger.ledger.comparing import Comparison
from frontledger.ledger.explanation import Evidence, Explanation
from frontledger.listing import cell, console, flags, place_names
from frontledger.model import Account, ActorRef, Dismissal, Finding, Holding, InfoboxField, Place
from frontledger.pipeline import Summary

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["marked", "tell_accounts", "tell_comparison", "tell_explanation", "tell_summary", "version"]

OPENING, CLOSING = "⟦", "⟧"
"""Around the trigger: brackets that no account uses, so that they survive pipes and colourless terminals."""

FIRST_SENTENCES = 3


def version() -> str:
    """Name and version, and whether the engine is the compiled one: the same results, sooner."""
    engine = find_spec("frontledger.events.coding")
    compiled = engine is not None and engine.origin is not None and not engine.origin.endswith(".py")
    return f"frontledger {frontledger.__version__}" + (", compiled" if compiled else "")


def tell_summary(summary: Summary) -> None:
    """What a run did: the accounts read, what the ledger holds now, how much is to be questioned."""
    say = console().print
    for account in summary.accounts:
        coded = many(summary.coded[account.id], "event")
        say(
            f"{account.id} ({account.lang}): {coded} from {many(len(account.text), 'character')}",
            markup=False,
        )
    held = ", ".join(many(count, noun) for noun, count in summary.held.items())
    period = f", from {summary.days[0]} to {summary.days[1]}" if summary.days else ""
    say(f"{summary.ledger}: {held}{period}", style="bold", markup=False)
    if summary.findings:
        codes = ", ".join(f"{code} {count}" for code, count in sorted(summary.findings.items()))
        say(f"to question: {codes}", markup=False)


def tell_accounts(understood: Iterable[tuple[Account, Sequence[str]]]) -> None:
    """What was understood of each account before coding, and its first sentences."""
    say = console().print
    for account, sentences in understood:
        say(account.id, style="bold")
        told = {
            "title": account.title,
            "source": account.source,
            "format": account.format,
            "language": account.lang or "could not be told",
            "date": account.date,
            "modified": account.modified,
            "revision": account.revision,
            "length": f"{many(len(account.text), 'character')}, {many(len(sentences), 'sentence')}",
            "infobox": "\n".join(map(infobox_line, account.infobox)),
            "sections": "; ".join(section.title for section in account.sections),
            "citations": citations_line(account),
            "links": f"{many(len({link.target for link in account.links}), 'article')} linked"
            if account.links
            else "",
            "problems": "\n".join(f"{problem.where}: {problem.message}" for problem in account.problems),
        }
        for name, value in told.items():
            if value:
                say(field(name, value))
        for sentence in sentences[:FIRST_SENTENCES]:
            say(indented(f"“{sentence}”"))


def infobox_line(one: InfoboxField) -> str:
    """A field of the infobox; of a party's, which party."""
    return f"{one.key}{f' {one.side}' if one.side else ''}: {one.value}"


def citations_line(account: Account) -> str:
    """How many markers there are, how many of them different, and for how many the account says what they are."""
    marks = [mark for mark in account.citations if not mark.editorial]
    labels = {mark.label for mark in marks}
    told = {mark.label for mark in marks if mark.target}
    remarks = len(account.citations) - len(marks)
    parts = [
        f"{len(marks)} markers, {len(labels)} different",
        f"{len(told)} with what they point to" if told else "",
        f"{many(remarks, 'remark')} of editors" if remarks else "",
    ]
    return ", ".join(part for part in parts if part)


def tell_explanation(explanation: Explanation) -> None:
    """The holdings, the findings, and the quoted words with their triggers marked."""
    say = console().print
    explanation = brief(explanation)
    if explanation.place is not None:
        place = explanation.place
        also = [name for name in place.names if name != place.name]
        say(
            f"{place.name or place.id}{', also ' + ', '.join(also) if also else ''}",
            style="bold",
            markup=False,
        )
        say(indented(where(place)))
        for one in explanation.tellings:
            say(indented(f"told: “{one.text}” ({one.account})"))
    holdings = [
        f"{'' if explanation.place else f'{holding.place}: '}{tell_holding(holding)}"
        for holding in explanation.holdings
    ]
    findings = [tell_finding(finding) for finding in explanation.findings]
    for line in (*findings, *holdings) if explanation.about == "finding" else (*holdings, *findings):
        say(indented(line))
    for line in [tell_change(change) for change in explanation.changes if len(change.witnesses) > 1]:
        say(indented(line))
    for dismissal in explanation.dismissals:
        say(indented(tell_dismissal(dismissal, {finding.id for finding in explanation.findings})))
    for evidence in explanation.evidence:
        say()
        tell_evidence(evidence)


def where(place: Place) -> str:
    """Where a place is, how sure that is, and why."""
    reasons = f" ({'; '.join(place.reasons)})" if place.reasons else ""
    if place.lat is None:
        return f"not located{reasons}"
    return f"{place.lat} {place.lon}, within {place.radius_km:g} km: {place.located_by}{reasons}"


def brief(explanation: Explanation) -> Explanation:
    """The same with event ids as ``eN`` where all of its evidence is from one account."""
    if len({evidence.event.account for evidence in explanation.evidence}) != 1:
        return explanation

    def short(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(name.rpartition(":")[2] for name in ids)

    return replace(
        explanation,
        holdings=tuple(replace(one, evidence=short(one.evidence)) for one in explanation.holdings),
        findings=tuple(replace(one, events=short(one.events)) for one in explanation.findings),
        changes=tuple(replace(one, witnesses=short(one.witnesses)) for one in explanation.changes),
        evidence=tuple(
            replace(one, event=replace(one.event, id=short([one.event.id])[0]))
            for one in explanation.evidence
        ),
    )


def tell_holding(holding: Holding) -> str:
    """A holding as one line: when, who, in which layer, on what evidence."""
    sides = " and ".join(holding.sides)
    who = {
        "held": f"held by {sides}",
        "contested": f"contested by {sides or 'somebody'}{'' if len(holding.sides) > 1 else ' and whoever had it'}",
        "unknown": "nobody known to hold it",
    }[holding.state]
    since = span(holding.since_earliest, holding.since_latest, "before the first word of it")
    until = span(holding.until_earliest, holding.until_latest, "the end")
    by = "its loss" if holding.since_earliest is None else "the end of the contest"
    implied = f", implied by {by}" if holding.implied else ""
    return f"from {since} to {until}: {who}{implied} ({holding.layer}; {' '.join(holding.evidence)})"


def tell_finding(finding: Finding) -> str:
    """A finding as one line."""
    events = f" ({' '.join(finding.events)})" if finding.events else ""
    return f"{finding.severity} {finding.code}: {finding.message}{events} To resolve: {finding.resolve}"


def tell_change(change: Change) -> str:
    """A change of hands that is told more than once."""
    part = "part of " if change.extent == "partial" else ""
    when = span(change.earliest, change.latest, "at an unknown date")
    what = f"to {change.gainer}" if change.gainer else f"left by {change.loser}"
    accounts = f" in {many(len(change.accounts), 'account')}" if len(change.accounts) > 1 else ""
    witnesses = " ".join(change.witnesses)
    return f"{part}{change.place} {what}, {when}: told {len(change.witnesses)} times{accounts} ({witnesses})"


def tell_dismissal(dismissal: Dismissal, present: set[str]) -> str:
    """Who dismissed a finding and why; whether its evidence has changed since."""
    what = "questioned again" if dismissal.restored else "dismissed"
    since = "" if dismissal.finding in present else "; its evidence has changed since"
    return f"{what} by {dismissal.by} on {dismissal.at[:10]}: {dismissal.why}{since}"


def tell_comparison(comparison: Comparison) -> None:
    """The figures, then every change: first where they differ, with both quotations."""
    say = console().print
    shared = comparison.agree + comparison.differ
    figure = f" ({comparison.agreement:.0%})" if comparison.agreement is not None else ""
    say(f"{comparison.first} and {comparison.second}", style="bold", markup=False)
    say(
        f"both tell {many(shared, 'change')} of hands and agree on {comparison.agree}{figure}; "
        f"{comparison.only_first} only in {comparison.first}, {comparison.only_second} only in {comparison.second}",
        markup=False,
    )
    for change in comparison.changes:
        if change.verdict == "differ":
            say()
            say(f"{', '.join(change.differences)}: {change.message}", style="bold", markup=False)
            for said in (change.first, change.second):
                if said is not None:
                    cited = f" [{', '.join(said.citations)}]" if said.citations else ""
                    say(indented(f"“{said.quotation}”{cited} ({' '.join(said.events)})"))
    for verdict in ("only first", "only second", "agree"):
        alone = [change for change in comparison.changes if change.verdict == verdict]
        if alone:
            say()
            heading = {
                "only first": f"only in {comparison.first}",
                "only second": f"only in {comparison.second}",
            }
            say(heading.get(verdict, "agreed"), style="bold", markup=False)
            for change in alone:
                say(indented(change.message))


def tell_evidence(evidence: Evidence) -> None:
    """An event with its words, and what each part of the record rests on."""
    event, say = evidence.event, console().print
    say(
        f"{event.id}  {event.date.edtf or 'undated'}  {event.kind}  {place_names(event, 'object')}",
        style="bold",
        markup=False,
    )
    say(indented(f"“{marked(evidence)}”"))
    dated = f" by “{event.date.text}”" if event.date.text else ""
    rows = {
        "account": f"{event.account}, characters {event.sentence.start}–{event.sentence.end}",
        "date": f"{event.date.edtf or 'undated'}, {event.date.basis}{dated}",
        "actor": actor(event.actor),
        "against": actor(event.against),
        "elsewhere": place_names(event),
        "where": "; ".join(
            f"{place.name or place.text} {place.lat} {place.lon} ±{place.radius_km:g} km, {place.located_by}"
            for place in event.places
            if place.lat is not None and place.role == "object"
        ),
        "flags": flags(event),
        "said by": event.attributed_to,
        "citations": "; ".join(f"{c.label}{': ' + c.target if c.target else ''}" for c in evidence.citations)
        or "none",
        "rule": event.rule,
        "review": event.review,
        "history": "; ".join(
            f"{review.verdict} by {review.by} on {review.at[:10]} ({review.why})"
            for review in evidence.reviews
        ),
    }
    for name, value in rows.items():
        if value:
            say(field(name, value))


def indented(text: str) -> RenderableType:
    """A long text whose every line is indented."""
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(text), (0, 0, 0, 2))


def field(name: str, value: str) -> RenderableType:
    """A named value whose further lines stand under its first."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=10)
    grid.add_column(overflow="fold")
    grid.add_row(Text(name), Text(value))
    return Padding(grid, (0, 0, 0, 2))


def marked(evidence: Evidence) -> str:
    """The sentence on one line, its trigger in brackets."""
    words = f"{evidence.before}{OPENING}{evidence.trigger}{CLOSING}{evidence.after}"
    return " ".join(words.split())


def actor(reference: ActorRef | None) -> str | None:
    """An actor with the words that name it."""
    if reference is None:
        return None
    words = f" by “{reference.text}”" if reference.text else ""
    return f"{reference.name}{words}{' (inferred)' if reference.inferred else ''}"


def span(earliest: str | None, latest: str | None, unknown: str) -> str:
    """A range of days as words; one day where both ends are the same, ``unknown`` where both are open."""
    if earliest == latest:
        return earliest or unknown
    return f"{cell(earliest) or '…'}/{cell(latest) or '…'}"


def many(count: int, noun: str) -> str:
    """``1 event``, ``2 events``, ``1,200 events``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
