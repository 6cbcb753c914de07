"""What people ask for by the name of a field, and how a sentence that tells it begins. Pure.

A small model that is told only the fact says "The print is for girls"; one that has to go on from "It has" says "a
print". So an answer that is begun is one of the candidates, judged like the others.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from copywriter.writing.coverage import is_sentence, is_yes
from foundation.evidence import Fact


class Field(NamedTuple):
    """`asked` is a buyer's question, `it` and `they` the words that a sentence about one thing or several begins with,
    "" where the value says best by itself how."""

    asked: str
    it: str = ""
    they: str = ""


def _comes(asked: str, how: str) -> Field:
    return Field(asked, f"It comes {how}", f"They come {how}")


def _is(asked: str, how: str) -> Field:
    return Field(asked, f"It is {how}", f"They are {how}")


def _does(asked: str, verb: str, rest: str = "") -> Field:
    return Field(asked, f"It {verb}s{rest}", f"They {verb}{rest}")


# The first that fits, the most wanted first.
_FIELDS: tuple[tuple[str, Field], ...] = (
    (r"materials?|fabric|composition|(?:fabric|material) type", _is("What is it made of?", "made of")),
    (r"size|sizes", _comes("Which sizes are there?", "in")),
    (r"dimensions?|measurements?|product size", _does("How large is it?", "measure")),
    (r"capacity", _does("How much does it hold?", "hold")),
    (r"volume", Field("How much is in it?", "You get", "You get")),
    (r"(?:item )?weight", _does("How much does it weigh?", "weigh")),
    (r"(?:item )?length", Field("How long is it?", "It is", "They are")),
    (r"(?:item )?height", Field("How high is it?", "It is", "They are")),
    (r"(?:item )?width", Field("How wide is it?", "It is", "They are")),
    (r"compatib\w*(?: with)?|fits|works with", _does("What does it fit?", "fit")),
    (r"colou?rs?(?:\(s\))?", _comes("Which colours are there?", "in")),
    (r"care(?: instructions)?|washing(?: instructions)?|cleaning", Field("How is it cared for?")),
    (r"amount|net content|net weight|contents?|pack size|quantity",
     Field("How much is in a pack?", "You get", "You get")),
    (r"package contents?|included|what is in the box", _comes("What is in the box?", "with")),
    (r"ingredients?", _does("What is in it?", "contain")),
    (r"flavou?rs?|tastes?", _does("What does it taste of?", "taste", " of")),
    (r"scents?|fragrances?", _does("What does it smell of?", "smell", " of")),
    (r"age|age range|recommended age", _is("For which age is it?", "for ages")),
    (r"power source|batter\w+|power supply", _does("What does it run on?", "run", " on")),
    (r"origin|country of origin|region", _comes("Where does it come from?", "from")),
    (r"made in", _is("Where is it made?", "made in")),
    (r"warranty|guarantee", Field("Which warranty does it have?")),
    (r"authors?", _is("Who wrote it?", "by")),
    (r"language", _is("Which language is it in?", "in")),
    (r"pages|number of pages", Field("How many pages does it have?", "It has", "They have")),
    (r"use|uses|purpose|intended use", _is("What is it for?", "for")),
    (r"sports?(?: type)?", _is("For which sport is it?", "for")),
    (r"occasion", _is("For which occasion is it?", "for")),
    (r"gender|department|target audience|suitable for", _is("Who is it for?", "for")),
    (r"seasons?", _is("For which season is it?", "for")),
    (r"special\w*|features?|special features?|highlights?", Field("What is special about it?")),
    (r"style|design|theme", Field("What is its style?")),
    (r"pattern|print", Field("Which pattern does it have?", "It has", "They have")),
    (r"(?:item )?form|format", _comes("In which form does it come?", "as")),
    (r"model|model number|model name", Field("Which model is it?", "It is", "They are")),
    (r"description", Field("What is it like?")),
    (r"manufacturer|maker|brand", _is("Who makes it?", "made by")),
)  # fmt: skip
_KNOWN = tuple((re.compile(rf"(?i){label}"), field) for label, field in _FIELDS)
QUESTIONS = frozenset(field.asked for _label, field in _FIELDS)


def known(label: str) -> Field | None:
    return next((field for pattern, field in _KNOWN if pattern.fullmatch(label)), None)


def rank(label: str) -> int:
    """How soon a buyer asks for the field; the least first, and what nobody is known to ask for last."""
    return next((n for n, (pattern, _field) in enumerate(_KNOWN) if pattern.fullmatch(label)), len(_KNOWN))


def question(fact: Fact) -> str:
    """What the fact answers."""
    if is_yes(fact):
        return f"Is it {fact.label.lower()}?"
    field = known(fact.label)
    return field.asked if field else f"What is the {lowered(fact.label)}?"


def answer_begun(fact: Fact) -> str:
    """The first words of the answer to its question; "" where they hang on the value."""
    if is_yes(fact):
        return "Yes, it is"
    field = known(fact.label)
    return field.it if field else f"The {lowered(fact.label)} is"


def line_begun(fact: Fact) -> str:
    """The first words of a line of a list: "Made of", "Weighs", "Interface:"; "" where the name is the whole of it."""
    if is_yes(fact) or is_sentence(fact):
        return ""
    field = known(fact.label)
    line = re.sub(r"^It (?:is )?", "", f"{field.it} ").strip() if field else ""
    return f"{line[0].upper()}{line[1:]}" if line not in ("", "has", "is", "You get") else f"{fact.label}:"


def lowered(label: str) -> str:
    """A name of a field in a sentence; abbreviations keep their letters."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in label.split())
