"""One article of our own writing, rendered as wikitext, as a MediaWiki page and as plain text with bare numbers.

An article is a title, infobox rows and a list of blocks; the words of a block hold marks in braces:
``{a}`` cites reference ``a``, ``{a+b}`` two of them, ``{link:Target|words}`` links, ``{tag:citation needed}`` is a remark.
Each reference has a form, the way in which the wikitext writes it.
"""

import html
import re
from typing import NamedTuple

MARK = re.compile(r"\{([^{}]*)\}")


class Ref(NamedTuple):
    """A reference: how it is written, and its fields."""

    form: str
    title: str
    publisher: str
    url: str = ""
    author: str = ""
    group: str = ""


class Article(NamedTuple):
    """``blocks`` are (kind, words): heading, paragraph, bullet, row ("cell | cell"), caption, hatnote."""

    lang: str
    title: str
    box: list[tuple[str, str, str]]
    """Parameter, label on the page, value (items apart by ``;``)."""
    blocks: list[tuple[str, str]]
    refs: dict[str, Ref]


def numbers(article: Article) -> dict[str, str]:
    """The label of each reference, in the order of first use, captions included."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for _, words in article.blocks:
        for mark in MARK.findall(words):
            if ":" in mark:
                continue
            for name in mark.split("+"):
                if name not in labels:
                    group = article.refs[name].group
                    counts[group] = counts.get(group, 0) + 1
                    labels[name] = chr(96 + counts[group]) if group else str(counts[group])
    return labels


# -- wikitext ----------------------------------------------------------------------------------------------


def cite(article: Article, ref: Ref) -> str:
    """The template, or the words, that describe a reference."""
    hungarian = article.lang == "hu"
    match ref.form:
        case "plain" | "list" | "named" | "note":
            return f"''{ref.title}'', {ref.publisher}" + (f". [{ref.url} {ref.title}]" if ref.url else "")
        case "Cite":
            return f"{{{{Cite web|title={ref.title}|publisher={ref.publisher}|url={ref.url}|accessdate=2016-05-01}}}}"
        case "multi":
            name = "cím" if hungarian else "title"
            return f"{{{{cite news\n | {name} = [[{ref.publisher}|{ref.title}]]\n | url = {ref.url}\n | work = {ref.publisher}\n | date = 2016-04-02\n}}}}"
        case "cit" if hungarian:
            return f"{{{{CitWeb|szerző={ref.author}|cím={ref.title}|kiadó={ref.publisher}|url={ref.url}|elérés=2016-05-01}}}}"
    return f"{{{{cite web |last={ref.author or 'Writer'} |title={ref.title} |publisher={ref.publisher} |url={ref.url}}}}}"


def wiki_marker(article: Article, name: str, seen: set[str]) -> str:
    """The marker of one reference, in its form."""
    ref = article.refs[name]
    first = name not in seen
    seen.add(name)
    if ref.form == "sfn":
        return f"{{{{sfn|{ref.author}|2017|p={ref.title}}}}}"
    if ref.form == "r":
        return f"{{{{r|{name}}}}}"
    if ref.form == "note":
        words = "efn" if ref.group else "refn"
        return (
            f"{{{{{words}|name={name}|{cite(article, ref)}}}}}" if first else f"{{{{{words}|name={name}}}}}"
        )
    if ref.form == "tag":
        return f"{{{{#tag:ref|{cite(article, ref)}|name={name}}}}}"
    if ref.form == "list":
        return f'<ref name="{name}" />'
    if ref.form == "plain" and first:
        return (
            f"<ref>{cite(article, ref)}</ref>"
            if uses(article, name) == 1
            else f"<ref name={name}>{cite(article, ref)}</ref>"
        )
    if first:
        return f'<ref name="{name}">{cite(article, ref)}</ref>'
    return f"<ref name='{name}'/>"


def uses(article: Article, name: str) -> int:
    """How often a reference is cited."""
    return sum(name in mark.split("+") for _, words in article.blocks for mark in MARK.findall(words))


def as_wikitext(article: Article) -> str:
    """The article in wikitext."""
    seen: set[str] = set()

    def inline(words: str) -> str:
        def one(found: re.Match[str]) -> str:
            inner = found[1]
            if inner.startswith("link:"):
                target, _, shown = inner[5:].partition("|")
                return f"[[{target}|{shown}]]" if shown else f"[[{target}]]"
            if inner.startswith("tag:"):
                return "{{forrás?}}" if article.lang == "hu" else "{{citation needed|date=May 2016}}"
            return "".join(wiki_marker(article, name, seen) for name in inner.split("+"))

        return MARK.sub(one, words)

    name = "Hadművelet infobox" if article.lang == "hu" else "Infobox military conflict"
    lines = ["<!-- a comment with [[a link]] and <ref>no reference</ref> -->", "{{" + name]
    for parameter, _, value in article.box:
        items = value.split(";")
        shown = "\n".join(f"* {item}" for item in items) if len(items) > 2 else "<br />".join(items)
        lines.append(f"| {parameter} = " + ("{{plainlist|\n" + shown + "\n}}" if len(items) > 2 else shown))
    lines.append("}}")
    before = ""
    for kind, words in article.blocks:
        text = inline(words)
        if before == "row" and kind != "row":
            lines += ["|}"]
        match kind:
            case "heading":
                lines += ["", f"== {text} ==", ""]
            case "bullet":
                lines += [f"* {text}"]
            case "row":
                lines += [] if before == "row" else ['{| class="wikitable"']
                lines += ["|-", "| " + " || ".join(text.split(" | "))]
            case "caption":
                lines += [f"[[File:Map.svg|thumb|upright=1.2|{text}]]"]
            case "hatnote":
                lines += [f"{{{{main|{text}}}}}"]
            case _:
                lines += ["", text, ""]
        before = kind
    if before == "row":
        lines += ["|}"]
    listed = "".join(
        f'<ref name="{name}">{cite(article, ref)}</ref>\n'
        for name, ref in article.refs.items()
        if ref.form in ("list", "r")
    )
    heading = "Jegyzetek" if article.lang == "hu" else "References"
    lines += [
        "",
        f"== {heading} ==",
        "{{notelist}}",
        "{{reflist|refs=",
        listed + "}}",
        "{{Navbox war}}",
        "[[Category:Battles of 2016]]",
    ]
    return "\n".join(lines) + "\n"


# -- HTML --------------------------------------------------------------------------------------------------


def as_html(article: Article) -> str:
    """The article as MediaWiki's desktop skin shows it."""
    labels = numbers(article)

    def inline(words: str) -> str:
        out, at = "", 0
        for found in MARK.finditer(words):
            out += html.escape(words[at : found.start()], quote=False)
            at = found.end()
            inner = found[1]
            if inner.startswith("link:"):
                target, _, shown = inner[5:].partition("|")
                out += f'<a href="/wiki/{target.replace(" ", "_")}" title="{target}">{html.escape(shown or target)}</a>'
            elif inner.startswith("tag:"):
                out += f'<sup class="noprint Inline-Template Template-Fact">[<i><a href="/wiki/X"><span>{inner[4:]}</span></a></i>]</sup>'
            else:
                for name in inner.split("+"):
                    out += (
                        f'<sup id="cite_ref-{name}_1-0" class="reference"><a href="#cite_note-{name}-1"><span class="cite-bracket">&#91;</span>'
                        f'{labels[name]}<span class="cite-bracket">&#93;</span></a></sup>'
                    )
        return out + html.escape(words[at:], quote=False)

    body = [
        f'<table class="infobox vevent"><tbody><tr><th class="summary" colspan="2">{article.title}</th></tr>'
    ]
    sides: dict[str, list[str]] = {}
    for parameter, label, value in article.box:
        items = value.split(";")
        cell = (
            "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
            if len(items) > 2
            else "<br>".join(items)
        )
        if parameter[-1].isdigit():
            sides.setdefault(label, []).append(f"<td>{cell}</td>")
        elif label:
            body.append(f"<tr><th>{label}</th><td>{cell}</td></tr>")
    for label, cells in sides.items():
        body.append(f'<tr><th colspan="2">{label}</th></tr><tr>{"".join(cells)}</tr>')
    body.append("</tbody></table>")
    before = ""
    for kind, words in article.blocks:
        text = inline(words)
        body += (
            [{"bullet": "</ul>", "row": "</tbody></table>"}[before]]
            if before in ("bullet", "row") and kind != before
            else []
        )
        match kind:
            case "heading":
                body.append(
                    f'<div class="mw-heading mw-heading2"><h2>{text}</h2><span class="mw-editsection">[edit]</span></div>'
                )
            case "bullet":
                body += [] if before == "bullet" else ["<ul>"]
                body.append(f"<li>{text}</li>")
            case "row":
                body += [] if before == "row" else ['<table class="wikitable"><tbody>']
                body.append("<tr>" + "".join(f"<td>{cell}\n</td>" for cell in text.split(" | ")) + "</tr>")
            case "caption":
                body.append(f"<figure><img src='x.svg'><figcaption>{text}</figcaption></figure>")
            case "hatnote":
                body.append(
                    f'<div role="note" class="hatnote navigation-not-searchable">Main article: {text}</div>'
                )
            case _:
                body.append(f"<p>{text}\n</p>")
        before = kind
    body += [{"bullet": "</ul>", "row": "</tbody></table>"}.get(before, "")]
    entries = "".join(
        f'<li id="cite_note-{name}-1"><span class="mw-cite-backlink"><b><a href="#cite_ref-{name}_1-0">^</a></b></span> '
        f'<span class="reference-text"><i>{article.refs[name].title}</i>, {article.refs[name].publisher}</span></li>'
        for name in labels
    )
    heading = "Jegyzetek" if article.lang == "hu" else "References"
    return (
        f'<!DOCTYPE html>\n<html class="client-nojs" lang="{article.lang}" dir="ltr">\n<head><meta charset="UTF-8"><title>{article.title} – Wikipedia</title>'
        f'<script>document.className="x";</script></head>\n<body><div id="mw-head"><a href="/wiki/Main">Main page</a></div>'
        f'<h1 id="firstHeading" class="firstHeading">{article.title}</h1><div id="mw-content-text"><div class="mw-parser-output">'
        + "\n".join(body)
        + f'<h2>{heading}</h2><div class="reflist"><ol class="references">{entries}</ol></div></div></div></body></html>\n'
    )


