"""Which side a people, state or organisation is in the wars of all ages: the data of packs and sides together."""

import pytest

from frontledger.events.sidetable import side_table, slug
from frontledger.languages.commanders import load_commanders
from frontledger.languages.pack import load_pack, packs

from .opening import code, facts

ENGLISH = """
481 BC | the Spartans | sparta
216 BC | the Carthaginians | carthage
210 BC | Numidian horsemen | numidia
338 BC | the Macedonians | macedon
48 BC | the Pompeians | pompeians
101 | the Dacians | dacia
378 | the Goths | goths
637 | the Arabs | arabs
637 | the Muslims | arabs
1098 | the Franks | crusaders
1097 | the Turks | seljuks
1241 | the Mongols | mongols
1430 | the Hussites | hussites
1431 | the English | england
1760 | the English | britain
1468 | the Burgundians | burgundy
1526 | the Turks | ottoman
1632 | the Imperials | austria
1632 | the Imperial army | austria
1632 | the Swedes | sweden
1644 | the Roundheads | parliamentarians
1644 | the Royalists | royalists
1644 | the Parliamentary army | parliamentarians
1704 | the Kuruc | kuruc
1709 | the Saxons | saxony
1757 | the Prussians | prussia
1777 | the Hessians | britain
1777 | the Patriots | united-states
1819 | the Patriots | patriots
1838 | the Carlists | carlists
1863 | Union forces | union
1863 | the Federals | union
1863 | the Confederates | confederacy
1859 | the Piedmontese | sardinia
1870 | the Prussians | germany
1870 | the Bavarians | germany
1879 | the Zulus | zulu
1885 | the Mahdists | mahdists
1900 | the Boers | boers
1915 | Austro-Hungarian troops | austria
1915 | Hungarian troops | austria
1919 | the Reds | soviet-union
1919 | the Bolsheviks | soviet-union
1919 | the Whites | whites
1919 | the White Army | whites
1920 | the Red Army | soviet-union
1922 | the Turks | turkey
1937 | the Kuomintang | nationalists
1948 | the PLA | communists
1951 | the PLA | china
1951 | the People's Liberation Army | china
1937 | the Francoists | nationalists
1944 | the Home Army | poland
1948 | the Arab Legion | jordan
1954 | the Viet Minh | viet-minh
1958 | the FLN | fln
1968 | the Biafrans | biafra
1968 | federal troops | nigerian-government
1975 | the MPLA | mpla
1975 | UNITA | unita
1980 | RENAMO | renamo
1985 | the mujahideen | mujahideen
1991 | the JNA | yugoslavia
1993 | the HVO | bosnian-croats
1993 | Bosnian Croats | bosnian-croats
1993 | Bosniaks | bosnia
1993 | the ARBiH | bosnia
1995 | the Bosnian Serbs | republika-srpska
1991 | Croatian Serbs | croatian-serbs
1999 | the KLA | uck
1995 | the Chechens | chechnya
2022 | Chechen fighters | russia
1999 | the RUF | ruf
2021 | Fano militias | fano
2021 | the Arakan Army | arakan-army
2021 | the Tatmadaw | myanmar-government
2020 | Artsakh forces | armenia
2020 | Armenian forces | armenia
1988 | the EPLF | eplf
1988 | the Eritreans | eplf
2021 | Tigrayan forces | tplf
2021 | the TPLF | tplf
1920 | the Irish | ira
1958 | Algerian troops | fln
1818 | the Spanish | royalists
2013 | SPLM-IO | splm-io
2016 | the YPG | ypg
2016 | the People's Protection Units | ypg
2022 | the Donetsk People's Republic | donetsk-pr
1985 | the PLO | plo
1937 | Chinese troops | china
1860 | the Taiping | taiping
1841 | the Qing | china
1521 | the Aztecs | aztecs
1914 | Mexican Villistas | villistas
1968 | the Khmer Rouge | khmer-rouge
1982 | the Argentines | argentina
1916 | the Arabs | arabs
1661 | Commonwealth forces | poland
1942 | Commonwealth troops | britain
1944 | the Chetniks | chetniks
1944 | the Yugoslav Partisans | yugoslav-partisans
1922 | the IRA | ira
1922 | Free State troops | irish-free-state
1941 | Vichy French forces | vichy-france
1860 | Taiping rebels | taiping
1995 | Chechen rebels | chechnya
1915 | the imperial German army | germany
"""
HUNGARIAN = """
Kr. e. 216-ban a karthágóiak elfoglalták | carthage
106-ban a dákok elfoglalták | dacia
451-ben a hunok elfoglalták | huns
637-ben az arabok elfoglalták | arabs
637-ben a muszlimok elfoglalták | arabs
1098-ban a keresztesek elfoglalták | crusaders
1187-ben az ajjúbidák elfoglalták | ayyubids
1241-ben a mongolok elfoglalták | mongols
1430-ban a husziták elfoglalták | hussites
1431-ben az angolok elfoglalták | england
1760-ban az angolok elfoglalták | britain
1441-ben a magyarok elfoglalták | hungary
1566-ban a törökök elfoglalták | ottoman
1566-ban a császáriak elfoglalták | austria
1566-ban a császári sereg elfoglalta | austria
1605-ben a hajdúk elfoglalták | bocskai
1704-ben a kurucok elfoglalták | kuruc
1704-ben a kuruc sereg elfoglalta | kuruc
1704-ben a labancok elfoglalták | austria
1632-ben a svédek elfoglalták | sweden
1644-ben a királypártiak elfoglalták | royalists
1709-ben a szászok elfoglalták | saxony
1757-ben a poroszok elfoglalták | prussia
1849-ben a honvédek elfoglalták | hungary
1849-ben a császáriak elfoglalták | austria
1849-ben a rácok elfoglalták | serbia
1849-ben az oroszok elfoglalták | russia
1859-ben a piemontiak elfoglalták | sardinia
1870-ben a poroszok elfoglalták | germany
1863-ban a konföderációsok elfoglalták | confederacy
1863-ban az unionisták elfoglalták | union
1863-ban a szövetségi csapatok elfoglalták | union
1879-ben a zuluk elfoglalták | zulu
1900-ban a búrok elfoglalták | boers
1915-ben az osztrák–magyar csapatok elfoglalták | austria
1915-ben a magyar csapatok elfoglalták | austria
1919-ben a magyar csapatok elfoglalták | hungary
1919-ben a bolsevikok elfoglalták | soviet-union
1919-ben a fehérgárdisták elfoglalták | whites
1919-ben a románok elfoglalták | romania
1922-ben a törökök elfoglalták | turkey
1937-ben a nacionalisták elfoglalták | nationalists
1937-ben a köztársaságiak elfoglalták | republicans
1937-ben a francoisták elfoglalták | nationalists
1937-ben a kínaiak elfoglalták | china
1944-ben a csetnikek elfoglalták | chetniks
1944-ben a Honi Hadsereg elfoglalta | poland
1954-ben a Vietminh elfoglalta | viet-minh
1958-ban az FLN elfoglalta | fln
1968-ban a Vietkong elfoglalta | viet-cong
1968-ban a biafraiak elfoglalták | biafra
1968-ban a nigériai csapatok elfoglalták | nigerian-government
1975-ben az UNITA elfoglalta | unita
1976-ban az MPLA elfoglalta | mpla
1985-ben a mudzsahedek elfoglalták | mujahideen
1991-ben a JNA elfoglalta | yugoslavia
1991-ben a Jugoszláv Néphadsereg elfoglalta | yugoslavia
1993-ban a HVO elfoglalta | bosnian-croats
1993-ban a boszniai szerbek elfoglalták | republika-srpska
1993-ban a bosnyákok elfoglalták | bosnia
1995-ben a csecsenek elfoglalták | chechnya
2001-ben a tálibok elfoglalták | taliban
2015-ben a húszik elfoglalták | houthi
2021-ben a TPLF elfoglalta | tplf
2023-ban az RSF elfoglalta | rsf
2022-ben a Donyecki Népköztársaság elfoglalta | donetsk-pr
1521-ben a spanyolok elfoglalták | spain
1521-ben az aztékok elfoglalták | aztecs
1860-ban a tajpingek elfoglalták | taiping
1857-ben a szipojok elfoglalták | sepoys
1885-ben a mahdisták elfoglalták | mahdists
1982-ben az argentinok elfoglalták | argentina
1944-ben a Szabad Francia Erők elfoglalták | france
"""


