"""How the next sentence of a text may begin: one of its candidates goes on from there. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

from copywriter.kinds import TextKind
from copywriter.writing import fields
from copywriter.writing.briefs import Turn
from copywriter.writing.candidates import Candidate, Group
from copywriter.writing.coverage import is_brand, is_sentence, is_type, is_yes
from copywriter.writing.fields import Field
from copywriter.writing.fluency import has_verb, pronoun_of
from copywriter.writing.generalising import MAKERS, PRODUCTS, SOME
from copywriter.writing.short_names import heads, is_proper
from foundation.evidence import Fact

BARE = 0.3
"""What a name loses that nothing is said of."""
_SEVERAL = re.compile(r"(?i)\b(?:are|come|have|offer|hold|weigh|fit|show)\b")
_ONE = re.compile(r"(?i)\b(?:is|comes|has|offers|holds|weighs|fits|shows)\b")


def first(kind: TextKind, group: Group) -> str:
    """With the name of the thing, as the model takes names apart: "Comfortable, too: this cream sofa"; no row of key
    words is one. Of a text that calls on its reader behind a hook of its kind, others for other products."""
    name = " ".join(fact.value for fact in group if fact.source == "title")
    hook = kind.hooks[crc32(name.encode()) % len(kind.hooks)] if kind.hooks else ""
    own = " ".join(fact.value for fact in group if is_type(fact))
    if not heads(name) or (hook and is_proper(name, own)):
        return hook
    made = " is made by" if kind.of_category and any(_is_maker(fact) for fact in group) else ""
    return name if is_proper(name, own) else f"{hook or 'The'} {name}{made}"


def judged(kind: TextKind, group: Group, found: Candidate) -> Candidate:
    """A first sentence by how it begins. What a hook leaves out is told by the next one; of a name something has to be
    said: "The Cream Sofa by Company 123" is no sentence."""
    if kind.hooks and not found.flaws and found.text.startswith(kind.hooks):
        return found._replace(told=1.0)
    opening = first(kind, group)
    bare = opening and found.text.startswith(opening) and not has_verb(found.text)
    return found._replace(flaws=found.flaws + BARE) if bare else found


def next_one(turns: Sequence[Turn], group: Group) -> str:
    """By the first fact that is to be told: "It is made of"; "" where its name says nothing of that, or the sentences
    so far do not say whether one thing or several are spoken of."""
    fact = next(fact for fact in group if fact.source != "title")
    field = None if is_sentence(fact) or is_yes(fact) else fields.known(fact.label)
    if fact.source == MAKERS or fact.source.startswith(SOME):
        return _of_several(fact, field)
    if field is None:
        return ""
    return {"it": field.it, "they": field.they}.get(_number(turns), "")


def _is_maker(fact: Fact) -> bool:
    return fact.source == MAKERS or is_brand(fact)


def _of_several(fact: Fact, field: Field | None) -> str:
    """Of the products of a category: a choice, never what all of them are."""
    if fact.source == MAKERS:
        return "They are made by"
    if fact.source == PRODUCTS:
        return "Among them are"
    return "Some are for" if field and field.they == "They are for" else "Choose from"


def _number(turns: Sequence[Turn]) -> str:
    """ "it" or "they": as said before, else by the verb of the first sentence; "" where that has none of a number."""
    if used := next((found for turn in turns if (found := pronoun_of(turn.text))), ""):
        return used
    said = turns[0].text.partition(" ")[2]  # "Have a look at" has no number
    one, several = _ONE.search(said), _SEVERAL.search(said)
    if one and several:
        return "it" if one.start() < several.start() else "they"
    return "it" if one else "they" if several else ""
