"""The shapes of a language pack's files, as msgspec checks them when they are loaded.

What belongs here: which keys a pack has and what they hold.  What does not: what the engine makes of
them (``pack.py`` compiles, ``mentions`` and ``events`` use).  Unknown keys are errors.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from frontledger.model import Kind

__all__ = [
    "CommanderFile", "Commanders", "Endings", "Example", "Frame", "FrameFile", "NameFile", "Organisation",
    "Patterns", "WordFile",
]  # fmt: skip


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base: immutable, unknown keys refused."""


class Example(_Table, frozen=True, kw_only=True):
    """A sentence on which a frame must fire, and what it must give."""

    text: str
    objects: tuple[str, ...] = ()
    kind: Kind | None = None
    again: bool = False
    actor: str | None = None


class Frame(_Table, frozen=True, kw_only=True):
    """One announcement of an event and how its roles are filled.

    ``actor``, ``object``, ``against`` … are the case labels that fill the role, in order of preference;
    special labels: ``possessor`` (the owner of the frame's noun), ``pronoun`` (the side last in
    subject place), ``before`` (an actor earlier in the sentence), ``next`` (what a participle modifies).
    """

    rule: str
    kind: Kind
    yes: tuple[Example, ...]
    no: tuple[str, ...]
    verbs: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    noun_case: tuple[str, ...] = ()
    noun_optional: tuple[str, ...] = ()
    """Verbs of the frame that need no noun."""
    post: tuple[str, ...] = ()
    nominal: tuple[str, ...] = ()
    again_nominal: tuple[str, ...] = ()
    attributive: tuple[str, ...] = ()
    derived: tuple[Literal["pp", "ap", "vn", "conv", "inf"], ...] = ()
    actor: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    direction: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    needs_against: bool = False
    """Only an armed actor in the ``against`` role makes it an event (driving people out is none)."""
    needs_actor: bool = False
    """Only an armed actor in the ``actor`` role makes it an event."""
    repeats: bool = False
    """Says that what was told last happened here too: "Dundee followed"."""
    needs_object: bool = False
    """Only a place makes it an event ("lost forty men" is none)."""
    passive: bool = False
    """Only the passive announces it: "was stormed" says that it was taken, "stormed" that they tried."""
    close: bool = False
    """Only where the place itself is the subject, right before the verb: "Karvol passed to the Swedes", but "the command
    in Karvol passed to the Swedes"."""
    after_loss: bool = False
    """Only where the text tells beside it that the place had been left: "abandoned Karvol, and the Boers rode in"."""
    until: bool = False
    """The day behind "until" is the event's; without one it is none: "held out until 9 May"."""
    extent: Literal["full", "partial"] = "full"
    verbless: bool = False
    """Also announced without a verb, as in a chronicle's entries."""


class FrameFile(_Table, frozen=True, kw_only=True):
    """``frames.toml``."""

    frame: tuple[Frame, ...]


class Organisation(_Table, frozen=True, kw_only=True):
    """An armed organisation: its side id, English name and every surface in this language."""

    id: str
    name: str
    forms: tuple[str, ...]
    kind: Literal["state", "rebel", "jihadist", "militia", "any"] = "any"
    side: str | None = None
    """The side that it fights on everywhere, if that is not a side of its own."""
    side_in: dict[str, str] = {}
    """Root of the country at war → the side that it fights on there."""


class Words(_Table, frozen=True, kw_only=True):
    """A plain list."""

    words: tuple[str, ...] = ()


class SuccessWords(_Table, frozen=True, kw_only=True):
    """What an infinitive stands under when the thing happened."""

    words: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class PlanWords(_Table, frozen=True, kw_only=True):
    """Verbs and nouns of wanting, ordering, hoping."""

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


