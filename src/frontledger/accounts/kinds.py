"""Tell by its content what a file is written in; its suffix only decides where the content leaves it open.

What belongs here: that decision on the first bytes.  What does not: reading any of them.
"""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["HEAD_BYTES", "Written", "recognise"]

Written = Literal["text", "json", "wikitext", "html", "dump", "warc", "xml"]

HEAD_BYTES = 65_536
"""Bytes that the decision looks at."""

PROLOG = re.compile(r"(?:\s+|<\?[^<>]{0,1000}\?>|<!--(?:[^-]|-(?!-)){0,5000}-->)*")
HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
DOCTYPE = re.compile(r"<!doctype", re.IGNORECASE)
HTML_TAG = re.compile(
    r"</?(?:p|div|br|span|a|table|tr|td|ul|ol|li|h[1-6]|section|article|main|sup)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
HTML_ONLY = re.compile(
    r"<(?:p|a|div|h[1-6]|ul|article|section)\b[^<>]{0,500}>|</(?:p|a|h[1-6])>", re.IGNORECASE
)
WIKI = (
    re.compile(r"\[\[(?!\d{1,3}\]\])[^\[\]\n{}]{1,250}\]\]"),
    re.compile(r"\{\{[^{}\n|]{1,80}(?:\||\}\}|\n)"),
    re.compile(r"<ref(?:\s[^<>]{0,300})?/?>", re.IGNORECASE),
    re.compile(r"(?:\A|\n)\{\|"),
    re.compile(r"'''[^'\n]{1,200}'''"),
    re.compile(r"(?:\A|\n)(={2,6})[^=\n]{1,200}\1[ \t]*(?:\n|\Z)"),
)
"""Signs of wikitext: a link, a template, a reference, a table, bold type, a heading."""
HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".mhtml"})
WIKI_SUFFIXES = frozenset({".wiki", ".wikitext", ".mediawiki", ".wt", ".mw"})
JSON_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})


def recognise(head: bytes, suffix: str = "") -> Written:
    """What a file that begins with ``head`` is written in; ``suffix`` with its point, in lower case."""
    text = head[:HEAD_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    if text.startswith("WARC/"):
        return "warc"
    if suffix in JSON_SUFFIXES or (text.lstrip()[:1] == "{" and re.match(r"\s*\{\s*\"", text)):
        return "json"
    prolog = PROLOG.match(text)
    start = prolog.end() if prolog else 0
    if text.startswith("<mediawiki", start):
        return "dump"
    if HTML_START.match(text, start):
        return "html"
    if DOCTYPE.match(text, start) or text.lstrip().startswith("<?xml"):
        return "dump" if "<mediawiki" in text else "html" if "<html" in text else "xml"
    if suffix in HTML_SUFFIXES and HTML_TAG.search(text):
        return "html"
    if suffix in WIKI_SUFFIXES:
        return "wikitext"
    signs = [len(sign.findall(text)) for sign in WIKI]
    wiki = (
        3 * (signs[0] > 1)
        + 3 * (signs[1] > 0)
        + 4 * (signs[2] > 0)
        + 4 * (signs[3] > 0)
        + (signs[0] == 1)
        + (signs[4] > 0)
        + (signs[5] > 0)
    )
    tags = len(HTML_ONLY.findall(text))
    if tags >= 3 and tags > 2 * (sum(signs[:4])):
        return "html"
    return "wikitext" if wiki >= 3 else "text"
