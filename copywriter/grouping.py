"""One group of facts a sentence: a small model keeps to two facts, not to ten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from foundation.evidence import Fact, Kind
from foundation.evidence.lexicon import lexicon, phrase
from foundation.evidence.quantities import find

ABOUT, MATERIAL, MEASURE, OPTIONS, FEATURE, DETAIL, NOTE = (
    "about", "material", "measure", "options", "feature", "detail", "note",
)  # fmt: skip
BRAND, HAS, DONE, SAYS = "brand", "has", "done", "says"
"""Finer sorts: only the maker is known; a detail told as "it has …", "it is woven …", or as it stands."""
_ORDER = (ABOUT, DETAIL, MATERIAL, HAS, MEASURE, DONE, FEATURE, SAYS, NOTE, OPTIONS)
_YES = frozenset(["yes", "true"])
_NO = frozenset(["no", "false"])
_LIST = re.compile(r"\s*[,;|]\s*")
_FEATURES = re.compile(r"(?i)\b(?:features?|highlights?|functions?|equipment)\b")
_MATERIAL = re.compile(r"(?i)\b(?:material|fabric|composition|colou?r|upper|sole|lining|shell|metal)\b")
MOST_GROUPS = 6
_NAMING = (DETAIL, HAS, DONE, MATERIAL, MEASURE, FEATURE)
_TOGETHER = {MATERIAL: 2, MEASURE: 2, OPTIONS: 1, FEATURE: 2, NOTE: 1, DETAIL: 1, HAS: 1, DONE: 1, SAYS: 1}
LONGEST_NAME = 60
MOST_OPTIONS, MOST_FEATURES = 8, 3


@dataclass(frozen=True, slots=True)
class Group:
    """Facts for one sentence; `kind` chooses the examples that the model is shown."""

    kind: str
    name: str
    facts: tuple[Fact, ...]

    @property
    def plural(self) -> bool:
        """Whether the name is that of several things ("Trail Socks")."""
        words = re.findall(r"[A-Za-z]+", self.name.split(" with ")[0].split(" for ")[0])
        return bool(words) and bool(re.search(r"(?<![sui])s$", words[-1].lower())) and len(words[-1]) > 3

    @property
    def told(self) -> tuple[Fact, ...]:
        """What a sentence for this group should say; one about the brand or type has to name the product too."""
        return (*self.facts, Fact("title", "Product", self.name)) if self.kind in (ABOUT, BRAND) else self.facts

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(fact.source for fact in self.facts)


def is_material(value: str) -> bool:
    words = phrase(value)
    return any(Kind.MATERIAL in lexicon().kinds.get((word,), ()) for word in words)


def kind_of(fact: Fact) -> str:
    """Which sort of sentence the fact asks for."""
    field, low = fact.source.split(":")[0].lower(), fact.value.lower().strip(" .")
    if field in ("title", "vendor", "brand", "type", "product_type", "category"):
        return ABOUT
    if field == "description":
        return DETAIL  # made finer by `_told_as`, which knows the product's name
    if field == "tags" or low in _NO:
        return ""
    if low in _YES:
        return FEATURE
    if set(_LIST.split(low)) <= _YES | _NO:
        return ""
    if len(_LIST.split(fact.value)) > 1 and (field == "option" or re.search(r"(?i)colou?rs?$|sizes?$", fact.label)):
        return OPTIONS
    if ";" in fact.value or _FEATURES.search(fact.label):
        return HAS
    if _MATERIAL.search(fact.label):
        return MATERIAL
    if len(fact.value.split()) <= 8 and any(one.dimension not in ("", "share") for one in find(fact.value)):
        return MEASURE
    if len(fact.value.split()) <= 5 and is_material(fact.value):
        return MATERIAL
    return NOTE


def short_name(title: str) -> str:
    """A title that a sentence can carry: what stands behind a dash, a bar or a bracket, and a tail of key words, go."""
    name = re.split(r"\s+[-–—|]\s+|\s*[|(\[]|,\s", title.strip())[0] or title.strip()
    words = name.split()
    if len(name) > LONGEST_NAME or len(words) > 8:
        name = " ".join(words[:7])[:LONGEST_NAME].rsplit(" ", 1)[0] if len(name) > LONGEST_NAME else " ".join(words[:7])
    return name.strip(" ,-")


def _features(fact: Fact) -> Iterator[tuple[str, Fact]]:
    """A list of features parted by how each is told: what it does, what it is like, what it has."""
    parts = [part.strip() for part in fact.value.split(";") if part.strip()]
    likes = [part for part in parts if _PARTICIPLE.match(part) or len(part.split()) == 1 or _SAFE.search(part)]
    does = [part for part in parts if part not in likes and _DOES.match(part)]
    has = [part for part in parts if part not in likes and part not in does]
    for kind, told in (
        (HAS, has[:MOST_FEATURES]),
        (DONE, likes[:MOST_FEATURES]),
        *((SAYS, [part]) for part in does[:1]),
    ):
        if told:
            yield kind, Fact(fact.source, fact.label, ", ".join(told))


def _trimmed(fact: Fact) -> Fact:
    """A long list is shown to the model in part; the check still knows all of it."""
    values = _LIST.split(fact.value)
    if len(values) > MOST_OPTIONS:
        return Fact(fact.source, fact.label, ", ".join(values[:MOST_OPTIONS]))
    return fact


def _batches(kind: str, facts: Sequence[Fact]) -> Iterator[tuple[Fact, ...]]:
    size = _TOGETHER[kind]
    for start in range(0, len(facts), size):
        yield tuple(_trimmed(fact) if kind == OPTIONS else fact for fact in facts[start : start + size])


def groups(facts: Sequence[Fact]) -> list[Group]:
    """At most `MOST_GROUPS` groups in the order of the text: what it is, is like, is made of, measures, choices."""
    title = next((fact.value for fact in facts if fact.source.split(":")[0] == "title"), "")
    name = short_name(title)
    sorted_in: dict[str, list[Fact]] = {}
    for fact in facts:
        kind = kind_of(fact)
        if kind and not fact.source.startswith("title"):
            sorted_in.setdefault(kind, []).append(fact)
    made: list[Group] = []
    about = _about(sorted_in.pop(ABOUT, []), title)
    if about:
        made.append(Group(BRAND if about[-1].label == "Brand" else ABOUT, name, about))
    for fact in sorted_in.pop(HAS, []):
        for kind, part in _features(fact):
            sorted_in.setdefault(kind, []).append(part)
    queues = {
        kind: [Group(_told_as(kind, batch, title), name, batch) for batch in _batches(kind, sorted_in.get(kind, []))]
        for kind in _ORDER[1:]
    }
    chosen = set(_round_robin(queues, MOST_GROUPS - len(made)))
    rest = [group for kind in _ORDER[1:] for group in queues[kind] if group in chosen]
    return [*made, *(rest if made else _naming_first(rest))]


def _naming_first(rest: Sequence[Group]) -> list[Group]:
    """Without brand or type the text begins with a sentence that can carry the product's name."""
    first = next((group for group in rest if group.kind in _NAMING), None)
    return [first, *(group for group in rest if group is not first)] if first else list(rest)


