"""Every rule of every pack's ``dates.toml`` reads its ``yes`` examples and leaves its ``no`` examples alone."""

from __future__ import annotations

from importlib import resources

import pytest

from frontledger.languages.timetable import Example, Rule, time_table
from frontledger.languages.timewords import date_reader
from frontledger.mentions.times import tag_times
from frontledger.mentions.tokens import tokenize

CODES = sorted(
    folder.name
    for folder in resources.files("frontledger.languages").iterdir()
    if folder.is_dir() and folder.joinpath("dates.toml").is_file()
)
RULES = [pytest.param(code, rule, id=rule.name) for code in CODES for rule in time_table(code).rule]
YES = [
    pytest.param(code, rule, example, id=f"{rule.name}: {example.span}")
    for code in CODES
    for rule in time_table(code).rule
    for example in rule.yes
]


def times_of(code: str, text: str, at: str | None = None, document: str | None = None):
    """Mentions of ``text``; ``at`` is where a sentence before it leaves the narrative."""
    before = f"{at}. " if at else ""
    whole = before + text
    start = len(before)
    found = tag_times(whole, tokenize(whole), date_reader(code), breaks=(start,), document_date=document)
    return [(time, whole[time.start : time.end]) for time in found if time.start >= start]


@pytest.mark.parametrize(("code", "rule", "example"), YES)
def test_yes(code: str, rule: Rule, example: Example):
    found = times_of(code, example.text, example.at, example.document)
    assert (rule.name, example.span, example.value) in [(t.rule, span, t.value or "") for t, span in found]


@pytest.mark.parametrize(("code", "rule"), RULES)
def test_no(code: str, rule: Rule):
    for text in rule.no:
        if rule.means == "nothing":
            assert times_of(code, text) == []
        assert rule.name not in [time.rule for time, _ in times_of(code, text)]


@pytest.mark.parametrize("rule", [param.values[1] for param in RULES], ids=lambda rule: rule.name)
def test_every_rule_has_both(rule: Rule):
    assert rule.yes or rule.means == "nothing"
    assert rule.no


@pytest.mark.parametrize("code", CODES)
def test_rule_names_are_unique(code: str):
    names = [rule.name for rule in time_table(code).rule]
    assert len(names) == len(set(names))