# -- plain text --------------------------------------------------------------------------------------------


def as_text(article: Article) -> str:
    """The article as a page leaves it that lost its markup: bare numbers after the stops, notes in brackets."""
    labels = numbers(article)

    def inline(words: str) -> str:
        def one(found: re.Match[str]) -> str:
            inner = found[1]
            if inner.startswith("link:"):
                target, _, shown = inner[5:].partition("|")
                return shown or target
            if inner.startswith("tag:"):
                return f"[{inner[4:]}]"
            return "".join(
                f"[{labels[name]}]" if article.refs[name].group else f" {labels[name]} "
                for name in inner.split("+")
            )

        return MARK.sub(one, words)

    lines = [article.title]
    for parameter, label, value in article.box:
        if parameter not in ("conflict", "hadművelet") and label:
            lines.append(
                f"{label}: {value.split(';')[0]}" if not parameter[-1].isdigit() else value.split(";")[0]
            )
    lines.append("")
    before = ""
    for kind, words in article.blocks:
        text = inline(words)
        match kind:
            case "caption" | "hatnote":
                continue
            case "bullet":
                lines += [*([""] if before != "bullet" else []), f"* {text}"]
            case "row":
                lines += [*([""] if before != "row" else []), "* " + text.replace(" | ", ": ")]
            case _:
                lines += ["", text]
        before = kind
    return "\n".join(lines) + "\n"
