"""United States: the FTC's Guides for the Use of Environmental Marketing Claims ("Green Guides")."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.compliance import green_words as words
from copywriter.compliance.rule import Market, Rule, Source, Topic


def _guides(section: str) -> Source:
    return Source("FTC Green Guides", f"16 CFR {section}", f"https://www.ecfr.gov/current/title-16/section-{section}")


RULES = (
    Rule(
        "us_green",
        Market.US,
        Topic.GREEN,
        _("Unqualified general environmental benefit"),
        _guides("260.4"),
        words.GENERIC,
        proof=words.ECOLABELS,
    ),
    Rule("us_climate", Market.US, Topic.GREEN, _("Carbon offsets"), _guides("260.5"), words.CLIMATE),
    Rule(
        "us_compostable",
        Market.US,
        Topic.GREEN,
        _("“Compostable” without saying where"),
        _guides("260.7"),
        words.COMPOSTABLE,
        proof=words.DEGRADES,
    ),
    Rule(
        "us_degradable",
        Market.US,
        Topic.GREEN,
        _("Unqualified “degradable”"),
        _guides("260.8"),
        words.DEGRADABLE,
        proof=words.DEGRADES,
    ),
    Rule(
        "us_non_toxic",
        Market.US,
        Topic.GREEN,
        _("“Non-toxic” and “chemical-free”"),
        _guides("260.10"),
        words.NON_TOXIC,
        proof=words.SAFE_FOR_PLAY,
    ),
    Rule("us_ozone", Market.US, Topic.GREEN, _("“Ozone-friendly”"), _guides("260.11"), words.OZONE),
    Rule(
        "us_recyclable",
        Market.US,
        Topic.GREEN,
        _("“Recyclable” without saying where"),
        _guides("260.12"),
        words.RECYCLABLE,
        usual=False,
    ),
)
