"""The figures by their plain names, each with what it means to a shop. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHARE, NUMBER = "share", "number"


@dataclass(frozen=True, slots=True)
class Figure:
    """`name` is that of `manage.py evaluate copy`; `unit` is SHARE, 0 to 1, or NUMBER."""

    name: str
    label: Promise
    meaning: Promise
    unit: str = SHARE


DECISIONS = (
    Figure(
        "unchanged",
        _("Accepted as written"),
        _("Of the texts that somebody decided on, those that were good as they were. Higher is better."),
    ),
    Figure(
        "edited",
        _("Accepted after a change"),
        _("Somebody changed a word or more first. If it grows, look at what is changed: a voice or a rule may say it."),
    ),
    Figure(
        "rejected",
        _("Rejected"),
        _("Texts that nobody wanted. Lower is better."),
    ),
)
FIGURES = (
    Figure(
        "unbacked_after_check",
        _("Unproven sentences you see"),
        _("Sentences of offered texts that your product data does not prove. It has to be 0."),
    ),
    Figure(
        "dropped_rate",
        _("Sentences taken out"),
        _("What the model wrote and your product data does not prove. You never see it as text; lower saves time."),
    ),
    Figure(
        "attribute_coverage",
        _("Product data told"),
        _("How much of what is known of a product its text tells. Short texts have room for less."),
    ),
    Figure(
        "refusal_rate",
        _("Products without a text"),
        _("Too little was known of them, or too little of what was written was true. More product data helps."),
    ),
    Figure(
        "rich_refusal_rate",
        _("Well-known products without a text"),
        _("The same of products with five or more fields. It should be close to 0."),
    ),
    Figure(
        "confidence",
        _("Confidence"),
        _("How little of a person the texts need, as the writer judges them itself. Compare it with your decisions."),
    ),
    Figure(
        "unbacked_sentence_rate",
        _("Unproven at the first try"),
        _("Of what the model says first, before anything is checked. It compares models."),
    ),
    Figure(
        "over_limit_rate",
        _("Too long for their channel"),
        _("Texts that a channel would cut. It has to be 0."),
    ),
    Figure(
        "degenerate_rate",
        _("Broken texts"),
        _("Empty, cut off in the middle, or going round in circles. It has to be 0."),
    ),
    Figure(
        "repetition",
        _("Repetition"),
        _("Runs of four words that come again in the same text. Lower reads better."),
    ),
    Figure(
        "tokens_per_text",
        _("Tokens a text"),
        _("How much the model writes for one text, what is thrown away included: it is what a text costs."),
        NUMBER,
    ),
    Figure(
        "tokens_per_second",
        _("Tokens a second"),
        _("How fast the model writes on this machine."),
        NUMBER,
    ),
)
"""In the order of the page."""
