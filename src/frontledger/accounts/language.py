"""Tell the language of a text from its script, its letters and its function words.

Data: ``function_words.toml`` beside this module, one table a language.  Languages without a pack are told too,
so that the reader learns what the text is.  Unknown is an answer.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib import resources

import msgspec

from frontledger.errors import PackError

__all__ = ["Profile", "code_of", "detect"]

SAMPLE = 20_000  # code points: more does not change the answer
SCRIPT_SAMPLE = 3_000
WORD = re.compile(r"[^\W\d_]+")
LEAD = 1.25  # by which the best must exceed the second
LEAST_SHARE = 0.03  # of the words that must speak for the best
SCRIPTS = (
    ("latin", re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")),
    ("cyrillic", re.compile(r"[\u0400-\u052f]")),
    ("arabic", re.compile(r"[\u0600-\u06ff]")),
    ("greek", re.compile(r"[\u0370-\u03ff]")),
    ("hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("han", re.compile(r"[\u4e00-\u9fff]")),
    ("kana", re.compile(r"[\u3040-\u30ff]")),
    ("hangul", re.compile(r"[\uac00-\ud7af]")),
)


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a language is known by: its script, its most frequent small words, letters that few others use."""

    script: str
    words: str = ""
    letters: str = ""


@cache
def _profiles() -> dict[str, Profile]:
    where = "accounts/function_words.toml"
    raw = resources.files("frontledger.accounts").joinpath("function_words.toml").read_text(encoding="utf-8")
    try:
        return msgspec.convert(tomllib.loads(raw), dict[str, Profile])
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise PackError(f"{where}: {error}") from None


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Word → language → weight: a word that several languages of a script share says less for each."""
    owners: dict[str, list[str]] = {}
    for code, profile in _profiles().items():
        for word in frozenset(profile.words.split()):
            owners.setdefault(word, []).append(code)
    return {word: dict.fromkeys(codes, 1 / len(codes)) for word, codes in owners.items()}


def code_of(tag: str | None) -> str | None:
    """The language code of an ISO 639 code or tag ("hu-HU"); None when there is none."""
    return tag.strip().replace("_", "-").split("-")[0].lower() or None if tag else None


def detect(text: str) -> str | None:
    """ISO 639-1 code of the language of ``text``, or None when nothing speaks clearly for one."""
    sample = text[:SAMPLE]
    letters = sample[:SCRIPT_SAMPLE]
    if sum(map(str.isalpha, letters)) < SCRIPT_SAMPLE / 10:
        letters = sample
    script = max(SCRIPTS, key=lambda item: len(item[1].findall(letters)))
    if not script[1].search(letters):
        return None
    rivals = {code: profile for code, profile in _profiles().items() if profile.script == script[0]}
    if len(rivals) == 1:
        return next(iter(rivals))
    low = sample.lower()
    counts = Counter(WORD.findall(low))
    total = sum(counts.values())
    score = dict.fromkeys(rivals, 0.0)
    weights = _weights()
    for word, count in counts.items():
        for code, weight in weights.get(word, {}).items():
            if code in score:
                score[code] += count * weight
    for code, profile in rivals.items():
        score[code] += sum(low.count(letter) for letter in profile.letters) / 2
    ranked = sorted(rivals, key=lambda code: (-score[code], code))
    best = ranked[0]
    second = score[ranked[1]]
    if score[best] < max(1.0, LEAST_SHARE * total) or score[best] < LEAD * second:
        return None
    return best
