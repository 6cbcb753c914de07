"""What reads badly in a sentence, whoever wrote it, and small slips put right. Heuristics for English. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from foundation.evidence import Kind
from foundation.evidence.lexicon import lexicon, phrase, spelt, stem

_DANGLING = re.compile(r"(?i)(?:\b(?:and|or|with|of|for|a|an|the|in|to|is|are|by|from|its|,)|[,:;-])\s*[.!]?$")
_DOUBLED = re.compile(
    r"(?i)\b(\w+),? \1\b|\b(?:and|or|with|of) (?:and|or)\b|\b(?:with|of) (?:of|for)\b|,\s*,|\.\."
    r"|(?<![-\w])(?-i:an?|the) (?:and|or|of|for)\b"
)
_CLUMSY = re.compile(
    r"(?i)\b(?:made|comes?|is|are) (?:of|in) (?:an? )?(?:materials?|sizes?|colou?rs?)\s*[.,]"
    r"|\b(?:has|have) (?:an? )?(?:made|suitable|lies|fits|takes|folds|keeps|comes)\b"
    r"|\b(?:it|this|these|they) (?:is|are) (?:is|are|has|have|comes)\b|\b(?:is|are) an? (?:brand|vendor)\b"
    r"|\b(?:is|are) (?:made|crafted|designed|built)\s*[.,]?$"
    r"|\ba (?:[a-z]+ )?(?:dimensions|measurements)\b|\b(?:features?|options?|type|tags?|attributes?): "
    r"|\b(?:is|are) the (?:name|season|form|specialty|style|net content)(?: of\b|[.,]|$)"
    r"|\b(?:from|by) (?:the|its|their|this) (?:name|label|brand|market|manufacturer|maker|company)\b"
    r"|\bis (?:the name of|called the)\b|\bby the name of\b|\b(?:is|are) an? products?[.,]"
    r"|\b(?:is|are) (?:a )?specialty\b|\bfor (?!table|cable)\w+(?:able|ible|-free)\s*[.,]?$"
    r"|\b(?:reus|wash|stack|remov|adjust|fold|recycl)ability (?:is|of)\b|\byou have to be\b|\bagainst SPF\b"
    r"|\bin (?:the net|the net content|a form|stylish \w+)\b|\bare the gender\b"
    r"|\bwith an? (?:leather|cotton|wood|steel|metal|wool|linen|silk|plastic|fabric)\s*[.,]?$"
    r"|\bmakes? [^.,]+ from \d|\bcomes? from [A-Z]*\d"
    r"|\b(?:has|have|with) (?:a|its|the) name\b|\b(?:is|are) there\b|\bthe type of\b|\b(?:its|the) descriptions?\b"
    r"|\bmade (?:of|from|with) \w+ or \w+\s*[.,]?$|\bshows? stylish|\b(?-i:She|Her|He|His)\b|\bmakes it [a-z]+ [a-z]+"
    r"|\b(?:hand|machine)[ -]wash (?:is|are|comes?)\b|\bwashes only\b|\bthe made in\b|\bis the colou?r\b"
    r"|\bwith (?:a|the) colou?rs?\b(?! of)"
    r"|\b(?:is|are) (?:yours|used|made for you)\s*[.,]?$|\bis an? \d+\s*[.,]?$|\bhas a pack\b"
    r"|\b(?:style|colou?r|form|size) called\b"
    r"|\b(?:is|are) (?:\d+|(?:vintage )?vibrant|classic)\s*[.,]?$|\bis (?:the )?(?:content|maintenance)\b"
    r"|\b(?:are|is) the (?:one that|content)\b|\b(?:comes?|are|is) (?:together|available|in knit)\s*[.,]?$|^[^,]+, too:"
    r"|\(\s*\)|\byes\b[.,]?$|\bcomes? in (?:\w+able|\w+ible|leisure|casual|fashion)\s*[.,]?$|\bis no \w+\s*[.,]?$"
    r"|\ban? \d+ (?:inches|feet|ounces|grams|pounds|metres|meters|packs|pieces)\b"
    r"|\bin an? \d+ ?(?:mg|k?g|m?l|oz|ounces?)\s*[.,]?$|\bin one (?:colou?r|size|style|piece)\s*[.,]?$"
    r"|\b(?:men|women|girls|boys|kids|adults) have (?:it|them)\b|\b\d+ counts\b|\bstands? as\b|\bnext to it\b"
    r"|^[\w ]+ is the (?:sport|season|gender|brand|pattern|type)\s*[.,]?$|\bits name is\b|\ba style of\b"
    r"|\b(?:is|are) (?:print|floral print|the \w+ type)\s*[.,]?$|\blet (?:it|them) go\b"
    r"|\b(?:has|have) (?:an? )?(?:non-?\w+|\w+able|\w+proof|seamless)\s*[.,]?$|\bfeatures are\b"
    r"|\bcomes? in (?:running|skiing|swimming|cycling|fishing|hiking|basketball|football|medium \w+)\s*[.,]?$"
    r"|^It is made by [^.,]+ (?:with|for|and (?!weighs|has|comes|measures|holds))\b"
    r"|\b(?:pattern|print|design|colou?r|style) comes?\s*[.]?$|\bwith an? \w+ with [\w ]+[.]?$"
    r"|^(?:(?!the|this|that|an? )\w+ )?(?:blue|red|green|black|white|gr[ae]y|pink|brown|yellow) is an? "
    r"|\bdimensions of the \w+ are \d+ ?(?:k?g|m?l)\b|\?\s*[.]$"
)
_CALLED = re.compile(
    r"(?:Meet|Discover|(?:Take|Have) a look at) the [^.:]*"
    r"(?::(?! (?:it|they) (?:\S+ ){2})|\b(?:and (?:have|you|find|then)|by name)\b"
    r"|(?<!that)(?<!which)(?<!it)(?<!they) (?:is|are|has|have|comes?|holds?|offers?|weighs?|makes?) )"
)
_SIZE = re.compile(r"\b(?:X*[SL]|M)\b")
_SAME = re.compile(r"(?i)\b(\w{2,}(?: \w+){0,2}) (?:is|are|has|have|of|with|in|for) (?:an? |the )?(?:\d+ )?\1\b")
_RECITED = re.compile(
    r"(?i)^(?:the|its) (?:item |product )?"
    r"(?:colou?rs?|sizes?|materials?|fabric|weight|type|brand|style|description|dimensions|form|specialty|net content"
    r"|pack size|gender|department|features?|\w+ type|layers?|reusability|sub brand|season|protection level)"
    r" (?:is|are) (?!\w+ (?:to|for|and \w+s)\b)"
)
_FOR_COLOUR = re.compile(r"(?i)\b(?:for|from) (?:the )?(?:colou?rs? (?:of )?)?([a-z]+)(?=\s*[.,]|$| (?:and|or)\b)")
_COMES_WITH = re.compile(r"(?i)\bcomes? (?:with|from) (?:an? |the )?(\w+)\s*[.,]?$")
_COMES_IN = re.compile(r"(?i)\bcomes? (?:in|as|as an?) (\w+)\s*[.,]?$")
_THINGS_TOO = frozenset(["silver", "gold", "copper", "bronze", "rose", "orange", "lemon", "lime", "chocolate", "olive"])
_SAID_OF = re.compile(r"(?i)^((?:(?! and )[^,.])+?) (?:is|are) ([^,]+)$")
_VERB = re.compile(
    r"(?i)\b(?:is|are|was|has|have|had|can|comes?|makes?|made|holds?|weighs?|measures?|features?|includes?|offers?|fits?"
    r"|works?|uses?|choose|wash|keeps?|provides?|gives?|contains?|supports?|lets?|cuts?|adds?|runs?|stands?|needs?|suits?"
    r"|protects?|brings?|helps?|belongs?|combines?|allows?|turns?|carries|shows?|serves?|takes?|goes|sits?|lies|joins?"
    r"|tells?|brews?|grows?|opens?|closes?|folds?|covers?|connects?|plays?|sells?|sold|do|does|will|may|must|should|goes|go"
    r"|calls?|knows?|lasts|builds?|looks?|says|gets?|stays?|begins?|arrives?|consists?|reach(?:es)?|blocks|reads"
    r"|carry|gave|glows?|burns?|smells?|moves?|lifts?|reduces?|puts?|sets|packs|grips?|mix|pick"
    r"|meet|discover|spot clean|hand wash|dry clean)\b"
    r"|\b(?:it|that|here|there)['’]s\b"
)
FEWEST_WORDS = 3
SIMILAR = 0.75


def content(text: str) -> set[str]:
    """Stems of the words that say something."""
    return {word for word in phrase(text) if word not in lexicon().harmless and len(word) > 1}


def faults(text: str) -> Iterator[str]:
    """Names of what reads badly in one sentence; none for a good one."""
    words = phrase(text)
    longs = [word for word in words if len(word) > 3 and not word.isdigit()]
    if _DANGLING.search(text) or text.count("(") != text.count(")") or text.count('"') % 2:
        yield "broken off"
    if text[:1].islower():
        yield "small first letter"
    if _DOUBLED.search(text):
        yield "slip"
    if _CLUMSY.search(text) or _CALLED.match(text) or any(_is_colour(word) for word in _FOR_COLOUR.findall(text)):
        yield "clumsy"
    pairs = [pair for pair in pairwise(words) if all(len(word) > 3 for word in pair)]
    if any(longs.count(word) > 2 for word in longs) or len(pairs) > len(set(pairs)):
        yield "repeats itself"
    if _SAME.search(text) or _says_of_itself(text):
        yield "says a thing of itself"
    if len(words) < FEWEST_WORDS:
        yield "no sentence"
    if not content(text) and not _SIZE.search(text):
        yield "says nothing"


def _says_of_itself(text: str) -> bool:
    """ "The new design is new", "the cutting board set is made for the set"."""
    found = _SAID_OF.match(text)
    if not found:
        return False
    if said := content(found[2]):
        return said <= content(found[1])
    return not set(spelt(found[2])[-1:]).isdisjoint(spelt(found[1]))


def comes_with_itself(text: str, name: str) -> bool:
    """Whether what a thing comes with is a word of its own name, a colour or a material, or what it comes in was said:
    "The sofa pillows come with a sofa", "comes with metal", "The red scarf comes in red", "comes in 28" of Fern 28."""
    said = {stem(word.lower()) for word in _COMES_WITH.findall(text)}
    kinds = [lexicon().kinds.get((word,), ()) for word in said]
    known, first = set(phrase(name)), [stem(word.lower()) for word in _COMES_IN.findall(text)]
    if any((word.isdigit() and word in known) or phrase(text).count(word) > 1 for word in first):
        return True
    return not said.isdisjoint(known) or any(Kind.MATERIAL in each or Kind.COLOUR in each for each in kinds)


def _is_colour(word: str) -> bool:
    low = stem(word.lower())
    return low not in _THINGS_TOO and Kind.COLOUR in lexicon().kinds.get((low,), ())


def recites(text: str) -> bool:
    """Whether a sentence reads a field out where people say "It comes in blue": "The color is blue"."""
    return bool(_RECITED.match(text))


def echoes(text: str) -> bool:
    """Whether a long word comes twice in the sentence: "the conditioning hairdressing is made for hairdressing"."""
    longs = [stem(word) for word in spelt(text) if len(word) > 4 and not any(map(str.isdigit, word))]
    return len(longs) > len(set(longs))


def has_verb(text: str) -> bool:
    return bool(_VERB.search(text))


def reads_well(text: str) -> bool:
    """Whether a sentence has a verb and none of the faults that cost a candidate points."""
    return has_verb(text) and not echoes(text) and not recites(text) and not any(faults(text))


def similar(one: str, other: str) -> bool:
    """Whether two sentences tell the same: most content words of the shorter stand in the longer."""
    mine, theirs = content(one), content(other)
    shorter = min(len(mine), len(theirs))
    return shorter > 0 and len(mine & theirs) >= SIMILAR * shorter


_PRONOUN = re.compile(r"(?i)^(?:(it|its|this)|(they|their|these))\b")
_BARE_NOUN = re.compile(r"(?i)\b(?:is|as) (\w+)\b")
_SEVERAL = re.compile(r"(?i)\ban? (?:\w+ )?(\w+s)\b")
END = (".", "!", "?", "…")


def pronoun_of(text: str) -> str:
    """ "it" or "they" where the text begins with one of their forms, else ""."""
    found = _PRONOUN.match(text)
    return "" if not found else "it" if found[1] else "they"


def misses_article(text: str, kind: str) -> bool:
    """Whether the word for the `kind` of thing lacks its "a" or has one before many: "Edgar is armchair", "Nigel is a
    Sofas". Words without a plural ("is jewelry") are taken for faults too."""
    head = stem(kind.split()[-1].lower()) if kind.split() else ""
    single = (word for word in _BARE_NOUN.findall(text) if word.lower() == head)
    several = (word for word in _SEVERAL.findall(text) if stem(word.lower()) == head != word.lower())
    return bool(head) and any([*single, *several])


