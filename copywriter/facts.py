"""What is worth writing about: a product's facts without shop bookkeeping, its description cut into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from foundation.evidence import Fact
from foundation.evidence.normalise import plain_text
from foundation.evidence.sentences import spans
from foundation.evidence.wordsets import words

_BOOKKEEPING = re.compile(
    r"\b(?:sku|barcode|gtin|ean|upc|isbn id|mpn|asin|url|link|image(?! stabil)|published|status|taxable|tax|inventory"
    r"|stock|quantity|qty|visibility|featured|backorders?|sold individually|reviews?|shipping|fulfil+ment"
    r"|gift card|download|parent|grouped|categor(?:y|ies)|(?<!dust )collections?"
    r"|up-?sells?|cross-?sells?|meta|seo|adwords|google|condition|custom label|price"
    r"|cost|compare|sale|date|id|slug|template suffix"
    r"|internal[ _](?:notes?|id|code|use|name)|hs code|tariff code|customs code|bin location|buyer|reorder|warehouse"
    r"|requires|vendor code|supplier|purchase note|button text|external url|variant)\b",
    re.I,
)
_NOTHING = frozenset(
    [
        "",
        "-",
        "--",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "default title",
        "default",
        "tbd",
        "unknown",
        "other",
        "0",
        "false",
        "?",
    ]
)
_URL = re.compile(r"https?://|www\.|@\w+\.\w|\.(?:jpe?g|png|webp|gif|pdf)\b", re.I)
# Capitals with numbers, or numbers too long for a measure: "2-4" players, a vintage of 2019 and "USB-C" are none.
_CODE = re.compile(r"^(?=.*[A-Z])(?=.*\d)[A-Z0-9]+(?:[-_][A-Z0-9]+)+$|^\d{6,}$|^(?=.*\d)[0-9a-f]{8,}$|^gid:|^txcd_")
# Fields of the shop's own by these names hold a slug or a number; a pan's handle and a plant's place hold words.
_BOOKKEEPING_BY_VALUE = {"handle": re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+"), "position": re.compile(r"\d+")}
_PLACEHOLDER_VENDOR = re.compile(
    r"^(?:partners?-demo|vendor|default|my ?(?:store|shop|brand)|test|demo|admin|shopify|none)$", re.I
)
_SHOP_TAG = re.compile(
    r"[:_=/#]|^\d+$|^(?:new|sale|featured|hot|best ?seller|import\w*|all|home ?page|google\w*|men|women|bulk|promo)$",
    re.I,
)
_SHOP_TALK = re.compile(
    r"\b(?:shipping|deliver(?:y|ed)|returns?|refund|contact us|click|e-?mail|order now|buy now|subscribe|discount"
    r"|coupon|customs|payment|paypal"
    r"|feedback|please (?:note|allow|check)|due to|monitor|measurement (?:error|deviation)|dear|thank"
    r"|lorem|ipsum|pellentesque|vestibulum|malesuada|quisque|tincidunt|convallis|egestas|mattis|tellus|nibh"
    r"|lectus|placerat|vitae|risus|ornare|donec|praesent|dolor sit|magna"
    r"|i|my|me|download|this is an? (?:simple|variable|grouped|external) product)\b",
    re.I,
)
_COMMON = words("a an the and or of for with in on to from is are it this by at as your you its that has can")
LONGEST_VALUE = 200
LONGEST_SENTENCE = 1_000
MOST_SENTENCES = 6
_ENUMERATED = re.compile(r"^(?:\d{1,2}\s*[.)、:]\s*|[A-Z][\w' -]{2,30}:\s+(?=[A-Z]))+")
_PACKAGE = re.compile(r"^\d+\s*(?:x|pcs?|pieces?)\b", re.I)
_VAGUE_TYPE = re.compile(
    r"^(?:indoor|outdoor|men|women|unisex|kids|new|sale|misc\w*|general|accessories|other|uncategori[sz]ed)$", re.I
)


def useful(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that a description may speak of, values in plain text; `description` becomes `description` facts, one a
    sentence. The check is held against the same facts, so that nothing dropped here can be claimed."""
    kept: list[Fact] = []
    for fact in facts:
        value = re.sub(r"[^\S\n]+", " ", plain_text(fact.value)).strip()
        kept.extend(_cleaned(fact.source.split(":")[0].lower(), fact, value))
    return kept


