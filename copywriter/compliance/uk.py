"""United Kingdom: the CAP Code (non-broadcast advertising) and the CMA's Green Claims Code."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.compliance import green_words, health_words, praise_words
from copywriter.compliance.rule import Market, Rule, Source, Topic

_SECTIONS = "https://www.asa.org.uk/type/non_broadcast/code_section/{}.html"


def _cap(section: str, rule: str) -> Source:
    return Source("CAP Code", rule, _SECTIONS.format(section))


RULES = (
    Rule(
        "uk_green",
        Market.UK,
        Topic.GREEN,
        _("Unqualified environmental claims"),
        _cap("11", "rules 11.1 and 11.3"),
        green_words.GENERIC,
        proof=green_words.ECOLABELS,
    ),
    Rule(
        "uk_climate",
        Market.UK,
        Topic.GREEN,
        _("“Carbon neutral” and “net zero”"),
        Source(
            "CMA Green Claims Code",
            "principles 2 and 5",
            "https://www.gov.uk/government/publications/green-claims-code-making-environmental-claims",
        ),
        green_words.CLIMATE,
    ),
    Rule(
        "uk_degradable",
        Market.UK,
        Topic.GREEN,
        _("“Biodegradable” without saying how and when"),
        _cap("11", "rule 11.1"),
        green_words.DEGRADABLE,
        proof=f"{green_words.DEGRADES}|{green_words.ECOLABELS}",
    ),
    Rule(
        "uk_cure",
        Market.UK,
        Topic.HEALTH,
        _("Curing, treating or preventing illness"),
        _cap("15", "rules 12.1 and 15.6.2"),
        health_words.CURES,
        proof=health_words.MEDICAL,
    ),
    Rule(
        "uk_health",
        Market.UK,
        Topic.HEALTH,
        _("Health claims about food that are not authorised"),
        _cap("15", "rule 15.1.1"),
        health_words.HEALTH,
    ),
    Rule(
        "uk_wellbeing",
        Market.UK,
        Topic.HEALTH,
        _("General claims of good health about food"),
        _cap("15", "rule 15.2"),
        health_words.WELLBEING,
    ),
    Rule(
        "uk_slimming",
        Market.UK,
        Topic.HEALTH,
        _("Rate or amount of weight loss"),
        _cap("13", "rule 13.9"),
        health_words.SLIMMING,
    ),
    Rule(
        "uk_rank",
        Market.UK,
        Topic.PRAISE,
        _("Leading, first or cheapest without evidence"),
        _cap("03", "rule 3.7"),
        praise_words.RANK,
        by_fact=True,
    ),
    Rule(
        "uk_proven",
        Market.UK,
        Topic.PROMISE,
        _("“Proven” or “100% safe” without evidence"),
        _cap("03", "rule 3.7"),
        praise_words.PROVEN,
        by_fact=True,
    ),
)
