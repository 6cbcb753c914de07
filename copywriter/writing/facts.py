"""What is worth writing about: a product's facts without shop bookkeeping, its description cut into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from copywriter.writing.briefs import MOST_VALUES
from copywriter.writing.labels import in_english, spoken
from copywriter.writing.shop_texts import PIECES, URL, described
from foundation.evidence import Fact
from foundation.evidence.normalise import plain_text

_BOOKKEEPING = re.compile(
    r"\b(?:sku|barcode|gtin|ean|upc|isbn id|mpn|asin|url|link|image(?! stabil)|published|status|taxable|tax|inventory"
    r"|(?<!card )stock|(?<!pack )(?<!package )quantity(?! per)|qty(?! per)|visibility|featured|backorders?"
    r"|sold individually|reviews?|shipping"
    r"|fulfil+ment"
    r"|gift card|download(?! size)|parent|grouped|categor(?:y|ies)|(?<!dust )collections?"
    r"|up-?sells?|cross-?sells?|meta|seo|adwords|google|condition|custom label|price"
    r"|cost|compare|sale|date|id|slug|template suffix"
    r"|internal[ _](?:notes?|id|code|use|name)|hs code|tariff code|customs code|bin location|buyer|reorder|warehouse"
    r"|requires|vendor code|supplier|purchase note|button text|external url|variant)\b",
    re.I,
)
_NOTHING = frozenset([
    "", "-", "--", "n/a", "na", "none", "null", "nil", "default title", "default", "tbd", "unknown", "other", "0",
    "as shown", "as picture shown", "as pictures shown", "as pictured", "shown in the picture",
    "as shown in the picture", "see picture", "see pictures", "see description", "does not apply", "false", "?",
])  # fmt: skip
# Capitals with numbers, or numbers too long for a measure: "2-4" players, a vintage of 2019 and "USB-C" are none,
# nor is "220-240V".
_CODE = re.compile(
    r"^(?!\d+-\d+[A-Z]{1,3}$)(?=.*[A-Z])(?=.*\d)[A-Z0-9]+(?:[-_][A-Z0-9]+)+$|^\d{6,}$"
    r"|^(?=.*\d)[0-9a-f]{8,}$|^gid:|^txcd_"
)
# Fields of the shop's own by these names hold a slug or a number; a pan's handle and a plant's place hold words.
_BOOKKEEPING_BY_VALUE = {"handle": re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+"), "position": re.compile(r"\d+")}
_PLACEHOLDER_VENDOR = re.compile(
    r"^(?:partners?-demo|vendor|default|my ?(?:store|shop|brand)|test|demo|admin|shopify|none)$", re.I
)
_SHOP_TAG = re.compile(
    r"[:_=/#]|^\d+$|^(?:new|sale|featured|hot|best ?seller|import\w*|all|home ?page|google\w*|men|women|bulk|promo)$",
    re.I,
)
_TRANSLATED = re.compile(
    r"(?i)^(materials?|colou?rs?|couleur|content|style|pattern|description) [(\[]?(?:UK|EN|US|GB)[)\]]?$"
)
_SHOUTED = re.compile(r"[A-Z]{5,}(?: [A-Z]{2,})*")
LONGEST_VALUE, LONGEST_FIELD = 200, 400
"""Characters. Of a value as much as one sentence can tell is kept, whole words; a field that holds more than the second
is a page of the shop's and no value at all."""
LONGEST_LABEL = 60
"""Characters; a longer name of a field is a sentence."""
_ORDER = re.compile(r"(?i)write|next sentence|(?:user|assistant|system)(?: prompt)?|prompt|instructions? to .*")
"""Names of fields that the conversation with the model could take for its own."""
_COUNTS = re.compile(r"(?i)\b(?:pack|package|count|contents?|pieces|number|units|set|includes|included)\b")
_VAGUE_TYPE = re.compile(
    r"^(?:indoor|outdoor|men|women|unisex|kids|new|sale|misc\w*|general|accessories|other|uncategori[sz]ed"
    r"|(?:all |office |home |pet |baby )?(?:products?|items?|supplies|goods)"
    # The name of a department, not of a thing: "Home & Garden".
    r"|(?:home|house|toys?|sports?|health|beauty|computers?|electronics?|grocery|food|office|arts?|baby|pets?|garden|tools?"
    r"|clothing|apparel|books?|music|automotive|industrial|jewell?ery|kitchen)(?: \w+)? (?:and|&) [\w ]+)$",
    re.I,
)


