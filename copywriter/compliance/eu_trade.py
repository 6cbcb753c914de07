"""European Union: unfair commercial practices beside those about the environment and health."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.compliance import praise_words as words
from copywriter.compliance.rule import Market, Rule, Source, Topic


def _unfair(article: str) -> Source:
    return Source("Directive 2005/29/EC", article, "https://eur-lex.europa.eu/eli/dir/2005/29/oj")


RULES = (
    Rule(
        "eu_rank",
        Market.EU,
        Topic.PRAISE,
        _("Leading, first or cheapest without evidence"),
        _unfair("Art. 6(1), Art. 12"),
        words.RANK,
        by_fact=True,
    ),
    Rule(
        "eu_proven",
        Market.EU,
        Topic.PROMISE,
        _("“Proven” or “100% safe” without evidence"),
        _unfair("Art. 6(1), Art. 12"),
        words.PROVEN,
        by_fact=True,
    ),
    Rule(
        "eu_urgent",
        Market.EU,
        Topic.PROMISE,
        _("Pressure by a time limit"),
        _unfair("Annex I, point 7"),
        words.URGENT,
        by_fact=True,
    ),
    Rule(
        "eu_approved",
        Market.EU,
        Topic.PROMISE,
        _("Approved by an authority that approves no such product"),
        _unfair("Annex I, point 4"),
        words.APPROVED,
        by_fact=True,
    ),
)