def lines(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


def captors(lang: str, text: str) -> list[str | None]:
    return [one.actor.id if one.actor else None for one in facts(code(lang, text), "capture")]


@pytest.mark.parametrize(("year", "who", "side"), lines(ENGLISH))
def test_english_names_of_peoples_and_organisations_say_their_side(year, who, side):
    assert captors("en", f"In {year} {who} captured Karvol.") == [side]


@pytest.mark.parametrize(("clause", "side"), lines(HUNGARIAN))
def test_hungarian_names_of_peoples_and_organisations_say_their_side(clause, side):
    assert captors("hu", f"{clause} Karvol városát.") == [side]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "In 1919 a red flag flew over Karvol, and white smoke covered it."),
        ("en", "In 2014 the pact between the powers was signed in Karvol."),
        ("hu", "1919-ben vörös zászló és fehér füst borította Karvol városát."),
    ],
)
def test_ordinary_words_are_nobody(lang, text):
    assert captors(lang, text) == []


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("1849-ben az oroszok feladták Derint. Görgei visszafoglalta Karvolt.", "hungary"),
        ("1704-ben a császáriak feladták Derint. Rákóczi elfoglalta Karvolt.", "kuruc"),
        ("1605-ben a törökök feladták Derint. Bocskai elfoglalta Karvolt.", "bocskai"),
        ("1566-ban a törökök feladták Derint. Zrínyi elfoglalta Karvolt.", "austria"),
    ],
)
def test_a_commander_may_open_a_sentence_and_end_like_an_adjective(text, side):
    assert captors("hu", text) == [side]


