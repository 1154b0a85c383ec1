"""Ways in which English tells of a taking or holding beside the plain clause."""

import pytest
from tests.events.opening import code, facts, objects


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("With Karvol taken by the rebels on 4 May 1704, the road burned.", "capture", "Karvol"),
        ("Rebel fighters swept back into Karvol on 28 June 2021.", "capture", "Karvol"),
        ("Karvol was declared liberated on 5 May 2024.", "capture", "Karvol"),
        ("On 5 May 2012 Karvol became the first city to be captured by the rebels.", "capture", "Karvol"),
        ("Karvol was still rebel-held on 5 May 2012.", "hold", "Karvol"),
        ("Karvol, in rebel hands since 2011, was shelled.", "hold", "Karvol"),
        ("The army said it was in full control of Karvol on 5 May 2012.", "hold", "Karvol"),
        ("Rebels occupying Karvol shelled Derin on 5 May 2012.", "capture", "Karvol"),
        ("By noon on 4 June 1917 Karvol was in our hands.", "capture", "Karvol"),
        ("The army captured Karvol with 900 rebels taken prisoner on 5 May 1982.", "capture", "Karvol"),
        ("Mantong fell to the rebels on 20 December 2023, and Karvol on the 28th.", "capture", "Karvol"),
        ("Karvol was entered on 17 June 1812, the French having left the city.", "capture", "Karvol"),
        ("Karvol was entered on 17 June 1812, the French having left the city.", "withdrawal", "Karvol"),
        ("Karvol finally cleared by the rebels on 3 May 1944.", "capture", "Karvol"),
        ("Karvol, home to 900 people, was in rebel hands on 3 May 2014.", "hold", "Karvol"),
        ("On 3 May 2014 the rebels abandoned their positions at Karvol.", "withdrawal", "Karvol"),
        ("The gates of Karvol were opened to the Swedes on 5 May 1632.", "handover", "Karvol"),
        (
            "Sarn and Karvol were among the villages captured by the rebels on 3 May 2015.",
            "capture",
            "Karvol",
        ),
        ("The army declared Karvol liberated on 28 June 2018.", "capture", "Karvol"),
        ("Karvol fell on 23 July 1993, its inhabitants streaming east.", "capture", "Karvol"),
        ("Ukrainian forces still hold Karvol.", "hold", "Karvol"),
        ("Ukrainian forces now control Karvol.", "hold", "Karvol"),
        ("With Karvol taken on 19 June 1937 the north was doomed.", "capture", "Karvol"),
        ("By noon on 2 September 1898 Karvol lay in Kitchener's hands.", "hold", "Karvol"),
        ("Karvol was found abandoned on 4 May 1874.", "withdrawal", "Karvol"),
        ("On 4 May 1874 the British found Karvol abandoned.", "withdrawal", "Karvol"),
        ("The rebels rode into Karvol on 10 May 1874 to the cheers of the inhabitants.", "capture", "Karvol"),
        ("Fort Karvol struck its colours on 6 March 1874.", "handover", "Fort Karvol"),
        ("5 May 2012 – Karvol falls to the rebels.", "capture", "Karvol"),
    ],
)
def test_is_told(text: str, kind: str, place: str):
    found = [event for event in code("en", text) if event.kind == kind and not event.negated]
    assert any(place in objects(event) for event in found), [event.rule for event in code("en", text)]


@pytest.mark.parametrize(
    "text",
    [
        "If Karvol falls, the war is lost.",
        "Karvol was to be declared liberated on 5 May 2024.",
        "Karvol was no longer rebel-held.",
        "Weapons were found abandoned in Karvol.",
        "Thousands of residents fled Karvol.",
        '"Karvol is ours," the general said.',
        "The command in Karvol passed to the rebels.",
        "The army was not in control of Karvol.",
    ],
)
def test_is_not_told(text: str):
    assert facts(code("en", text), "capture", "hold", "handover") == []


def test_an_opening_participle_has_the_subject_behind_the_comma():
    (event,) = [
        e
        for e in code("en", "Forced to evacuate Karvol on 4 May 1944, the Germans blew up the bridges.")
        if e.kind == "withdrawal"
    ]
    assert event.actor is not None
    assert event.actor.id == "germany"