def same_opening(one: str, other: str) -> bool:
    """Whether two sentences begin with the same two words."""
    return [*map(str.lower, one.split()[:2])] == [*map(str.lower, other.split()[:2])]


def names(text: str, name: str) -> bool:
    """Whether a text names the product: by a content word of its title or type."""
    return bool(content(text) & content(name))


def closed(sentence: str) -> str:
    """With its full stop."""
    return sentence if sentence.endswith(END) else sentence.rstrip(" ,;:-") + "."


def _as_written(name: str, found: re.Match[str]) -> str:
    return found[0] if found[0].islower() else name


def proofread(text: str, brands: Iterable[str] = (), name: str = "") -> str:
    """One line with "a" and "an" put right, white space evened, the brands in their own letters ("OffUS" is OFFUS)
    where they are written as names, and the product's own `name` so everywhere; no other letter is changed."""
    if name:
        text = re.sub(rf"(?i)\b{re.escape(name)}\b", name, text)
    for brand in brands:
        if not brand.islower() and len(brand) > 2:
            text = re.sub(rf"(?i)\b{re.escape(brand)}\b", partial(_as_written, brand), text)
    text = re.sub(r"\b([Aa]) (?=(?!one\b|uni|us[eu]|eu)[aeiou])", r"\1n ", " ".join(text.split()))
    text = re.sub(r"\ban? (?=dimensions\b)", "", text).replace("''s ", "'s ")
    text = re.sub(r"(?i)\b((?:wo)?m[ae]n)s['’](?=\s)", r"\1's", text)
    return re.sub(r"\b([Aa])n (?=[bcdfgjklmnpqrstvwyz][a-z]{2})", r"\1 ", text)