_VERB = re.compile(
    r"(?i)\b(?:is|are|has|have|can|will|makes?|made|comes?|fits|keeps?|features?|includes?|works?|provides?|offers?"
    r"|adds?"
    r"|holds?|lets?|allows?|gives?|contains?|uses?|needs?|supports?|helps?|brings?|protects?|saves?)\b"
)
_DOES = re.compile(
    r"(?i)^(?:fits|takes|keeps|lies|packs|pairs|cuts|suits|folds|holds|works|comes|runs|makes|gives|lets|opens|closes|grinds)\b"
    r"|^[a-z]{3,}s\s+(?:into|up|for|from|to|with|on|in|the|a|an|your|over)\b"
)
_SAFE = re.compile(r"(?i)\b(?:safe|free|resistant|proof|friendly|washable)\b")
_PARTICIPLE = re.compile(
    r"(?i)^(?:[a-z]+[- ])?(?:[a-z]{2,}ed|made|handmade|built|woven|sewn|cut|spun|perfect|ideal|suitable|great"
    r"|[a-z]+able|lightweight|waterproof|water-resistant)(?:[.,]|$|\s+(?:in|with|by|for|to|from|of|at|on|and|inside|outside|as)\b)"
)


def _told_as(kind: str, batch: tuple[Fact, ...], title: str) -> str:
    """How a line of the description is best told: "It is a …" if it names the product, else by its first words."""
    if kind != DETAIL:
        return kind
    value = batch[0].value
    opening = set(phrase(" ".join(value.split()[:8])))
    if set(phrase(title)[-2:]) & opening and not re.match(r"(?i)(?:the|this|these|our|it|they)\b", value):
        return DETAIL
    if _VERB.search(value, len(value.split()[0])) or _DOES.match(value):
        return SAYS
    return DONE if _PARTICIPLE.match(value) or _VERB.match(value) else HAS


def _about(facts: Sequence[Fact], title: str) -> tuple[Fact, ...]:
    """Brand and type, once each; a type that the title names already adds nothing."""
    first = {fact.label: fact for fact in reversed(facts)}
    if "Type" in first and _names_already(title, first["Type"].value):
        del first["Type"]
    return tuple(first[label] for label in ("Brand", "Type") if label in first)


def _names_already(title: str, kind: str) -> bool:
    squeezed = [re.sub(r"[^a-z]", "", text.lower()).rstrip("s") for text in (title, kind)]
    return set(phrase(kind)) <= set(phrase(title)) or squeezed[1] in squeezed[0]


def _round_robin(queues: dict[str, list[Group]], most: int) -> Iterator[Group]:
    """One of each kind before a second of any."""
    depth = 0
    while most > 0 and any(len(queue) > depth for queue in queues.values()):
        for queue in queues.values():
            if len(queue) > depth and most > 0:
                most -= 1
                yield queue[depth]
        depth += 1
