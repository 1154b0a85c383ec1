"""The packs' words for an account's furniture: schema, merging, and lower case throughout."""

import msgspec
import pytest

from frontledger.languages.accountwords import AccountWords, account_words
from frontledger.languages.loading import load_table


@pytest.mark.parametrize("code", ["en", "hu"])
def test_pack_is_lower_case_and_whole(code):
    words = load_table(code, "account.toml", AccountWords)
    groups = [
        words.flags,
        words.results,
        words.losses,
        words.notes,
        words.tags,
        words.references,
        words.units,
    ]
    for group in [*groups, *words.keys.values(), *words.months]:
        assert group
        assert all(word == word.lower() for word in group)


def test_all_packs_are_merged():
    merged = account_words()
    for code in ("en", "hu"):
        words = load_table(code, "account.toml", AccountWords)
        assert set(words.tags) <= set(merged.tags)
        assert set(words.keys["result"]) <= set(merged.keys["result"])
        assert all(set(own) <= set(month) for own, month in zip(words.months, merged.months, strict=True))


@pytest.mark.parametrize("change", [{"months": [["may"]]}, {"flags": "good"}, {"colours": ["red"]}])
def test_schema_refuses(change):
    plain = msgspec.to_builtins(load_table("en", "account.toml", AccountWords))
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(plain | change, AccountWords)
