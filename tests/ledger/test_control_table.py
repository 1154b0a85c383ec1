"""Every case of docs/control.md, read from that very file."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from frontledger.ledger.control import control
from frontledger.ledger.fold import fold

from .building import PLACES, day, events

DOC = Path(__file__).parents[2] / "docs" / "control.md"
ROW = re.compile(
    r"\| (?P<case>[^|]+?) \| `(?P<told>[^|]+)` \| `(?P<assessed>[^|]+)` \| (?:`(?P<claimed>[^|]+)` )?\|"
)
STATE = re.compile(r"(?:(?P<place>P/d) )?(?P<day>\d+) (?P<state>\S+)")


def rows():
    for line in DOC.read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and not line.startswith("| case |"):
            match = ROW.fullmatch(line)
            assert match, f"not a case: {line}"
            yield pytest.param(match["told"], match["assessed"], match["claimed"], id=match["case"])


def state(holdings, place, on, layer):
    for row in control(holdings, PLACES, on, layer):
        if row.place == place:
            if row.state == "contested":
                return "+".join(row.sides) + ("+" if len(row.sides) == 1 else "")
            if row.state == "unknown":
                assert row.holder is None
                return "–"
            return f"{row.holder}{'*' if row.implied else ''}"
    return "–"


def test_the_table_is_there():
    assert len(list(rows())) > 50


@pytest.mark.parametrize(("told", "assessed", "claimed"), list(rows()))
def test_case(told, assessed, claimed):
    given = events(told)
    holdings = fold(given, PLACES)
    for layer, wanted in (("assessed", assessed), ("claimed", claimed or assessed)):
        for one in wanted.split("; "):
            match = STATE.fullmatch(one)
            assert match, one
            found = state(holdings, match["place"] or "P", day(match["day"]), layer)
            assert found == match["state"], f"{layer}, {one}: {found}"
    for seed in range(5):
        random.Random(seed).shuffle(given)  # noqa: S311 - no secret
        assert fold(given, PLACES) == holdings
