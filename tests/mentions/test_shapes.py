"""Phrases are found run by run, and are those that the patterns find in the whole sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.languages.pack import load_pack, packs
from frontledger.mentions.shapes import KINDS, shapes

TAGS = "OCSTARYnHusoQkBLPczDdhf!VjargexNMJIyFX'#p-tvq.,"


@pytest.mark.parametrize("lang", packs())
@given(tags=st.text(st.sampled_from(TAGS + "NYAdFjJ" * 3), max_size=25))
def test_runs_hold_what_the_sentence_holds(lang, tags):
    pack = load_pack(lang)
    whole = {
        (kind, match.start(), match.end())
        for kind in KINDS
        for match in pack.patterns[kind].finditer(tags)
        if match.end() > match.start()
    }
    assert {(kind, low, high) for kind, low, high, _ in shapes(pack, tags)} == whole