def _cleaned(field: str, fact: Fact, value: str) -> Iterator[Fact]:
    label = _label(fact.label)
    if value.lower().strip(" .") in _NOTHING and not (field == "attribute" and value.lower() == "false"):
        return
    if field == "price":  # known by its source: its name is in the language of the person who asked
        return
    if field == "description":
        yield from _sentences(fact.source, value)
    elif field == "title":
        yield Fact(fact.source, "Product", _one_line(value))
    elif field in ("vendor", "brand"):
        if not _PLACEHOLDER_VENDOR.match(value):
            yield Fact(fact.source, "Brand", _one_line(value))
    elif field in ("type", "product_type", "category"):
        leaf = _leaf(value)
        if leaf and not leaf.isdigit() and not _CODE.match(leaf) and not _VAGUE_TYPE.match(leaf):
            yield Fact(fact.source, "Type", leaf)
    elif field in ("tag", "tags"):
        tags = [tag.strip() for tag in value.split(",") if tag.strip() and not _SHOP_TAG.search(tag.strip())]
        if tags:
            yield Fact(fact.source, "Tags", ", ".join(tags[:8]))
    elif _says_something(label, value) and not re.match(r"(?i)_|meta:", fact.label):
        yield Fact(fact.source, label, _one_line(value))


def _says_something(label: str, value: str) -> bool:
    """Not a number of the shop's own book-keeping, a link, a code, nor "Title: Default Title"."""
    by_value = _BOOKKEEPING_BY_VALUE.get(label.lower())
    if by_value and by_value.fullmatch(value):
        return False
    if _CODE.match(value) and not re.search(r"(?i)\bmodel\b", label):
        return False
    if _BOOKKEEPING.search(label) or _URL.search(value) or _PACKAGE.fullmatch(value):
        return False
    return (
        bool(label) and label.lower() not in ("title", "name") and len(label) <= 60 and len(value) <= 2 * LONGEST_VALUE
    )


def _label(label: str) -> str:
    plain = re.sub(r"^(?:pa_|attribute_|meta:\s*)", "", label.strip(), flags=re.I)
    return re.sub(r"[_\s]+", " ", plain).strip(" :")


def _leaf(value: str) -> str:
    """The most specific part of a category path: "Clothing > Shirts" is about shirts."""
    return re.split(r"\s*(?:>|/|\||›|»)\s*", value.split(",")[0])[-1].strip()


def _one_line(value: str) -> str:
    return value.replace("\n", ", ")[:LONGEST_VALUE].strip(" ,;")


def _sentences(source: str, value: str) -> Iterator[Fact]:
    given = 0
    for start, end in spans(value):
        sentence = _ENUMERATED.sub("", value[start:end].strip(" *•·-✅✔★☆►▶"))
        if given < MOST_SENTENCES and _is_copy(sentence):
            given += 1
            yield Fact(source, "Description", sentence)


def _is_copy(sentence: str) -> bool:
    """English prose about the product: not a heading, not shop talk, not filler text, not another language."""
    if len(sentence) > LONGEST_SENTENCE:
        return False
    words = re.findall(r"[A-Za-z']+", sentence)
    if (
        not 3 <= len(words) <= 30
        or sentence.endswith(":")
        or _PACKAGE.match(sentence)
        or _is_heading(words)
        or _SHOP_TALK.search(sentence)
        or _URL.search(sentence)
    ):
        return False
    letters = sum(char.isalpha() for char in sentence)
    if sum(map(len, words)) < 0.8 * letters:
        return False
    return len(words) < 5 or any(word.lower() in _COMMON for word in words)


def _is_heading(words: list[str]) -> bool:
    """A row of capitalised key words, or the torn-off end of a sentence."""
    capitals = sum(word[0].isupper() for word in words)
    return (len(words) >= 5 and capitals > 0.7 * len(words)) or words[0] in ("and", "or", "but", "with", "of")


def is_latin(text: str) -> bool:
    """Whether most letters are Latin ones: the bundled model reads no other script."""
    letters = [char for char in text if char.isalpha()]
    return not letters or sum("a" <= char.lower() <= "ɏ" for char in letters) * 2 >= len(letters)
