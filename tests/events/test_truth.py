"""Sentences in which a careless reader finds an event, or gives it to the wrong side; names are invented."""

import pytest

from frontledger.model import CONTROL_KINDS

from .opening import code, facts, objects

NO_FACT = [
    ("en", "If the Soviets captured Karvol, the war would end."),
    ("en", "On 3 May 2016 the army came close to capturing Karvol."),
    ("en", "On 3 May 2016 the army imposed fire control over Karvol."),
    ("en", "On 3 May 2016 the rebels nearly seized Karvol."),
    ("en", "It was feared that Karvol had fallen."),
    ("en", "Commanders were claiming on 3 May 2016 to be able to purge Karvol of ISIL."),
    ("en", "On 3 May 2022 Russian forces were seeking to envelop Derin by capturing Karvol."),
    ("en", "The army left Karvol under siege on 3 May 2016."),
    ("en", "On 3 May 2016 the attack on Karvol took place."),
    ("en", "There were reports that the rebels had captured Karvol on 3 May 2016."),
    ("en", "He left Karvol on 3 May 2016."),
    ("hu", "A hadsereg 2016. május 3-án nem volt képes elfoglalni Knint."),
    ("hu", "Ha Karvol elesik, a háború véget ér."),
    ("hu", "2016. május 3-án kis híján elesett Karvol."),
    ("hu", "Karvol átadásáról tárgyaltak a felek."),
    ("hu", "A miniszter 2016. május 3-án átadta az új kórházat."),
]

ONE_FACT = [
    ("en", "The army left Karvol on 3 May 2016.", "withdrawal", "government", ["Karvol"]),
    ("en", "On 3 May 2016 the army was able to capture Karvol.", "capture", "government", ["Karvol"]),
    ("en", "ISIL captured Sarn, but not Karvol, Derin or Tolm.", "capture", "isil", ["Sarn"]),
    ("en", "The army took Karvol during the 2016 Derin offensive.", "capture", "government", ["Karvol"]),
    (
        "en",
        "In a military operation in December 2016, ISIL reconquered Karvol.",
        "capture",
        "isil",
        ["Karvol"],
    ),
    ("en", "Russian forces began an occupation of Karvol on 2 March 2022.", "capture", "russia", ["Karvol"]),
    ("en", "On 4 July 1863 Caesar crossed the Tolm and occupied Karvol.", "capture", "caesar", ["Karvol"]),
    (
        "en",
        "On 3 May 2016 the SDF were able to undo the recent ISIL gains and captured Karvol.",
        "capture",
        "sdf",
        ["Karvol"],
    ),
    (
        "hu",
        "2016. május 3-án Karvolt foglalta el a hadsereg, nem Derint.",
        "capture",
        "government",
        ["Karvol"],
    ),
    ("hu", "2016. május 3-án a hadsereg el tudta foglalni Karvolt.", "capture", "government", ["Karvol"]),
    ("hu", "A horvátok által visszafoglalt Knin városát lőtték.", "capture", "croatia", ["Knin"]),
    (
        "hu",
        "A Bihács és Knin között fekvő Zsepa falut elfoglalták a szerbek.",
        "capture",
        "serbia",
        ["Zsepa"],
    ),
]


@pytest.mark.parametrize(("lang", "text"), NO_FACT)
def test_what_did_not_happen_for_certain_is_no_fact(lang: str, text: str):
    assert facts(code(lang, text), *CONTROL_KINDS) == []


@pytest.mark.parametrize(("lang", "text", "kind", "side", "places"), ONE_FACT)
def test_what_happened_is_one_fact(lang: str, text: str, kind: str, side: str, places: list[str]):
    [event] = facts(code(lang, text), *CONTROL_KINDS)
    assert (event.kind, event.actor and event.actor.id, objects(event)) == (kind, side, places)


def test_a_day_wins_over_the_year_of_a_campaign():
    [event] = facts(
        code("en", "On 10 September 2022 the army retook Karvol during the 2022 Derin offensive.")
    )
    assert event.date.earliest == event.date.latest == "2022-09-10"
