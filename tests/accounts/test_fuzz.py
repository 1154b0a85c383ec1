"""Fuzzing for seconds; `tests/accounts/fuzzing.py` does it for as long as one likes.  The corpus is what once failed."""

import random

import pytest
from fuzzing import CORPUS, HTML, WIKI, read_bytes, read_text, round_of
from hypothesis import given, settings
from hypothesis import strategies as st


def soup(fragments):
    return st.lists(st.sampled_from(fragments) | st.text(max_size=8), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(soup(WIKI))
def test_any_wikitext(source):
    read_text("wikitext", source)


@settings(max_examples=150, deadline=None)
@given(soup(HTML))
def test_any_html(source):
    read_text("html", source)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["", ".html", ".wiki", ".xml", ".jsonl"]))
def test_any_bytes(data, suffix):
    read_bytes(data, suffix)


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_damaged_files(seed):
    round_of(random.Random(seed))[2]()  # noqa: S311


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_what_once_failed(path):
    data = path.read_bytes()
    kind = path.name.partition("-")[0]
    if kind in {"wikitext", "html", "text"}:
        read_text(kind, data.decode("utf-8", "surrogatepass"))
    else:
        read_bytes(data)


HOSTILE = {
    "10,000 nested templates": "{{a|" * 10_000 + "x" + "}}" * 10_000,
    "10,000 open templates": "{{a|" * 10_000,
    "open links and templates": "[[a|{{b|" * 20_000,
    "open references": "<ref>a" * 40_000,
    "notes in references": "{{efn|<ref>" * 20_000,
    "open comments": "<!--" * 80_000,
    "open mathematics": "<math>" * 40_000,
    "tables in tables": "{|\n|a\n" * 20_000,
    "cells": "{|\n" + "||" * 80_000,
    "equals signs": "\n=" + "= " * 80_000,
    "addresses": "[http://x " * 40_000,
    "apostrophes": "'" * 200_000,
    "braces": "{" * 80_000 + "}" * 80_000,
    "a long attribute": "<ref name=" + "a" * 200_000,
}
HOSTILE_HTML = {
    "elements": "<div>" * 50_000,
    "open tags": '<a "' * 50_000,
    "open comments": "<!--" * 80_000,
    "open scripts": "<script>" * 50_000,
    "tables in tables": "<table><tr><td>" * 5_000,
    "lists in lists": "<ul><li>" * 20_000,
    "attributes": "<a " + "x " * 100_000,
    "one entry for all": "<div class=mw-parser-output><ol><li>"
    + "".join(f"<span id='cite_note-{i}'></span>" for i in range(3_000))
    + "".join(f"<sup class=reference><a href='#cite_note-{i}'>[{i}]</a></sup>" for i in range(3_000)),
    "ampersands": "&a" * 80_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_wikitext_ends(name):
    """Each of these took minutes in a reader that is not linear."""
    read_text("wikitext", HOSTILE[name])


@pytest.mark.parametrize("name", HOSTILE_HTML)
def test_hostile_html_ends(name):
    read_text("html", HOSTILE_HTML[name])
