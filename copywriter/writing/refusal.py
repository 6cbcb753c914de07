"""Why a product gets no text, and what its merchant can add. Kept as a code, told in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.evidence import Fact, Kind, check
from foundation.evidence.quantities import find
from foundation.evidence.wordsets import words

THIN, UNBACKED, LANGUAGE, ENGINE, SAME = "thin", "unbacked", "language", "engine", "same"
TONGUE, FEW = "tongue", "few"

NAMES = {
    "material": gettext_lazy("material"), "size": gettext_lazy("size"), "colour": gettext_lazy("colour"),
    "dimensions": gettext_lazy("dimensions"), "weight": gettext_lazy("weight"), "care": gettext_lazy("care"),
    "power": gettext_lazy("power or battery"), "compatibility": gettext_lazy("what it works with"),
    "ingredients": gettext_lazy("ingredients"), "amount": gettext_lazy("net amount"), "author": gettext_lazy("author"),
    "pages": gettext_lazy("number of pages"), "format": gettext_lazy("format"), "stone": gettext_lazy("stone"),
    "age": gettext_lazy("recommended age"), "scent": gettext_lazy("scent or taste"),
    "use": gettext_lazy("what it is for"),
}  # fmt: skip
# What a buyer of this sort of thing asks first. The last entry fits everything.
_WANTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"shirt|dress|trouser|jean|coat|jacket|sweater|jumper|hoodie|sock|hat|scarf|skirt|apparel|cloth|top|blouse|wear",
     ("material", "size", "colour", "care")),
    (r"shoe|boot|sneaker|sandal|slipper|footwear", ("material", "size", "colour")),
    (r"(?<!key )(?<!piston )(?<!onion )(?<!curtain )(?<!o-)ring(?! (?:binder|light|spanner|toss))"
     r"|necklace|bracelet|earring|pendant|jewel|brooch|watch",
     ("material", "stone", "size")),
    (r"sofa|chair|table|desk|bed|shelf|cabinet|furniture|stool|lamp|light|rug|curtain",
     ("material", "dimensions", "colour")),
    (r"phone|laptop|camera|speaker|charger|cable|headphone|pump|drill|electronic|monitor|tv|router|printer",
     ("power", "compatibility", "dimensions")),
    (r"(?:tea|coffee)(?! (?:mug|cup|pot|maker|machine|table|towel|press|grinder|set|caddy|spoon))"
     r"|chocolate|sauce|honey|food|snack|wine|oil|spice", ("ingredients", "amount", "scent")),
    (r"cream|soap|shampoo|lotion|candle|perfume|serum|cosmetic|balm", ("ingredients", "amount", "scent")),
    (r"book|novel|guide|ebook|course|magazine", ("author", "pages", "format")),
    (r"toy|game|puzzle|doll|plush", ("age", "material", "dimensions")),
    (r"", ("material", "dimensions", "colour", "use")),
)  # fmt: skip
_KNOWN_BY = {
    "material": r"material|fabric|composition|metal|body|frame", "size": r"size", "colour": r"colou?r",
    "dimensions": r"dimension|width|height|length|depth|diameter|size", "weight": r"weight", "care": r"care|wash",
    "power": r"power|battery|volt|watt", "compatibility": r"compatib|fits|works", "ingredients": r"ingredient",
    "amount": r"net|volume|content|weight|capacity", "author": r"author", "pages": r"pages",
    "format": r"format|binding",
    "stone": r"stone|gem", "age": r"age", "scent": r"scent|taste|flavou?r", "use": r"use|purpose|for",
}  # fmt: skip
# What a value says of itself, whatever its field is called: "White Ceramic Pot" names its material and its colour.
_BY_KIND = {Kind.MATERIAL: ("material",), Kind.COLOUR: ("colour",), Kind.SIZE: ("size",)}
_BY_DIMENSION = {
    "length": ("dimensions", "size"), "area": ("dimensions", "size"), "mass": ("weight", "amount"),
    "volume": ("amount",), "power": ("power",), "voltage": ("power",), "charge": ("power",),
}  # fmt: skip
_STONES = words(
    "diamond ruby sapphire emerald pearl opal amethyst topaz garnet zirconia zircon moissanite jade turquoise onyx"
    " quartz agate peridot citrine aquamarine moonstone tanzanite diamonds rubies sapphires emeralds pearls opals"
)


def missing(facts: Sequence[Fact]) -> list[str]:
    """Keys of `NAMES`: what this sort of product lacks, most wanted first."""
    what = " ".join(fact.value for fact in facts if fact.label in ("Product", "Type", "Tags")).lower()
    wanted = next(keys for pattern, keys in _WANTED if re.search(rf"\b(?:{pattern})s?\b", what) or not pattern)
    labels = " ".join(fact.label for fact in facts if fact.label not in ("Product", "Brand", "Type", "Tags")).lower()
    said = _said(facts)
    return [key for key in wanted if key not in said and not re.search(rf"\b(?:{_KNOWN_BY[key]})", labels)]


def _said(facts: Sequence[Fact]) -> set[str]:
    """Keys of `NAMES` that the facts' own words answer, the title's above all."""
    said: set[str] = set()
    for fact in facts:
        if fact.label == "Brand":  # "Silver Fox" is made of none
            continue
        for sentence in check(fact.value, ()).sentences:
            said.update(key for claim in sentence.claims for key in _BY_KIND.get(Kind(claim.kind), ()))
        said.update(key for found in find(fact.value) for key in _BY_DIMENSION.get(found.dimension, ()))
        if _STONES.intersection(re.findall(r"[a-z]+", fact.value.lower())):
            said.add("stone")
    return said


def code(kind: str, facts: Sequence[Fact] = ()) -> str:
    """What a draft keeps: `thin:material,size`."""
    return f"{kind}:{','.join(missing(facts))}" if kind in (THIN, UNBACKED) else kind


def told(code: str) -> str:
    """The code as a sentence that says what to do; a text that is no code is given back as it is."""
    kind, _sep, keys = code.partition(":")
    names = [str(NAMES[key]) for key in keys.split(",") if key in NAMES]
    listed = _(", ").join(names)
    if kind == THIN:
        return _("Too little is known: add %(what)s.") % {"what": listed or _("what it is like and what it is for")}
    if kind == UNBACKED:
        if listed:
            return _("The model wrote too little that the product's data backs. Add %(what)s and try again.") % {
                "what": listed
            }
        return _("The model wrote too little that the product's data backs. Try again, or write the text yourself.")
    if kind == LANGUAGE:
        return _("Descriptions are written in English only. Add an English title, or write the description yourself.")
    if kind == TONGUE:
        return _(
            "The model answered in another language than the one you chose. Try again, or use a model that writes it."
        )
    if kind == ENGINE:
        return _("The language model could not read this product. Shorten its texts and try again.")
    if kind == FEW:
        return _("A category text needs at least two products on sale. Put more into this category, or switch them on.")
    if kind == SAME:
        return _("The description says all that the model would write, in the same words. Nothing would change.")
    return code
