"""Sentences opened as far as mentions go: tokens, tags, phrases."""

from frontledger import accounts
from frontledger.languages.pack import load_pack
from frontledger.languages.sentencewords import sentence_words
from frontledger.mentions.group import Group
from frontledger.mentions.groups import gather
from frontledger.mentions.sentences import split
from frontledger.mentions.tagging import AccountTokens, Tagged, prepare, tag_sentence
from frontledger.mentions.tokens import tokenize


def tagged(lang: str, text: str) -> list[tuple[AccountTokens, Tagged]]:
    """Every sentence of ``text`` with its tokens tagged; times are left as words."""
    account = accounts.from_text(text, lang=lang)
    prepared = prepare(tokenize(text), load_pack(lang))
    return [(prepared, tag_sentence(prepared, one, [])) for one in split(account, sentence_words(lang))]


def tags(lang: str, text: str) -> dict[str, str]:
    """Token → tag, over all sentences."""
    return {
        prepared.tokens.text[one.first + at]: tag
        for prepared, one in tagged(lang, text)
        for at, tag in enumerate(one.tags)
    }


def phrases(lang: str, text: str) -> list[Group]:
    return [group for prepared, one in tagged(lang, text) for group in gather(prepared, one)]


def places(lang: str, text: str) -> list[Group]:
    return [group for group in phrases(lang, text) if group.kind != "actor" and not group.modifier]


def phrase(lang: str, text: str, words: str) -> Group:
    """The one phrase whose words are ``words``."""
    found = phrases(lang, text)
    fitting = [group for group in found if group.text == words]
    assert len(fitting) == 1, [group.text for group in found]
    return fitting[0]
