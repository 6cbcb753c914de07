"""What the facts say is not in the box: "batteries not included", "Bulb included: No", "sold separately"."""

from __future__ import annotations

import re

from foundation.evidence.lexicon import lexicon, phrase

_APART = re.compile(
    r"(?i)\b(?:not (?:included|supplied|provided|enclosed)|excluded|sold separately|available separately)\b"
)
_INCLUDED = re.compile(r"(?i)\b(?:included|supplied|provided)\b")
_MORE = re.compile(r"(?i)\b(?:extra|additional|more|further|other|spare|replacement|optional)\b")
_CLAUSE = re.compile(r"[.;\n|]")
_GIVES = re.compile(
    r"(?i)\b(?:comes?|sold|supplied|delivered|packed|shipped|complete) with\b"
    r"|\b(?:supplied|provided|included|enclosed|includes?|including)\b|\byou (?:also )?get\b|\bin the box\b"
)
_DENIES = re.compile(r"(?i)\b(?:not|no|without|separately|excluded|excluding|isn't|aren't|never)\b")


def absent(label: str, text: str, is_no: bool, is_title: bool) -> frozenset[str]:
    """Stems of what the field says is left out; of a title, which names the thing too, only the word before."""
    if is_no:
        return _content(label) if _INCLUDED.search(label) else frozenset()
    words: set[str] = set()
    for clause in _CLAUSE.split(text):
        found = None if _MORE.search(f"{label} {clause}") else _APART.search(clause)
        if found and is_title:
            words |= set(phrase(clause[: found.start()])[-1:])
        elif found:
            words |= _content(clause) | _content(label)
    return frozenset(words)


def gives(sentence: str) -> bool:
    """Whether a sentence says that something comes along."""
    return bool(_GIVES.search(sentence)) and not _DENIES.search(sentence)


def _content(text: str) -> frozenset[str]:
    said = (word for word in phrase(_INCLUDED.sub(" ", _APART.sub(" ", text))) if word.isalpha() and len(word) > 2)
    return frozenset(word for word in said if word not in lexicon().harmless and word != "descript")