def roots(lang: str) -> set[str]:
    words = load_pack(lang).words
    said = (words.nations, words.modifier_nations, words.countries, words.leaders)
    return {root for table in said for root in table.values() if root}


def sides(lang: str) -> set[str]:
    """Every id that an account of the language can give to a side by its words."""
    known = side_table().roots
    organisations = load_pack(lang).words.organisation
    own = {
        slug(f"{root.adjective} {part}")
        for root in known.values()
        if root.civil
        for part in ("government", "rebels")
    }
    named = {org.side for org in organisations if org.side} | {
        org.id for org in organisations if org.side is None
    }
    return {*known, *own, *named, *(side for org in organisations for side in org.side_in.values())}


@pytest.mark.parametrize("lang", packs())
def test_every_root_of_a_pack_is_a_side_with_a_name(lang):
    assert roots(lang) - side_table().roots.keys() == set()


@pytest.mark.parametrize("lang", packs())
def test_commanders_fight_for_sides_that_there_are(lang):
    assert {group.side for group in load_commanders(lang)} - sides(lang) == set()


@pytest.mark.parametrize("lang", packs())
def test_commanders_stand_for_the_side_that_their_nation_is_in_those_years(lang):
    """ "The Prussians" and Moltke are one side in 1870: an era's word must not be told of a commander."""
    renamed = [
        (group.side, group.first, era.as_)
        for group in load_commanders(lang)
        for era in side_table().eras
        if group.side == era.root and era.first <= group.first and group.last <= era.last
    ]
    assert renamed == []


@pytest.mark.parametrize("lang", packs())
def test_organisations_fight_for_sides_that_there_are(lang):
    known = sides(lang)
    organisations = load_pack(lang).words.organisation
    assert {org.side for org in organisations if org.side} - known == set()
    ids = [org.id for org in organisations]
    assert len(ids) == len(set(ids))
    told: dict[str, str] = {}
    for org in organisations:
        for form in org.forms:
            assert told.setdefault(form.lower(), org.id) == org.id, form


def test_eras_are_in_order_and_of_known_roots():
    eras = side_table().eras
    for era in eras:
        assert era.first <= era.last, era
        assert {era.root, era.as_} <= side_table().roots.keys(), era
        assert era.root != era.as_
    for one in eras:
        for other in eras:
            apart = one is other or one.root != other.root or one.last < other.first or other.last < one.first
            assert apart, (one, other)


def test_no_era_leads_to_a_word_that_means_another_side_in_those_years():
    eras = side_table().eras
    chained = [
        (one.root, one.as_, other.as_)
        for one in eras
        for other in eras
        if one.as_ == other.root and one.first <= other.last and other.first <= one.last
    ]
    assert chained == []
