"""Write the page: one HTML file that asks nobody for anything.

Account text is hostile.  It enters as JSON inside a data block, with every character escaped that HTML could take for
markup; the page's own script puts it on the screen as text.  The content-security policy in the file allows this
script and this style by their digests and nothing else.  What belongs here: HTML.  What does not: what is shown.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
from importlib import resources

import msgspec

from frontledger.errors import ExportError
from frontledger.exports.report.payload import Payload

__all__ = ["asset", "render"]

PLAIN = 1_000_000
"""Bytes of payload up to which it is written as it is; a larger one is packed (gzip, base64)."""
ESCAPES = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="{generator}">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="app"></div>
<noscript><p>{title}: this page draws itself with a script that it carries; please allow scripts for this file.
It asks nobody for anything.</p></noscript>
<script type="application/json" id="payload"{packed}>{payload}</script>
<script type="text/plain" id="licences">{licences}</script>
<script>{script}</script>
</body>
</html>
"""


def asset(name: str) -> bytes:
    """A file of the built page.

    Raises :class:`~frontledger.errors.ExportError` when the package was built without it.
    """
    try:
        return resources.files("frontledger.exports").joinpath("assets", name).read_bytes()
    except OSError:
        raise ExportError(
            f"the page of the report is missing from this installation ({name}): build it with"
            " `python hatch_build.py` in the sources, or install a wheel"
        ) from None


def render(payload: Payload) -> bytes:
    """The page with this payload, as UTF-8."""
    script, style = asset("report.js").decode(), asset("report.css").decode()
    data = msgspec.json.encode(payload)
    if len(data) > PLAIN:
        packed, text = ' data-encoding="gzip"', base64.b64encode(gzip.compress(data, 6, mtime=0)).decode()
    else:
        packed, text = "", data.decode().translate(ESCAPES)
    _unbroken(script, "</script", "<!--")
    _unbroken(style, "</style", "<!--")
    policy = "; ".join((
        "default-src 'none'",
        f"script-src {_digest(script)}",
        f"style-src {_digest(style)}",
        "img-src data: blob:",
        "base-uri 'none'",
        "form-action 'none'",
    ))  # fmt: skip
    return PAGE.format(
        policy=policy,
        generator=html.escape(payload.generator),
        title=html.escape(payload.title),
        style=style,
        packed=packed,
        payload=text,
        licences=html.escape(asset("LICENSES.txt").decode(), quote=False).replace("&gt;", ">"),
        script=script,
    ).encode()


def _digest(text: str) -> str:
    """As a content-security policy names a script or a style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _unbroken(text: str, *ends: str) -> None:
    """Raise unless ``text`` can stand inside its element: ours to see to, esbuild escapes what ends a script."""
    for end in ends:
        if end in text.lower():
            raise ExportError(f"the built page holds {end!r} and cannot be written into one file")
