"""What a shop's own description tells: sentences, and lines of "label: value"; no headings, no shop talk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from foundation.evidence import Fact, Kind
from foundation.evidence.lexicon import lexicon, stem
from foundation.evidence.sentences import spans
from foundation.evidence.wordsets import words

MOST_SENTENCES, MOST_LINES = 7, 10
LONGEST_SENTENCE = 1_000
"""Characters; what is longer has lost its full stops, and the patterns below would take long over it."""
URL = re.compile(r"https?://|www\.|@\w+\.\w|\.(?:jpe?g|png|webp|gif|pdf)\b", re.I)
_SHOP_TALK = re.compile(
    r"\b(?:shipping|deliver(?:y|ed)|returns?(?! to\b)|refund|contact us|click (?:here|on|the|below|this)"
    r"|e-?mail|order now|buy now|subscribe|discount|coupon|customs|payment|paypal"
    r"|brand new|(?:high|good) quality|see more|product details?|item specifics|as (?:the )?pictures?"
    r"|feedback|please (?:note|allow|check)|due to|measurement (?:error|deviation)|manual measure\w*|dear|thank"
    r"|(?:different|your|of|computer|each) monitors?|monitor (?:settings?|display|screen)"
    r"|checkout|auction|lorem|ipsum|dolor sit|(?:user|assistant|next sentence)(?= *:)"
    r"|i|my|me|download|this is an? (?:simple|variable|grouped|external) product)\b",
    re.I,
)
_LOREM_IPSUM = words(
    "accumsan adipiscing aliquam aliquet amet ante arcu auctor augue bibendum blandit commodo condimentum congue"
    " consectetur consequat convallis cras curabitur cursus dapibus diam dictum dignissim dolor donec dui duis"
    " efficitur egestas eget eleifend elementum elit enim erat eros est et etiam eu euismod ex facilisi facilisis"
    " fames faucibus felis fermentum feugiat finibus fringilla fusce gravida habitant hendrerit iaculis imperdiet"
    " integer interdum justo lacinia lacus laoreet lectus leo libero ligula lobortis luctus maecenas magna malesuada"
    " massa mattis mauris metus mi molestie mollis morbi nam nec neque netus nibh nisi nisl non nulla nullam nunc"
    " odio orci ornare pellentesque pharetra phasellus placerat porta porttitor posuere praesent pretium proin"
    " pulvinar purus quam quis quisque rhoncus risus rutrum sagittis sapien scelerisque sed sem semper senectus sit"
    " sodales sollicitudin suscipit suspendisse tellus tempor tempus tincidunt tortor tristique turpis ullamcorper"
    " ultrices ultricies urna ut varius vehicula vel velit venenatis vestibulum vitae vivamus viverra volutpat"
    " vulputate"
)
"""The words of the text that printers fill pages with, as themes and demo shops do."""
_FOREIGN = words(
    "de des du la le les un une en et avec pour das der die den dem ein eine und mit ist el los las con para y do da"
    " dos em com e il lo gli di per van het een op met"
)
_LOOKS = frozenset({Kind.COLOUR, Kind.MATERIAL, Kind.FEATURE})
_COMMON = words(
    "a an the and or of for with in on to from is are it this by at as your you its that has can after up under"
    " without over not into through when which than no"
)
_NUMBERED = re.compile(r"^(?:\d{1,2}\s*[.)、](?:\s+|(?=[A-Z][A-Za-z]))|\d{1,2}\s*[:：]\s*|\d{1,2}、\s*)+")
_LINE = re.compile(r"^([A-Za-z][A-Za-z /()&'-]{1,30}?)\s*[:：]\s*(\S.*)$")
_HEADING = re.compile(r"^(?:\[[^\]]{2,60}\]|【[^】]{2,60}】)\s*")
_NEXT_LABEL = re.compile(r"\s+[A-Z][A-Za-z ]{2,30}[:：]$")
_LABELLED = re.compile(
    r"^(?![^:]{0,60}\b(?i:not?|none|never|without|free|exclud\w+)\b[^:]{0,60}:)"  # left out, "Not included: …" lies
    r"(?:[A-Z][\w' -]{2,30}:\s*(?=[A-Z])|[A-Za-z][\w'-]{2,}(?: [\w'-]+){0,3}:\s+(?=[a-z]+ \w+ \w+ \w))+"
)
_NO_FIELD = re.compile(
    r"(?i)^(?:notes?|attention|tips?|warning|reminder|features?|descriptions?|specifications?|item(?: name)?|names?"
    r"|product(?: description| name)?|packages?(?: list| includes?| contents?)?|packing(?: list)?"
    r"|why.*|how.*|about.*|q|a|quality|condition|https?)$"
)
_BROKEN = re.compile(r"(?<![-\w])(?:an?|the) (?:of|and|or|for)\b|\b(?:and|or|with|of|the)\s+[.!,](?!\d)")
"""Where a word is missing: "made of good material, safe and ."."""
_SENTENCE = re.compile(r"(?:The|It|This|These|They|Our|You|We|With|By) ")
PIECES = re.compile(r"^(?:1\s*[x*]|\d+\s*+(?:[x*]\s*+(?!\d)|pcs?\b|pieces?\b))", re.I)
_MEASURE = re.compile(r"\d\s*(?:[a-z]{1,4}\b|[%\"°])", re.I)
LONGEST_LINE, LABEL_WORDS, VALUE_WORDS, LIST_WORDS = 120, 4, 7, 12
"""Characters of a line "label: value", and words of its two sides, of a list or a measure more; a longer one is a
sentence with a heading."""


def described(source: str, text: str) -> Iterator[Fact]:
    """At most `MOST_SENTENCES` facts "Description", one a sentence, and `MOST_LINES` that name their field themselves
    ("Material: oak"); all of `source`. Plain text in, a line or a sentence at a time."""
    sentences, lines = 0, 0
    for start, end in spans(text):
        told = _HEADING.sub("", _NUMBERED.sub("", text[start:end].strip(" *•·-✅✔★☆►▶")))
        if field := _field(told):
            if lines < MOST_LINES:
                yield Fact(source, *field)
            lines += 1
        elif sentences < MOST_SENTENCES and _is_copy(sentence := _LABELLED.sub("", told)):
            yield Fact(source, "Description", _capitalised(sentence))
            sentences += 1
        if sentences >= MOST_SENTENCES and lines >= MOST_LINES:
            return


def _field(line: str) -> tuple[str, str] | None:
    """(label, value) of "Max flow rate: 2000 L/H"; None of a sentence with a heading before it."""
    found = _LINE.match(line)
    if not found or len(line) > LONGEST_LINE or _SHOP_TALK.search(line) or URL.search(line):
        return None
    label, value = found[1].strip(), _NEXT_LABEL.sub("", found[2]).strip(" .,;")
    most = LIST_WORDS if "," in value or any(map(str.isdigit, value)) else VALUE_WORDS
    short = len(label.split()) <= LABEL_WORDS and len(value.split()) <= most
    is_foreign = not value.isascii() and not _MEASURE.search(value)
    if not short or not value or is_foreign or _NO_FIELD.match(label) or _SENTENCE.match(value):
        return None
    return label, value


def _is_copy(sentence: str) -> bool:
    """English prose about the product: whole, no heading, no shop talk, no filler text, no other language."""
    if len(sentence) > LONGEST_SENTENCE:
        return False
    words = re.findall(r"[A-Za-z']+", sentence)
    tokens = len(re.findall(r"\w+", sentence))
    if (
        not 2 <= len(words) <= 30
        or tokens < 2 + (not _MEASURE.search(sentence) and not sentence.endswith("."))
        or sentence.endswith(":")
        or PIECES.match(sentence)
        or _is_heading(words)
        or _SHOP_TALK.search(sentence)
        or URL.search(sentence)
        or _BROKEN.search(sentence)
        or sum(word.lower() in _LOREM_IPSUM for word in words) * 2 >= len(words)
    ):
        return False
    letters = sum(char.isalpha() for char in sentence)
    if sum(map(len, words)) < 0.8 * letters:
        return False
    told = len(words) < 5 or bool(_MEASURE.search(sentence)) or any(word.lower() in _COMMON for word in words)
    return told or (sentence[0].isupper() and _is_english(words))


def _capitalised(sentence: str) -> str:
    """With a capital to begin with, but for "iPod" and the like."""
    return sentence[0].upper() + sentence[1:] if sentence[1:2].islower() or sentence[1:2] == " " else sentence


def _is_english(words: Sequence[str]) -> bool:
    """Whether a phrase without a joining word is English by what it names: "Two seater grey sofa bed".

    Loan words are many ("nylon", "polyester"), so two known words are asked for, and no word of a neighbour's grammar.
    """
    lows = {word.lower() for word in words}
    known = sum(bool(lexicon().kinds.get((stem(low),), set()) & _LOOKS) or low in lexicon().harmless for low in lows)
    return known > 1 and lows.isdisjoint(_FOREIGN)


def _is_heading(words: list[str]) -> bool:
    """A row of capitalised key words, or the torn-off end of a sentence."""
    capitals = sum(word[0].isupper() for word in words)
    row = capitals == len(words) if len(words) < 5 else capitals > 0.7 * len(words)
    return (row and len(words) > 1) or words[0] in ("and", "or", "but", "with", "of")