def useful(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that a text may speak of, values in plain text; the description becomes one a sentence or line, and
    what stands there twice ("Color: Multi-Color", "Colour: multicolor") is one.

    The check is held against the same facts, so that nothing dropped here can be claimed.
    """
    kept: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        value = re.sub(r"[^\S\n]+", " ", plain_text(fact.value)).strip()
        for cleaned in _cleaned(fact.source.split(":")[0].lower(), fact, value):
            kept.setdefault((_letters(cleaned.label), _letters(cleaned.value)), cleaned)
    return list(kept.values())


def as_told(facts: Iterable[Fact]) -> list[Fact]:
    """The useful facts under the names by which the model is told of them."""
    return [spoken(fact) for fact in useful(facts)]


def _letters(text: str) -> str:
    """Without what spelling varies in; a mark between digits is none of it: "1.5 m" is not "15 m"."""
    return re.sub(r"(?<!\d)[\W_]+|[\W_]+(?!\d)", "", text.lower().replace("colour", "color"))


def _cleaned(field: str, fact: Fact, value: str) -> Iterator[Fact]:
    label = _label(fact.label)
    if value.lower().strip(" .") in _NOTHING and not (field == "attribute" and value.lower() == "false"):
        return
    if field == "price":  # known by its source: its name is in the language of the person who asked
        return
    if field == "description":
        yield from (told for told in described(fact.source, value) if told.value.lower().strip(" .") not in _NOTHING)
    elif field == "title":
        yield Fact(fact.source, "Product", _one_line(value))
    elif field in ("vendor", "brand"):
        if not _PLACEHOLDER_VENDOR.match(value):
            yield Fact(fact.source, "Brand", _one_line(value))
    elif field in ("type", "product_type", "category"):
        leaf = _one_line(leaf_of(value))
        if leaf and not leaf.isdigit() and not _CODE.match(leaf) and not _VAGUE_TYPE.match(leaf):
            yield Fact(fact.source, "Type", leaf)
    elif field in ("tag", "tags"):
        tags = [tag for tag in map(_one_line, value.split(",")) if tag and not _SHOP_TAG.search(tag)]
        if tags:
            yield Fact(fact.source, "Tags", ", ".join(tags[:MOST_VALUES]))
    elif _says_something(label, value) and not re.match(r"(?i)_|meta:", fact.label):
        yield Fact(fact.source, label, _one_line(value))


def _says_something(label: str, value: str) -> bool:
    """Not a number of the shop's own book-keeping, a link, a code, nor "Title: Default Title"."""
    if _ORDER.fullmatch(label):
        return False
    by_value = _BOOKKEEPING_BY_VALUE.get(label.lower())
    if by_value and by_value.fullmatch(value):
        return False
    if _CODE.match(value) and not re.search(r"(?i)\bmodel\b", label):
        return False
    if _BOOKKEEPING.search(label) or URL.search(value):
        return False
    if PIECES.fullmatch(value) and not _COUNTS.search(label):
        return False
    named = bool(label) and label.lower() not in ("title", "name") and len(label) <= LONGEST_LABEL
    return named and len(value) <= LONGEST_FIELD


def _label(label: str) -> str:
    """In English, without what a shop adds: "pa_", the language of a translated field ("MATERIAL UK"), capitals."""
    plain = re.sub(r"^(?:pa_|attribute_|meta:\s*)", "", label.strip(), flags=re.I)
    plain = re.sub(r"[_\s]+", " ", plain).strip(" :")
    plain = _TRANSLATED.sub(r"\1", plain)
    return in_english(plain.capitalize() if _SHOUTED.fullmatch(plain) else plain)


def leaf_of(value: str) -> str:
    """The most specific part of a category path: "Clothing > Shirts" is about shirts."""
    return re.split(r"[>/|›»]", value.split(",")[0])[-1].strip()


def _one_line(value: str) -> str:
    """Without line breaks, cut at a word's end where it is too long."""
    line = ", ".join(line for line in map(str.strip, value.split("\n")) if line)
    if len(line) > LONGEST_VALUE:
        line = line[: LONGEST_VALUE + 1].rpartition(" ")[0] or line[:LONGEST_VALUE]
    return line.strip(" ,;")


def is_latin(text: str) -> bool:
    """Whether most letters are Latin ones: the bundled model reads no other script."""
    letters = [char for char in text if char.isalpha()]
    return not letters or sum("a" <= char.lower() <= "ɏ" for char in letters) * 2 >= len(letters)
