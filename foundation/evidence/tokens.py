"""Words of a text with what stands in front of them: a negation turns the words behind it round."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from foundation.evidence.lexicon import lexicon, stem
from foundation.evidence.types import Kind
from foundation.evidence.wordsets import words

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,/]\d+)*|[^\w\s]|_")
_NEGATORS = words(
    "not no none without never cannot can't neither nor lacks lacking lack excluding excludes exclude excl"
)
_CLAUSE_END = frozenset(",.;:!?()-[]{}|/")
_CLAUSE_WORDS = words("but with and while although though however instead rather")
_FREE_AFTER = words(
    "bpa gluten sugar dairy lead nickel fat alcohol paraben sulphate sulfate fragrance latex phthalate plastic nut"
    " soy lactose cruelty chemical acid toxin caffeine wrinkle maintenance"
)
_FREE_BEFORE = words(
    "range ranging trade trader standing stand shipping gift delivery flow flowing spirit style fall falling size"
    " weight returns sample samples hand time people running movement rotating spinning hanging form wheel"
) | {"+", "&"}
"""Behind "free": what is free itself, "free range", "a free gift"."""
_FREE_ITSELF = words("is are be being feel get gets for a an the totally completely absolutely set buy one")
_SCOPE = 4
_AVOIDED = words(
    "drill drilling tie ties slip show pull spill sew glue iron ironing wash rinse touch heat bend crush fade peel shed"
    " rust tangle wrinkle itch roll squeak scratch mess fuss screws nails assembly stick crease pinch rub sag snag"
)
"""What no one has to do, or what does not happen: "No Drill", "No Slip"; no first half of a name for a substance."""
_WANTED = words("needed required necessary included allowed")


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
        prefix = tokens[-1].low if tokens and piece[0].isalpha() else ""
        if (prefix == "non" and (joined or apart)) or (prefix == "re" and joined):
            glue = "-" if prefix == "non" else ""  # "non-slip" is a property, no negation; "re-usable" is reusable
            piece, low = tokens[-1].text + glue + piece, prefix + low
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
    _other_sense(tokens)
    left, listed = 0, False  # words still to turn round; whether "and" goes on listing what is missing
    for index, token in enumerate(tokens):
        low = token.low
        if low in _CLAUSE_END or (low in _CLAUSE_WORDS and left < _SCOPE and not (listed and low == "and")):
            left = 0
        elif low in _NEGATORS or low.endswith("n't") or (low == "non" and not token.joined):
            left, listed = 0 if _not_only(tokens, index) else _SCOPE, low in ("no", "without")
            if low in ("no", "not"):
                left = min(left, _named(tokens, index))
        elif low == "free" and index + 1 < len(tokens) and tokens[index + 1].low in ("of", "from"):
            left, listed = _SCOPE + 1, True
        elif low == "free" and index and (token.joined or _is_without(tokens, index)):
            tokens[index - 1] = _negate(tokens[index - 1])
        elif left and token.is_word:
            tokens[index] = _negate(token)
            left -= 1
    return tokens


def _is_without(tokens: list[Token], index: int) -> bool:
    """Whether the "free" at `index` turns the word before it round: "egg free", no "organic free range"."""
    before, after = tokens[index - 1], tokens[index + 1].low if index + 1 < len(tokens) else ""
    if before.low in _FREE_AFTER:
        return True
    return (
        before.is_word
        and before.low not in _FREE_ITSELF
        and before.stem not in lexicon().harmless
        and (after not in _FREE_BEFORE)
    )


def _named(tokens: list[Token], index: int) -> int:
    """How many words "no" turns round in a name: "No-Show Socks" one, a "Mess No More" mat and "Me Not" none."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if tokens[index].joined or (index and tokens[index - 1].text == "Me"):
        return 0
    if (
        after is not None
        and tokens[index].text + after.text == "NoMore"
        and index + 2 < len(tokens)
        and tokens[index + 2].low != "than"
    ):
        return 0
    if after is not None and tokens[index].text == "No" and not after.joined and after.text[0].isupper():
        return _in_title(tokens, index)
    return 1 if after is not None and after.joined else _SCOPE


def _in_title(tokens: list[Token], index: int) -> int:
    """How many words "No" turns round in a title: "Caddy No Drill White Metal" is white, and of metal."""
    around = [token for token in (*tokens[max(0, index - 1) : index], *tokens[index + 2 : index + 3]) if token.is_word]
    if not around or not all(token.text[0].isupper() for token in around):
        return _SCOPE
    if tokens[index + 1].low not in _AVOIDED or around[-1].low in ("and", "or"):
        return _SCOPE
    return 2 if around[-1].low in _WANTED else 1


def said_missing(tokens: list[Token]) -> frozenset[int]:
    """Places of words that the text denies from afar: "free from yeast, gluten and oil", "blades are excluded"."""
    missing: set[int] = set()
    listing, clause = False, 0
    for index, token in enumerate(tokens):
        if token.low in ("of", "from") and index and tokens[index - 1].low == "free":
            listing = True
        elif listing and (token.is_word or token.low == ","):
            listing = token.low in (",", "and", "or", "nor") or token.low not in lexicon().harmless
            missing.update((index,) if listing else ())
        else:
            listing = False
        if index > 1 and tokens[index - 1].low in ("or", "nor") and (tokens[index - 2].negated or index - 2 in missing):
            missing.add(index)  # "not suitable for fountain pens or markers"
        if token.low == "excluded" and (not index or tokens[index - 1].low != "not"):
            missing.update(range(clause, index))
        if token.low in _CLAUSE_END or token.low in _CLAUSE_WORDS - {"and"}:
            clause = index + 1
    return frozenset(missing)


def _other_sense(tokens: list[Token]) -> None:
    """ "Let us know" is no country and "tilts up and down" no feather: their stems are "~us" and "~down"."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1].low if index else ""
        up = before in ("up", "upside") or (before in ("and", "or") and index > 1 and tokens[index - 2].low == "up")
        after = tokens[index + 1] if index + 1 < len(tokens) else token
        moved = (up or before in _MOVED or after.low in ("to", "into", "onto")) and not after.joined
        if token.text == "us" or (token.low == "down" and moved):
            tokens[index] = replace(token, stem="~" + token.stem)


_MOVED = words(
    "fold folds folded folding lie lies lay sit sits set turn turns turned cut cuts slow slows slowed press pressed"
    " push pushed pull pulls pulled tilt tilts tilted wind break breaks face facing put let lets roll rolls rolled hold"
    " go goes slide slides slid lock locks locked buttoned cool cools step wipe wipes rub scale top"
)


def _not_only(tokens: list[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].low in ("only", "just", "to")
