"""Short names that an account gives to armed bodies: "the Karvol Liberation Front (KLF)" is the KLF from then on.

What belongs here: finding such pairs and having both read as one organisation.  What does not: organisations that the
pack knows, and whose side they are on.
"""

from __future__ import annotations

from frontledger.languages.pack import Word
from frontledger.mentions.forms import AccountTokens, Body, cased
from frontledger.mentions.groups import gather
from frontledger.mentions.tagging import tag_sentence
from frontledger.model import Sentence

__all__ = ["learn_short_names"]

_LONGEST = 12
"""Words of a full name."""
_LETTERS = range(2, 9)
"""Letters of a short one."""
_ENDS = frozenset("),;/")


def learn_short_names(account: AccountTokens) -> None:
    """Have every short name that stands in brackets behind its full name read as that name's organisation."""
    text = account.tokens.text
    by_position = account.pack.names.pack.roles == "position"
    learnt: dict[str, tuple[str, Word | None, str]] = {}
    for at in range(1, len(text) - 2):
        if (
            text[at] == "("
            and text[at + 2] in _ENDS
            and _is_short(text[at + 1])
            and text[at + 1] not in learnt
        ):
            short = text[at + 1]
            reading = _learn(account, at, short) if by_position else _learn_declined(account, at, short)
            if reading is not None:
                learnt[short] = reading
    if not learnt:
        return
    learnt |= {} if by_position else _declined(account, learnt)
    account.inside.update(learnt)
    account.opening.update(learnt)
    opened = account.known.keys()
    leaning = set(account.leaning)
    for at, word in enumerate(text):
        if word in learnt:
            account.readings[at] = learnt[word]
        if account.tokens.low[at] in opened:
            leaning.add(at)
    account.leaning = sorted(leaning)


def _is_short(word: str) -> bool:
    letters = word.replace("-", "").removesuffix("s")  # "Security Forces (SFs)"
    return len(letters) in _LETTERS and letters.isalpha() and letters[:2].isupper() and letters[-1:].isupper()


def _learn(account: AccountTokens, at: int, short: str) -> tuple[str, Word | None, str] | None:
    """What the short name in the brackets that open at token ``at`` means; None where that is no armed body."""
    tokens = account.tokens
    if any(word.tag == "O" for word in account.pack.lexicon.get(short, ())):
        return None
    behind = [k + 2 if k == at + 1 else k + 1 for k, word in enumerate(tokens.text[:-2]) if word == short]
    if any(tokens.text[k][:1].isdigit() for k in behind):
        return None  # "Light Infantry Battalion (LIB)": a class, each with its number
    first = _name_before(account, at, short)
    if first is None:
        return None
    led = first > 0 and tokens.low[first - 1] in account.pack.words.articles.words
    opening = first - 1 if led else first  # behind its article a name is read as inside a sentence
    tagged = tag_sentence(account, Sentence(start=tokens.start[opening], end=tokens.end[at - 1], block=0), [])
    if "s" in tagged.tags[-1:]:
        return "s", tagged.words[-1], short  # "the Karvol Observatory (KO)"
    if tagged.tags[-1:] == ["O"] and (word := tagged.words[-1]) is not None:
        return "O", Word("O", short, word.info, word.flags), short
    groups = gather(account, tagged)
    actor = next((group for group in groups if group.kind == "actor"), None)
    if actor is None or "A" not in tagged.tags:
        return None
    named = "n" in tagged.tags[: actor.first]  # "the National Liberation Army"
    if not (actor.nation or actor.org or actor.title or named) and actor.role == "state":
        return "A", Word("A", short, "state"), short  # "the Security Forces (SFs)"
    name = " ".join(tokens.text[first:at]).replace(" '", "'").replace(" ’", "’")
    state = bool(actor.nation) and actor.role == "state" and actor.last == len(tagged.tags) and not named
    account.bodies[name] = Body(name, actor.nation if state else "", actor.role if state else "any")
    if not state:
        rest = tuple(tokens.low[first + 1 : at])
        account.known.setdefault(tokens.low[first], []).append((rest, Word("O", name, name)))
    return "O", Word("O", short, name), short


