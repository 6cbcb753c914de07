"""The word lists of `data/`, read once: what a word is about, what its other names are, what backs it.

A line `a = b` gives one thing two names; `general > specific, …` lets the specific one back the general one, never the
other way round ("metal" is backed by "copper", "copper" not by "metal").
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import snowballstemmer

from foundation.evidence.types import Kind
from foundation.evidence.wordsets import words

Phrase = tuple[str, ...]
_DATA = Path(__file__).parent / "data"
_STEMMER = snowballstemmer.stemmer("english")
_STEMMER_LOCK = threading.Lock()  # it keeps the word in itself while it works: two threads would mix theirs
_WORD = re.compile(r"[^\W_]+")
_IRREGULAR = {
    "knives": "knife", "leaves": "leaf", "shelves": "shelf", "halves": "half", "wolves": "wolf", "feet": "foot",
    "teeth": "tooth", "children": "child", "men": "man", "women": "woman", "mice": "mouse", "geese": "goose",
    "scarves": "scarf", "loaves": "loaf", "wove": "weave", "woven": "weave", "worn": "wear", "driven": "drive",
    "ground": "ground", "glued": "glue", "news": "news", "glasses": "glasses", "mens": "man", "womens": "woman",
    "kids": "kid", "dyed": "dye", "tied": "tie", "lens": "lens", "lenses": "lens", "woods": "wood", "ties": "tie",
    "bras": "bra",
}  # fmt: skip
_KINDS = (
    ("materials", Kind.MATERIAL), ("colours", Kind.COLOUR), ("places", Kind.PLACE),
    ("certificates", Kind.CERTIFICATE), ("features", Kind.FEATURE),
)  # fmt: skip
SIZE_WORDS = words(
    "small medium large big huge giant tiny mini compact oversized oversize wide narrow long short tall high deep"
    " thick thin slim xs s m l xl xxl xxxl king queen full-size petite plus-size regular low"
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a lower-case word (Snowball English), with the irregular plurals of shops."""
    word = _IRREGULAR.get(word, word)
    if len(word) < 4:
        return word
    with _STEMMER_LOCK:
        return str(_STEMMER.stemWord(word))


def roots_of_able(word: str) -> tuple[str, ...]:
    """Stems of the verb in a word such as "washable", "removable", "dimmable"; empty for other words."""
    if not word.endswith(("able", "ible")) or len(word) < 8:
        return ()
    root = word[:-4]
    doubled = (stem(root[:-1]),) if root[-1] == root[-2] else ()
    return (stem(root), stem(root + "e"), *doubled)


def spelt(text: str) -> list[str]:
    """The words of a text as they stand there, in small letters; hyphens part words."""
    return _WORD.findall(text.lower())


def phrase(text: str) -> Phrase:
    """A text as the stems of its words."""
    return tuple(map(stem, spelt(text)))


@dataclass
class Lexicon:
    """`kinds`: what a phrase may be. `same`: phrase → its first name. `backs`: phrase → the general names it backs."""

    kinds: dict[Phrase, set[Kind]] = field(default_factory=dict)
    same: dict[Phrase, Phrase] = field(default_factory=dict)
    backs: dict[Phrase, set[Phrase]] = field(default_factory=dict)
    harmless: frozenset[str] = frozenset()
    opinion: frozenset[str] = frozenset()
    superlatives: frozenset[str] = frozenset()
    phrases_by_first: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)

    def canonical(self, words: Phrase) -> Phrase:
        return self.same.get(words, words)

    @lru_cache(maxsize=65536)  # noqa: B019 - one lexicon lives as long as the process
    def backed_by(self, words: Phrase) -> frozenset[Phrase]:
        """Every phrase that a fact holding `words` backs: itself, its names, what is more general, transitively."""
        seen: set[Phrase] = set()
        todo = [self.canonical(words)]
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo.extend(self.canonical(general) for general in self.backs.get(one, ()))
        return frozenset(seen)

    def __hash__(self) -> int:
        return id(self)


def _lines(name: str) -> Iterator[str]:
    for line in (_DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.lower().split())


def _stems(words: Iterable[str]) -> frozenset[str]:
    """The words and their stems; a hyphenated one also written together, as the tokeniser may see it."""
    plain = {word.replace("-", "") for word in words} | set(words)
    return frozenset(plain | {stem(word) for word in plain})


def _add_names(lexicon: Lexicon, names: list[Phrase]) -> Phrase:
    first = lexicon.canonical(names[0])
    for name in names:
        if name != first:
            lexicon.same.setdefault(name, first)
    return first


def _read(lexicon: Lexicon, name: str, kind: Kind | None) -> None:
    for line in _lines(name):
        left, _, right = line.partition(">")
        names = [phrase(part) for part in left.split("=") if phrase(part)]
        first = _add_names(lexicon, names)
        specifics = [phrase(part) for part in right.split(",") if phrase(part)]
        for specific in specifics:
            if specific != first:
                lexicon.backs.setdefault(lexicon.canonical(specific), set()).add(first)
        if kind is not None:
            for item in (*names, *specifics):
                lexicon.kinds.setdefault(item, set()).add(kind)
        else:
            for item in (*names, *specifics):
                lexicon.kinds.setdefault(item, set())


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The one lexicon of the process."""
    made = Lexicon(
        harmless=_stems(_words("harmless")), opinion=_stems(_words("opinion")), superlatives=_words("superlatives")
    )
    for name, kind in _KINDS:
        _read(made, name, kind)
    _read(made, "synonyms", None)
    by_first: dict[str, list[Phrase]] = {}
    for item in made.kinds:
        if len(item) > 1:
            by_first.setdefault(item[0], []).append(item)
    made.phrases_by_first = {first: tuple(sorted(items, key=len, reverse=True)) for first, items in by_first.items()}
    return made