class WordFile(_Table, frozen=True, kw_only=True):
    """``words.toml``: the words of the language by what they do in a sentence about war."""

    place_types: dict[str, str] = {}
    part_types: dict[str, str] = {}
    part_words: dict[str, str] = {}
    whole_words: Words = Words()
    vicinity_words: Words = Words()
    unnamed_heads: Words = Words()
    counted: Words = Words()
    numbers: dict[str, int] = {}
    actors: dict[
        str, Literal["state", "government", "rebel", "jihadist", "militia", "band", "regular", "ally", "any"]
    ] = {}
    role_actors: dict[str, Literal["attacker", "defender", "enemy"]] = {}
    leaders: dict[str, str] = {}
    bystanders: Words = Words()
    nations: dict[str, str] = {}
    modifier_nations: dict[str, str] = {}
    countries: dict[str, str] = {}
    capitals: Words = Words()
    organisation: tuple[Organisation, ...]
    coordinators: Words = Words()
    adversatives: Words = Words()
    contrast: Words = Words()
    counters: Words = Words()
    subordinators: Words = Words()
    relatives: dict[str, str] = {}
    simultaneous: Words = Words()
    articles: Words = Words()
    demonstratives: Words = Words()
    pronouns: Words = Words()
    landmarks: Words = Words()
    between: Words = Words()
    connecting: Words = Words()
    postpositions: dict[str, str] = {}
    negation: Words = Words()
    never_negating: Words = Words()
    failure: Words = Words()
    hedges: Words = Words()
    speech_verbs: Words = Words()
    denial_verbs: Words = Words()
    speech_nouns: Words = Words()
    rumours: Words = Words()
    content: Words = Words()
    plan_words: PlanWords
    success_verbs: SuccessWords
    partial: Words = Words()
    entire: Words = Words()
    part_adjectives: Words = Words()
    again: Words = Words()
    not_places: Words = Words()
    naming: Words = Words()
    """Adjectives that say that a name stands before them: "nevű"."""
    behind_objects: Words = Words()
    """Words behind an object that are no noun which it describes: "took the town unopposed"."""
    cores: Words = Words()
    """Class nouns for the core of a town, which no other district is: "the old city", "az óváros"."""
    all_of: dict[str, int] = {}
    """What stands before a class noun where as many places are meant as were told last: "all three"."""
    respectively: Words = Words()
    """Words that give each of several things, in order, one of several others."""
    plain_adjectives: Words = Words()
    """Adjectives that end like those made of a place's name and are not ("vasúti")."""
    partitives: dict[str, int] = {}
    """Forms that count some of what stands before them ("a falvak közül hármat") and how many they are."""
    vessels: Words = Words()
    """Nouns for ships, and what stands before their names ("HMS"): the name beside them is no place."""
    crossing_verbs: Words = Words()
    """Verbs whose object, or what they lead over, is a line and no settlement: "crossed the Danube"."""
    counterfactual: Words = Words()
    subjunctive: Words = Words()
    """Auxiliaries that alone before a participle only ask for it ("ordered that Karvol be stormed")."""
    until_denied: Words = Words()
    """Subordinators whose denied verb tells what ended it ("addig vívták, amíg el nem foglalták")."""
    generic: Words = Words()
    """Words that open what anybody may do, or what is done each time ("whoever", "whenever")."""
    pending: Words = Words()
    """Phrases that leave the clause of time under them to the future ("a matter of time before")."""
    prospective: Words = Words()
    """Subordinators of time that under a plan tell no fact ("promised it to him once it was taken")."""
    preventing_verbs: Words = Words()
    """Verbs under which it did not happen, unless they failed."""
    powerless: Words = Words()
    """Words before a verb of preventing that say that it failed ("unable to prevent")."""
    topic_prepositions: Words = Words()
    talks: Words = Words()
    """Nouns with a topic behind a preposition: what is only talked about ("negotiations over the surrender")."""
    impending: Words = Words()
    """Adjectives beside a noun of happening that has not happened ("imminent", "planned")."""
    trusting_verbs: Words = Words()
    """Verbs in a condition that asks whether the source is to be trusted ("if the chronicle is to be believed")."""
    untrue: Words = Words()
    """Words that call what is reported in their sentence false."""
    habitual: Words = Words()
    """Adverbs of what was usual, and so no event."""
    earlier: Words = Words()
    """Prepositions under which a participle was yet to come ("before capturing")."""
    ending_verbs: Words = Words()
    """Verbs after which what was yet to come did not ("was recalled before capturing Karvol")."""
    remembering: Words = Words()
    """Forms of verbs under which a noun of happening is only remembered or shown."""
    purpose_prepositions: Words = Words()
    """Prepositions before a noun of happening that say what for ("raised for the conquest of Karvol")."""
    for_what_was_done: Words = Words()
    """Words before such a preposition that ask for something done ("rewarded for the capture of Karvol")."""
    factual_nouns: Words = Words()
    """Nouns of saying whose topic did happen ("the news of the fall of Karvol")."""
    lying_ahead: Words = Words()
    retelling: Words = Words()
    """Words between a clause and the one behind it that says whose word it was ("…, or so the runner says")."""
    happening_verbs: Words = Words()
    """Verbs that say of a noun of happening that it came to it: denied, it did not ("did not take place")."""
    forecasting_verbs: Words = Words()
    """Verbs under which a noun of happening is only feared or foretold."""
    rendering_verbs: Words = Words()
    """Verbs that say so of their object: "made the capture of Karvol possible"."""
    other_fields: Words = Words()
    """Words of elections, sport and trade: verbs of taking beside them tell of no war unless troops are named."""
    fictions: Words = Words()
    """Words that open a sentence about a story ("In the film, …")."""
    given_names: Words = Words()
    conditional: Words = Words()
    """Subordinators whose clause only may happen ("if")."""
    short_of: Words = Words()
    """Words that with a preposition and a participle say it did not come to it ("close to capturing")."""
    near_misses: Words = Words()
    declaring: Words = Words()
    """Adverbs before a verb that say it did not come to it ("nearly")."""
    idle_objects: dict[str, tuple[str, ...]] = {}
    """Verb → words behind it with which it is no taking ("take place"); a preposition bars only what is no
    armed actor ("cleared of mines")."""
    idle_subjects: dict[str, tuple[str, ...]] = {}
    """Verb → subjects with which it is no event ("prices fell", "the wounded were evacuated")."""
    idle_complements: dict[str, tuple[str, ...]] = {}
    """Verb → words behind its object with which it is no leaving ("left Karvol under siege")."""
    amounts: Words = Words()
    """Words before "of" that leave the actor behind it the subject ("most of the rebels withdrew")."""
    distance_units: Words = Words()
    """Words after which "from" tells a distance ("15 km from Karvol")."""
    failure_adjectives: Words = Words()
    """Words of ``failure`` that before a noun speak of that noun alone ("after the unsuccessful siege")."""
    light_verbs: Words = Words()
    """Verbs whose subject does what the noun under them names ("began an occupation of Karvol")."""
    plain_words: Words = Words()
    participles_of_place: Words = Words()
    """Participles that locate what stands before them when a name or an article follows."""
    indefinite: Words = Words()
    """Articles that introduce something new."""
    object_demonstratives: Words = Words()
    organisation_heads: Words = Words()
    temporal: Words = Words()
    no_sources: Words = Words()
    alias_adjectives: Words = Words()
    lasting_verbs: Words = Words()
    defending_verbs: Words = Words()
    directional: Words = Words()
    until: Words = Words()
    finding_verbs: Words = Words()
    """Verbs of seeing what others have done: "found Karvol abandoned"."""
    obliged: Words = Words()
    every: Words = Words()
    securing_verbs: Words = Words()
    yielding_verbs: Words = Words()
    liberating_verbs: Words = Words()
    doing_nouns: Words = Words()
    switching_pronouns: Words = Words()
    forcing_verbs: Words = Words()
    speakers_pronouns: Words = Words()
    seats: Words = Words()
    stative_verbs: Words = Words()
    place_pronouns: dict[str, str] = {}
    former: dict[str, str] = {}
    latter: dict[str, str] = {}
    """Forms that mean the first, and the second, of the two places told last, with their case labels."""
    both: Words = Words()
    object_pronouns: Words = Words()
    own: Words = Words()
    first_person: Words = Words()
    ousting_verbs: Words = Words()
    """Possessives before troops that are the speaker's: "said its forces …"."""
    denials: Words = Words()
    """Nouns of denying: "a denial of the capture of …"."""
    to_come: Words = Words()
    """Adverbs with which a verb in the present tells nothing that has happened ("tomorrow")."""
    intending: Words = Words()
    """Subordinators under which, behind a clause in the past, a present tells what was yet to come."""
    looking_back: Words = Words()
    """Subordinators and adverbs of what came before the day that the narrative is at."""
    entry_adverbs: Words = Words()
    """Adverbs that may open an entry of a list ("Briefly captured by …")."""


