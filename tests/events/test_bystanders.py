"""Civilians whose coming and going is no event, and those who are only mentioned."""

import pytest
from tests.events.opening import code, facts


@pytest.mark.parametrize(
    "text",
    [
        "Thousands of residents fled Karvol.",
        "Karvol was abandoned by its inhabitants on 5 May 1920.",
        "The people of Karvol left the town on 5 May 1920.",
        "The people of Karvol surrendered their weapons on 5 May 1920.",
    ],
)
def test_civilians_take_and_leave_nothing(text: str):
    assert facts(code("en", text), "capture", "withdrawal", "handover") == []


@pytest.mark.parametrize(
    "text",
    [
        "The army took Karvol on 5 May 1982 with 900 rebels taken prisoner.",
        "Peasant rebels took Karvol on 5 May 1525.",
        "The rebels rode into Karvol on 10 May 1874 to the cheers of the inhabitants.",
        "Karvol fell on 23 July 1993, its inhabitants streaming east.",
        "The citizens of Karvol opened their gates to the Swedes on 5 May 1632.",
    ],
)
def test_civilians_beside_an_event(text: str):
    assert len(facts(code("en", text), "capture", "handover")) == 1
