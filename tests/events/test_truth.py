"""Sentences in which a careless reader finds an event, or gives it to the wrong side; names are invented."""

import pytest

from frontledger import accounts
from frontledger.events import coding
from frontledger.languages.pack import load_pack
from frontledger.model import CONTROL_KINDS

from .opening import code, facts, objects

NO_FACT = [
    ("en", "If the Soviets captured Karvol, the war would end."),
    ("en", "On 3 May 2022 the ministry said the front was quiet and that Ukrainian units held Karvol."),
    ("en", "On 3 May 2022 the ministry said that the front was quiet and that Ukrainian units held Karvol."),
    ("en", "On 3 May 2019 the SDF rejected withdrawing from Karvol and transferring Derin to Turkey."),
    ("en", "On 3 May 2016 the army said that the rebels had taken Karvol but ISIL regained Derin."),
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
    ("en", "On 3 May 2016 the institute could not confirm who controlled Karvol."),
    ("en", "By capturing Karvol, the rebels would be able to reach Derin."),
    ("en", "The army did not have to give up Karvol on 3 May 1944."),
    ("en", "On 3 May 2016 the army fought to fully encircle and subsequently retake Karvol."),
    ("en", "On 3 May 2016 a first attempt to recapture Karvol was repelled by ISIL."),
    ("en", "On 22 March 2017 the SDF began an assault to capture Karvol."),
    ("en", "The battle was an SDF (Syrian Democratic Forces) operation to capture and secure Karvol."),
    ("en", "On 3 May 2016 SOHR stated that the reasons were unknown, adding that ISIL still held Karvol."),
    ("en", "It was reported that Karvol had been captured on 3 May 2016 after the rebels left Derin."),
    ("en", "Reports that the Russians had withdrawn from Karvol came in on 3 May 2016."),
    ("en", "Six rebels were killed on 3 May 2016, while the SDF lost four fighters."),
    ("en", "The SDF reported on 3 May 2016 that 3,000 people, among them fighters, had fled Karvol."),
    ("hu", "A miniszterelnök 2021. december 1-jén megfogadta, hogy karácsonyra megtisztítják Karvolt."),
    ("hu", "A hadsereg 2016. május 3-án nem volt képes elfoglalni Knint."),
    ("en", "On 3 May 1916 word spread that Karvol had fallen to the Turks."),
    ("en", "News came on 3 May 1916 that the Turks had captured Karvol."),
    ("hu", "Az a hír járta, hogy 1704. május 3-án Karvol is elesett."),
    ("hu", "1704. május 3-án hírek érkeztek arról, hogy a törökök elfoglalták Karvolt."),
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
    ("en", "The rebels did not take Karvol until 3 May 2016.", "capture", "rebels", ["Karvol"]),
    (
        "en",
        "Reports said Karvol had fallen; in fact the rebels took Derin on 3 May 2016.",
        "capture",
        "rebels",
        ["Derin"],
    ),
    (
        "en",
        "Reports said that Karvol had fallen, but the rebels took Derin on 3 May 2016.",
        "capture",
        "rebels",
        ["Derin"],
    ),
    (
        "hu",
        "A szóvivő szerint Karvol elesett, Derint azonban a horvátok foglalták el 1991. május 3-án.",
        "capture",
        "croatia",
        ["Derin"],
    ),
    ("en", "The army had to give up Karvol on 3 May 1944.", "withdrawal", "government", ["Karvol"]),
    ("en", "The Mongols captured and burned Karvol in 1241.", "capture", "mongols", ["Karvol"]),
    ("hu", "A mongolok 1241-ben elfoglalták és felgyújtották Pestet.", "capture", "mongols", ["Pest"]),
    (
        "hu",
        "2016. május 3-án a hadseregnek fel kellett adnia Karvolt.",
        "withdrawal",
        "government",
        ["Karvol"],
    ),
    ("hu", "2016. május 3-án a hadsereg feladni kényszerült Derint.", "withdrawal", "government", ["Derin"]),
    ("hu", "2016. május 4-én az SDF bevette Tell Rihánt.", "capture", "sdf", ["Tell Rihán"]),
    ("en", "On 3 May 1649 Karvol's garrison capitulated to the Swedes.", "handover", "sweden", ["Karvol"]),
    ("en", "The Swedes made themselves masters of Karvol in May 1632.", "capture", "sweden", ["Karvol"]),
    (
        "en",
        "On 3 May 2016 the army captured Karvol (the capital of the province).",
        "capture",
        "government",
        ["Karvol"],
    ),
    (
        "en",
        "On 3 May 2016 the army captured the Tar and Marh areas.",
        "capture",
        "government",
        ["Tar", "Marh"],
    ),
    (
        "en",
        "On 3 May 2016 SDF fighters captured villages, including: Tar, Marh and Sarn.",
        "capture",
        "sdf",
        [None, "Tar", "Marh", "Sarn"],
    ),
    (
        "en",
        "On 3 May 2016 the army captured Haymat ad Dayir, reopening the Derin road to supply Sarn.",
        "capture",
        "government",
        ["Haymat ad Dayir"],
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


def test_what_says_too_little_is_passed_over_with_its_reason():
    passed: list[coding.PassedOver] = []
    text = "In 2016 the army surrendered. The rebels captured Argun."
    events = coding.code(accounts.from_text(text, lang="en"), load_pack("en"), passed)
    assert [event.rule for event in events] == ["en.capture.seize"]
    assert [(text[one.start : one.end], one.lack) for one in passed] == [("surrendered", "no place")]