class Endings(_Table, frozen=True, kw_only=True):
    """Endings that mark one case on names."""

    case: str
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    assimilating: tuple[str, ...] = ()
    after: str = ""
    """Regular expression of what a name ends in that may bear them; empty for any."""


class PackTable(_Table, frozen=True, kw_only=True):
    """General properties of the language."""

    code: str
    name: str
    roles: Literal["case", "position"]
    preverbs: tuple[str, ...] = ()
    preverb_variants: dict[str, str] = {}
    foreign_ends: tuple[str, ...] = ()
    """Ends of names whose doubtful vowel is the lengthened one."""
    whole_names: tuple[str, ...] = ()
    """Names that look inflected and are not."""
    doubtful: dict[str, str] = {}
    """A vowel before an ending that is the name's own unless the name stands with the other one."""
    plural_endings: tuple[str, ...] = ()
    """What unknown nouns in the nominative plural end in."""
    """Another shape of a preverb → the one that the frames use ("föl" → "fel")."""
    lengthened: dict[str, str] = {}
    vowels: str = "aeiou"
    adjective_endings: tuple[str, ...] = ()
    adverb_endings: tuple[str, ...] = ()
    converb_endings: tuple[str, ...] = ()
    """Endings that make a converb of an unknown word behind a comma."""
    percent: str = ""
    """The share word that the sign % stands for."""
    fleeting: tuple[str, ...] = ()
    """Vowels that fall out of a name before an ending ("Eger", "egri")."""
    finite_endings: tuple[str, ...] = ()
    linking: tuple[str, ...] = ()
    inside_names: tuple[str, ...] = ()
    opening_adjectives: tuple[str, ...] = ()
    """Endings of adjectives that a sentence may open with and that are rare on names."""
    unreal_before: tuple[str, ...] = ()
    """Prepositions before a participle that is no fact ("from capturing", "the hope of capturing")."""
    genitive: str | None = None
    """The preposition of possession ("of"), if the language has one."""
    possessives: tuple[str, ...] = ()
    """Tokens that mark an owner before what is owned ("'s")."""
    compounds: bool = False
    """Whether words are freely joined, the last one saying what the thing is."""
    possessed: str = "(?!)"
    """What an unknown noun ends in when somebody owns it, as a regular expression."""
    possessed_bare: tuple[str, ...] = ()
    """What an unknown owned noun ends in before a postposition ("halála után")."""
    owned_object: str = "(?!)"
    """Regular expression of what an unknown owned noun ends in that is the object."""
    superlative: str = ""
    """What superlatives open with: "legnagyobb"."""
    purpose_cases: tuple[str, ...] = ()
    """Cases of a deverbal noun that say what for ("elfoglalásáért")."""
    topic_cases: tuple[str, ...] = ()
    """Cases of a deverbal noun that say what is talked or decided about ("átadásáról")."""


