"""Words of a text with what stands in front of them: a negation turns the words behind it round."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from foundation.evidence.lexicon import lexicon, stem
from foundation.evidence.types import Kind
from foundation.evidence.wordsets import words

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,/]\d+)*|[^\w\s]|_")
_NEGATORS = words("not no without never cannot can't neither nor lacks lacking lack excluding excludes exclude excl")
_CLAUSE_END = frozenset(",.;:!?()-[]{}|/")
_CLAUSE_WORDS = words("but with and while although though however instead rather")
_FREE_AFTER = words(
    "bpa gluten sugar dairy lead nickel fat alcohol paraben sulphate sulfate fragrance latex phthalate plastic nut"
    " soy lactose cruelty chemical acid toxin caffeine wrinkle maintenance"
)
_SCOPE = 4


_IMITATION = words("faux fake imitation artificial synthetic vegan simulated pu mock")
_ONLY_LOOKS = words(
    "look effect style tone toned coloured colored plated plating like leatherette lookalike print finish"
)


@dataclass(slots=True)
class Token:
    """A word, number or sign at text[start:end]; `joined` if a hyphen ties it to the token before."""

    text: str
    low: str
    stem: str
    start: int
    end: int
    negated: bool = False
    joined: bool = False

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


@lru_cache(maxsize=32768)
def _low(text: str) -> tuple[str, str]:
    low = text.lower()
    if low.endswith("'s"):
        low = low[:-2]
    elif low.endswith("'"):
        low = low[:-1]
    return low, stem(low)


def _raw(text: str, start: int, end: int) -> list[Token]:
    """Tokens without signs, save those that end a clause."""
    tokens: list[Token] = []
    hyphen = -1
    for match in _TOKEN.finditer(text, start, end):
        piece = match.group()
        low, base = _low(piece)
        joined = hyphen == match.start()
        if piece == "-":
            glued = match.start() > start and match.end() < end
            hyphen = match.end() if glued and not text[match.start() - 1].isspace() else -1
            if hyphen >= 0:
                continue
        apart = not joined and match.start() - tokens[-1].end == 1 if tokens else False
        if (
            (joined or apart) and tokens and tokens[-1].low == "non" and piece[0].isalpha()
        ):  # "non-slip" is a property, not a negation
            piece, low = tokens[-1].text + "-" + piece, "non" + low
            tokens[-1] = Token(text[tokens[-1].start : match.end()], low, stem(low), tokens[-1].start, match.end())
            continue
        tokens.append(Token(piece, low, base, match.start(), match.end(), joined=joined))
    return tokens


def _negate(token: Token) -> Token:
    return Token(token.text, token.low, token.stem, token.start, token.end, True, token.joined)


def _imitated(tokens: list[Token]) -> None:
    """ "Faux leather", "gold-plated" and "wood effect" are not leather, gold and wood: their stem is "~leather"."""
    for index, token in enumerate(tokens):
        before = index and tokens[index - 1].low in _IMITATION
        after = index + 1 < len(tokens) and tokens[index + 1].low in _ONLY_LOOKS
        if (before or after) and Kind.MATERIAL in lexicon().kinds.get((token.stem,), ()):
            tokens[index] = replace(token, stem="~" + token.stem)


def tokenise(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of text[start:end] with negation marked: "no zip", "BPA-free", "free of lead", "isn't waterproof"."""
    tokens = _raw(text, start, len(text) if end is None else end)
    _imitated(tokens)
    left, listed = 0, False  # words still to turn round; whether "and" goes on listing what is missing
    for index, token in enumerate(tokens):
        low = token.low
        if low in _CLAUSE_END or (low in _CLAUSE_WORDS and left < _SCOPE and not (listed and low == "and")):
            left = 0
        elif low in _NEGATORS or low.endswith("n't") or (low == "non" and not token.joined):
            left, listed = 0 if _not_only(tokens, index) else _SCOPE, low in ("no", "without")
        elif low == "free" and index + 1 < len(tokens) and tokens[index + 1].low in ("of", "from"):
            left, listed = _SCOPE + 1, True
        elif low == "free" and index and (token.joined or tokens[index - 1].low in _FREE_AFTER):
            tokens[index - 1] = _negate(tokens[index - 1])
        elif left and token.is_word:
            tokens[index] = _negate(token)
            left -= 1
    return tokens


def _not_only(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].low in ("only", "just", "to")
