"""Sentences and accounts opened for coding, and events in a form that a test can compare."""

from frontledger import accounts
from frontledger.events import coding
from frontledger.languages.pack import load_pack
from frontledger.languages.sentencewords import sentence_words
from frontledger.mentions.sentences import split
from frontledger.mentions.tagging import prepare
from frontledger.mentions.tokens import tokenize
from frontledger.model import Event


def scenes(lang: str, text: str) -> list[coding.Scene]:
    """Every sentence with its phrases, verbs and clauses; nothing is coded."""
    account = accounts.from_text(text, lang=lang)
    pack = load_pack(lang)
    prepared = prepare(tokenize(text), pack)
    times = coding.dates(account, pack)
    return [
        coding._open(prepared, one, [time for time in times if one.start <= time.start < one.end])
        for one in split(account, sentence_words(lang))
    ]


def scene(lang: str, text: str) -> coding.Scene:
    [only] = scenes(lang, text)
    return only


def code(lang: str, text: str, date: str | None = None) -> list[Event]:
    return coding.code(accounts.from_text(text, lang=lang, date=date), load_pack(lang))


def facts(events: list[Event], *kinds: str) -> list[Event]:
    """What is asserted: neither denied nor hedged; of ``kinds`` where any are given."""
    return [one for one in events if not one.negated and not one.hedged and (not kinds or one.kind in kinds)]


def objects(event: Event) -> list[str | None]:
    return [place.name for place in event.places if place.role == "object"]


def roles(event: Event) -> set[tuple[str, str | None]]:
    return {(place.role, place.name) for place in event.places}