class Patterns(_Table, frozen=True, kw_only=True):
    """Phrases as regular expressions over token tags."""

    composite: str
    named: str
    adjectival: str
    unnamed: str
    definite: str
    actor: str


class Auxiliary(_Table, frozen=True, kw_only=True):
    """Verbs that say form and voice for others, in every form; empty where verbs say it themselves."""

    be: tuple[str, ...] = ()
    have: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    modal: tuple[str, ...] = ()
    infinitive: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    """Those of ``be`` that speak of the present."""
    participles: tuple[str, ...] = ()
    """Those of ``be`` and ``have`` that are participles: "being", "having"."""


class NameFile(_Table, frozen=True, kw_only=True):
    """``names.toml``."""

    pack: PackTable
    patterns: Patterns
    endings: tuple[Endings, ...] = ()
    auxiliary: Auxiliary = Auxiliary()


class Commanders(_Table, frozen=True, kw_only=True):
    """Commanders whose bare names stand for one side in the years from ``first`` to ``last``, inclusive."""

    side: str
    """A root of ``events/sides.toml``, or the id of a side as organisations have it."""
    first: int
    """The first of the years; negative before our era, as in ``events/sides.toml``."""
    last: int
    names: tuple[str, ...]


class CommanderFile(_Table, frozen=True, kw_only=True):
    """``commanders.toml``."""

    commanders: tuple[Commanders, ...]
