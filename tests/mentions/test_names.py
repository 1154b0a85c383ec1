"""Names as the Hungarian pack's endings take them apart: with the bare name in the account, and without."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontledger.languages.pack import load_pack
from frontledger.mentions.names import NameReading, read_names


@pytest.fixture(scope="module")
def hungarian():
    return load_pack("hu")


@pytest.mark.parametrize(
    ("account", "surface", "base", "case"),
    [
        ("Szrebrenicába Szrebrenicában Szrebrenicát", "Szrebrenicát", "Szrebrenica", "acc"),
        ("Szrebrenicába Szrebrenicában", "Szrebrenicában", "Szrebrenica", "ine"),
        ("Zsepa Zsepát", "Zsepát", "Zsepa", "acc"),
        ("Gorazsdéból Gorazsde", "Gorazsdéból", "Gorazsde", "ela"),
        ("Vukovárt Vukovár", "Vukovárt", "Vukovár", "acc"),
        ("Eszéket Eszék", "Eszéket", "Eszék", "acc"),
        ("Bihácson Bihács", "Bihácson", "Bihács", "sup"),
        ("Bihácsot Bihács", "Bihácsot", "Bihács", "acc"),
        ("Knint Knin", "Knint", "Knin", "acc"),
        ("Knin Kninnél", "Kninnél", "Knin", "ade"),
        ("Knin Kninből", "Kninből", "Knin", "ela"),
        ("Groznij Groznijt", "Groznijt", "Groznij", "acc"),
        ("Groznij Groznijban", "Groznijban", "Groznij", "ine"),
        ("Groznij Groznijból", "Groznijból", "Groznij", "ela"),
        ("Gudermesz Gudermeszt", "Gudermeszt", "Gudermesz", "acc"),
        ("Gudermesz Gudermesszel", "Gudermesszel", "Gudermesz", "ins"),
        ("Argun Argunt", "Argunt", "Argun", "acc"),
        ("Argun Argunnal", "Argunnal", "Argun", "ins"),
        ("Avgyijivka Avgyijivkát", "Avgyijivkát", "Avgyijivka", "acc"),
        ("Avgyijivka Avgyijivkától", "Avgyijivkától", "Avgyijivka", "abl"),
        ("Bahmut Bahmutnál", "Bahmutnál", "Bahmut", "ade"),
        ("Bahmut Bahmutot", "Bahmutot", "Bahmut", "acc"),
        ("Bahmut Bahmutba", "Bahmutba", "Bahmut", "ill"),
        ("Szoledar Szoledart", "Szoledart", "Szoledar", "acc"),
        ("Szoledar Szoledarra", "Szoledarra", "Szoledar", "sub"),
        ("Kupjanszk Kupjanszkot", "Kupjanszkot", "Kupjanszk", "acc"),
        ("Kupjanszk Kupjanszkig", "Kupjanszkig", "Kupjanszk", "ter"),
        ("Kupjanszk Kupjanszkon", "Kupjanszkon", "Kupjanszk", "sup"),
        ("Robotine Robotinét", "Robotinét", "Robotine", "acc"),
        ("Robotine Robotinénél", "Robotinénél", "Robotine", "ade"),
        ("Verbove Verbovéba", "Verbovéba", "Verbove", "ill"),
        ("Szevasztopol Szevasztopolt", "Szevasztopolt", "Szevasztopol", "acc"),
        ("Przemyśl Przemyślt", "Przemyślt", "Przemyśl", "acc"),
        ("Gorlice Gorlicénél", "Gorlicénél", "Gorlice", "ade"),
        ("Gorlice Gorlicét", "Gorlicét", "Gorlice", "acc"),
        ("Isonzó Isonzónál", "Isonzónál", "Isonzó", "ade"),
        ("Doberdó Doberdóról", "Doberdóról", "Doberdó", "del"),
        ("Verdun Verdunt", "Verdunt", "Verdun", "acc"),
        ("Tobruk Tobrukot", "Tobrukot", "Tobruk", "acc"),
        ("Tobruk Tobruknál", "Tobruknál", "Tobruk", "ade"),
        ("Bengázi Bengázit", "Bengázit", "Bengázi", "acc"),
        ("Bengázi Bengáziba", "Bengáziba", "Bengázi", "ill"),
        ("Tripoli Tripolinál", "Tripolinál", "Tripoli", "ade"),
        ("Austerlitz Austerlitznél", "Austerlitznél", "Austerlitz", "ade"),
        ("Wagram Wagramnál", "Wagramnál", "Wagram", "ade"),
        ("Alesia Alesiát", "Alesiát", "Alesia", "acc"),
        ("Alesia Alesiánál", "Alesiánál", "Alesia", "ade"),
        ("Massilia Massiliát", "Massiliát", "Massilia", "acc"),
        ("Eger Egert", "Egert", "Eger", "acc"),
        ("Eger Egerből", "Egerből", "Eger", "ela"),
        ("Szigetvár Szigetvárt", "Szigetvárt", "Szigetvár", "acc"),
        ("Szigetvárig Szigetvár", "Szigetvárig", "Szigetvár", "ter"),
        ("Kőszeg Kőszeget", "Kőszeget", "Kőszeg", "acc"),
        ("Temesvár Temesvárra", "Temesvárra", "Temesvár", "sub"),
        ("Győr Győrt", "Győrt", "Győr", "acc"),
        ("Komárom Komáromot", "Komáromot", "Komárom", "acc"),
        ("Komárom Komárommal", "Komárommal", "Komárom", "ins"),
        ("Buda Budát", "Budát", "Buda", "acc"),
        ("Szolnok Szolnokon", "Szolnokon", "Szolnok", "sup"),
        ("Aleppó Aleppót", "Aleppót", "Aleppó", "acc"),
        ("Rakka Rakkát", "Rakkát", "Rakka", "acc"),
        ("Moszul Moszult", "Moszult", "Moszul", "acc"),
        ("Tikrit Tikritet", "Tikritet", "Tikrit", "acc"),
        ("ar-Ramádi Ramádit Ramádi", "Ramádit", "Ramádi", "acc"),
        ("Fallúdzsa Fallúdzsát", "Fallúdzsát", "Fallúdzsa", "acc"),
        ("Kobani Kobanit", "Kobanit", "Kobani", "acc"),
        ("Szaida Szaidai", "Szaidai", "Szaida", "adj"),
        ("Leningrád Leningrádot", "Leningrádot", "Leningrád", "acc"),
        ("Kurszk Kurszkkal", "Kurszkkal", "Kurszk", "ins"),
        ("Lucknál Luck", "Lucknál", "Luck", "ade"),
        ("Liman Limant", "Limant", "Liman", "acc"),
        ("Lyman Lymanból", "Lymanból", "Lyman", "ela"),
        ("Belgrád Belgrádért", "Belgrádért", "Belgrád", "cau"),
        ("Nissza Nisszánál", "Nisszánál", "Nissza", "ade"),
        ("Kijevbe Kijev", "Kijevbe", "Kijev", "ill"),
        ("Lemberg Lembergen", "Lembergen", "Lemberg", "sup"),
        ("Sabac Sabacot", "Sabacot", "Sabac", "acc"),
        ("Zimony Zimonynál", "Zimonynál", "Zimony", "ade"),
        ("Zimony Zimonnyal", "Zimonnyal", "Zimony", "ins"),
        ("Belz Belzet", "Belzet", "Belz", "acc"),
    ],
)
def test_names_that_the_account_gives_in_several_forms(hungarian, account, surface, base, case):
    reading = read_names(account.split(), hungarian)[surface]
    assert (reading.base, reading.case) == (base, case)


@pytest.mark.parametrize(
    ("surface", "base", "case"),
    [
        ("Szrebrenicától", "Szrebrenica", "abl"),
        ("Zsepát", "Zsepa", "acc"),
        ("Vukovárnál", "Vukovár", "ade"),
        ("Vukovárral", "Vukovár", "ins"),
        ("Eszékről", "Eszék", "del"),
        ("Eszékhez", "Eszék", "all"),
        ("Bihácsnak", "Bihács", "dat"),
        ("Bihácsért", "Bihács", "cau"),
        ("Avgyijivkánál", "Avgyijivka", "ade"),
        ("Szevasztopolhoz", "Szevasztopol", "all"),
        ("Gergoviából", "Gergovia", "ela"),
        ("Egernél", "Eger", "ade"),
        ("Kőszegnél", "Kőszeg", "ade"),
        ("Győrből", "Győr", "ela"),
        ("Budáról", "Buda", "del"),
        ("Pákozdnál", "Pákozd", "ade"),
        ("Aleppóból", "Aleppó", "ela"),
        ("Moszulért", "Moszul", "cau"),
        ("Tikrit", "Tikrit", "nom"),
        ("Tikritnél", "Tikrit", "ade"),
        ("Rojava-ban", "Rojava", "ine"),
        ("IRA-tól", "IRA", "abl"),
        ("NATO-val", "NATO", "ins"),
        ("Bejrút", "Bejrút", "nom"),
        ("Damaszkusz", "Damaszkusz", "nom"),
        ("Leningráddal", "Leningrád", "ins"),
        ("Sztálingrádnál", "Sztálingrád", "ade"),
        ("Rostov", "Rostov", "nom"),
        ("Kijevként", "Kijev", "ess"),
    ],
)
def test_names_that_stand_alone(hungarian, surface, base, case):
    """Endings that hardly ever end a name need no evidence; a bare name stays as it is."""
    reading = read_names([surface], hungarian)[surface]
    assert (reading.base, reading.case) == (base, case)


@pytest.mark.parametrize(
    ("surface", "base", "case"),
    [
        ("Knint", "Knin", "acc"),
        ("Bihácsot", "Bihács", "acc"),
        ("Eszéken", "Eszék", "sup"),
    ],
)
def test_weak_endings_without_evidence_are_left_to_the_clause(hungarian, surface, base, case):
    assert read_names([surface], hungarian)[surface] == NameReading(surface, "nom", (base, case))


@pytest.mark.parametrize(
    ("name", "inflected"),
    [
        ("Rabat", "Rabatnál"),
        ("Baden", "Badennél"),
        ("Camden", "Camdenből"),
        ("Gent", "Gentről"),
        ("Szentendre", "Szentendrétől"),
        ("Passau", "Passauból"),
        ("Lipót", "Lipótért"),
        ("Ramat", "Ramathoz"),
    ],
)
def test_names_that_look_inflected_stay_whole(hungarian, name, inflected):
    """Their last letters are endings elsewhere; their other forms say that they belong to the name."""
    readings = read_names([name, inflected], hungarian)
    assert [readings[name].base, readings[inflected].base] == [name, name]


def test_the_longer_form_keeps_its_final_vowel(hungarian):
    """Palmyra-like names: an -ai adjective votes for the name, which has no ending -ra then."""
    readings = read_names(["Palmüra", "Palmürai", "Palmürát"], hungarian)
    assert {surface: reading.base for surface, reading in readings.items()} == {
        "Palmüra": "Palmüra",
        "Palmürai": "Palmüra",
        "Palmürát": "Palmüra",
    }


def test_a_language_without_endings_reads_names_as_they_stand():
    english = load_pack("en")
    surfaces = ["Verdun", "Antietam", "Kobani", "Rojava", "Lucknow"]
    assert read_names(surfaces, english) == {surface: NameReading(surface, "nom") for surface in surfaces}


NAMES = st.text(alphabet="abcdefghijklmnoprstuvzáéíóöőúüűščžćđ'-", min_size=1, max_size=14).map(
    str.capitalize
)


@given(st.lists(NAMES, max_size=12))
def test_a_base_is_what_the_surface_begins_with(surfaces):
    """Never raises; the base is a beginning of the surface, but for a vowel that the ending had lengthened."""
    hungarian = load_pack("hu")
    lengthened = {**hungarian.names.pack.lengthened, **hungarian.names.pack.doubtful}
    for surface, reading in read_names(surfaces, hungarian).items():
        for base in (reading.base, reading.maybe[0] if reading.maybe else surface):
            shared = base if surface.startswith(base) else base[:-1]
            assert surface.startswith(shared)
            assert len(base) <= len(surface)
            if shared != base:
                assert base[-1] in lengthened.values() or base[-1] == surface[len(base)]


@given(st.lists(NAMES, max_size=8), st.randoms(use_true_random=False))
def test_order_of_surfaces_says_nothing(surfaces, random):
    hungarian = load_pack("hu")
    shuffled = random.sample(surfaces, len(surfaces))
    assert read_names(surfaces, hungarian) == read_names(shuffled, hungarian)


@given(st.text(max_size=12))
def test_any_text_is_read(surface):
    assert set(read_names([surface], load_pack("hu"))) == {surface}


@pytest.mark.parametrize("name", ["Nagyszombat", "Darmstadt"])
def test_what_no_ending_can_follow_is_the_name(hungarian, name):
    assert read_names([name], hungarian)[name] == NameReading(name, "nom")


def test_other_forms_of_a_name_say_that_it_is_bare(hungarian):
    assert read_names(["Napóleon", "Napóleonnak"], hungarian)["Napóleon"].maybe is None
