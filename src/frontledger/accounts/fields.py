"""From infobox lines of a :class:`~frontledger.accounts.building.Builder` to fields of the account.

What belongs here: what infoboxes of all markups share.  What does not: their markup.
"""

from __future__ import annotations

import re
from functools import cache

from frontledger.accounts.building import Builder
from frontledger.languages.accountwords import account_words
from frontledger.model import InfoboxField

__all__ = ["SIDED", "add_fields", "key_of_label"]

WORD = re.compile(r"\w")
SIDED = frozenset({"belligerent", "commander", "strength", "units", "casualties", "support"})
"""Keys whose values belong to one of the parties."""


@cache
def _labels() -> dict[str, str]:
    return {label: key for key, labels in account_words().keys.items() for label in labels}


def key_of_label(label: str) -> str | None:
    """The key that a label names in any language ("Supported by:" is ``support``); None when none does."""
    return _labels().get(label.strip().rstrip(":").strip().lower())


def add_fields(builder: Builder, first: int, key: str, side: int | None, name: str | None) -> None:
    """A field for each block from the ``first``-th on; a line such as "Supported by:" names those after it."""
    for block in builder.blocks[first:]:
        value = builder.lifted(block.start, block.end)
        if WORD.search(value) is None:
            continue
        if key == "belligerent" and key_of_label(value) == "support":
            key = "support"
            continue
        label, colon, rest = value.partition(":")
        if key == "belligerent" and colon and key_of_label(label) == "support" and rest.strip():
            builder.fields.append(
                InfoboxField(
                    key="support",
                    value=rest.strip(),
                    start=block.end - len(rest.lstrip()),
                    end=block.end,
                    side=side,
                    name=name,
                )
            )
            continue
        builder.fields.append(
            InfoboxField(key=key, value=value, start=block.start, end=block.end, side=side, name=name)
        )
