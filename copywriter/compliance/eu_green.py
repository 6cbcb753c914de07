"""European Union: environmental claims, by Directive 2005/29/EC as Directive (EU) 2024/825 amends it, applied from 27
September 2026."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.compliance import green_words as words
from copywriter.compliance.rule import Market, Rule, Source, Topic

_TITLE = "Directive 2005/29/EC as amended by Directive (EU) 2024/825"
_URL = "https://eur-lex.europa.eu/eli/dir/2024/825/oj"

RULES = (
    Rule(
        "eu_green",
        Market.EU,
        Topic.GREEN,
        _("Generic environmental claims"),
        Source(_TITLE, "Annex I, point 4a", _URL),
        words.GENERIC,
        proof=words.ECOLABELS,
    ),
    Rule(
        "eu_degradable",
        Market.EU,
        Topic.GREEN,
        _("“Biodegradable” without saying how and when"),
        Source(_TITLE, "Annex I, point 4a; recital 9", _URL),
        words.DEGRADABLE,
        proof=f"{words.DEGRADES}|{words.ECOLABELS}",
    ),
    Rule(
        "eu_climate",
        Market.EU,
        Topic.GREEN,
        _("“Climate neutral” by offsetting"),
        Source(_TITLE, "Annex I, point 4c", _URL),
        words.CLIMATE,
    ),
    Rule(
        "eu_pledge",
        Market.EU,
        Topic.GREEN,
        _("Environmental pledges without a public plan"),
        Source(_TITLE, "Art. 6(2)(d)", _URL),
        words.PLEDGES,
    ),
    Rule(
        "eu_organic",
        Market.EU,
        Topic.GREEN,
        _("“Organic” food without its certification"),
        Source("Regulation (EU) 2018/848", "Art. 30", "https://eur-lex.europa.eu/eli/reg/2018/848/oj"),
        words.ORGANIC,
        proof=words.ORGANIC_MARKS,
        usual=False,
    ),
)