def _learn_declined(account: AccountTokens, at: int, short: str) -> tuple[str, Word | None, str] | None:
    """The same where names are declined and the short one is often a foreign name's: capitalised words right before the
    brackets, the last of them troops ("a Nemzeti Felszabadítási Hadsereg (NLA)").
    """
    tokens, lexicon = account.tokens, account.pack.lexicon
    if any(word.tag == "O" for word in lexicon.get(short, ())):
        return None
    first = at
    while (
        first > 0 and tokens.text[first - 1][:1].isupper() and tokens.low[first - 1] not in _articles(account)
    ):
        first -= 1
    troops = next((word for word in lexicon.get(tokens.low[at - 1], ()) if word.tag == "A"), None)
    if at - first not in range(2, _LONGEST):
        return None
    span = Sentence(start=tokens.start[first], end=tokens.end[at - 1], block=0)
    tagged = tag_sentence(account, span, [])
    last = tagged.words[-1]
    if tagged.tags[-1] == "O" and last is not None:
        return "O", Word("O", short, last.info, last.flags), short
    if troops is None or any(tag in "SCOT" for tag in tagged.tags[:-1]):
        return None  # "az Erdélyi Gárda (EG)": whose it is, it says itself
    name = " ".join([*tokens.text[first : at - 1], troops.lemma.capitalize()])
    account.bodies[name] = Body(name)
    opening, inner = tokens.low[first], tokens.low[first + 1 : at - 1]
    known = account.known.setdefault(opening, [])
    for k, word in enumerate(tokens.low):
        if word != opening or tokens.low[k + 1 : k + 1 + len(inner)] != inner:
            continue
        rest = tuple(tokens.low[k + 1 : k + 2 + len(inner)])
        head = next((w for w in lexicon.get(rest[-1] if rest else "", ()) if w.lemma == troops.lemma), None)
        if head is not None and all(rest != other for other, _word in known):
            known.append((rest, cased(Word("O", name, name), head.case)))
    return "O", Word("O", short, name), short


def _declined(
    account: AccountTokens, learnt: dict[str, tuple[str, Word | None, str]]
) -> dict[str, tuple[str, Word | None, str]]:
    """The short names with their endings: "az NLA-t"."""
    found: dict[str, tuple[str, Word | None, str]] = {}
    endings = {ending: case for ending, case, _strong, _assimilating in account.pack.endings}
    for surface in {word for word in account.tokens.text if "-" in word}:
        stem, _, ending = surface.rpartition("-")
        word = learnt[stem][1] if stem in learnt else None
        if word is not None and ending in endings:
            found[surface] = "O", cased(word, endings[ending]), stem
    return found


def _articles(account: AccountTokens) -> tuple[str, ...]:
    return account.pack.words.articles.words


def _name_before(account: AccountTokens, at: int, short: str) -> int | None:
    """The first token of the name that ends before token ``at`` and that ``short`` is made of."""
    text, low = account.tokens.text, account.tokens.low
    letters, initials = short.replace("-", "").removesuffix("s").upper(), ""
    capitals, first, unbroken = 0, at, True
    for back in range(at - 1, max(at - 1 - _LONGEST, -1), -1):
        word = text[back]
        small = not word[:1].isupper()
        if small and unbroken:
            if capitals > 1 and low[back] in account.pack.words.articles.words:
                return first  # "the Free Aceh Movement (GAM)"
            unbroken = False
        if small and low[back] not in account.pack.names.pack.inside_names:
            return None
        if word[:1].isalpha():
            initials = "".join(part[:1] for part in word.split("-")).upper() + initials
        if small:
            continue
        first, capitals = back, capitals + 1
        whole = capitals > 1 and initials[0] == letters[0] and len(letters) >= capitals - 1
        if whole and _made_of(letters, initials):
            return first
    return None


def _made_of(letters: str, initials: str) -> bool:
    """Whether ``letters`` stand in ``initials`` in their order."""
    at = 0
    for letter in letters:
        at = initials.find(letter, at) + 1
        if not at:
            return False
    return True
