"""United States: health, evidence, guarantees and origin, as the FTC and the FDA have them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.compliance import health_words, praise_words
from copywriter.compliance.rule import Market, Rule, Source, Topic


def _cfr(title: int, section: str, name: str) -> Source:
    return Source(name, f"{title} CFR {section}", f"https://www.ecfr.gov/current/title-{title}/section-{section}")


_EVIDENCE = Source(
    "FTC Policy Statement Regarding Advertising Substantiation",
    "15 U.S.C. 45",
    "https://www.ftc.gov/legal-library/browse/ftc-policy-statement-regarding-advertising-substantiation",
)
RULES = (
    Rule(
        "us_cure",
        Market.US,
        Topic.HEALTH,
        _("Disease claims"),
        _cfr(21, "101.93", "FDA, claims for dietary supplements"),
        health_words.CURES,
        proof=health_words.MEDICAL,
    ),
    Rule(
        "us_slimming",
        Market.US,
        Topic.HEALTH,
        _("Rate or amount of weight loss"),
        _EVIDENCE,
        health_words.SLIMMING,
    ),
    Rule(
        "us_expert",
        Market.US,
        Topic.HEALTH,
        _("Recommended by experts"),
        _cfr(16, "255.3", "FTC Endorsement Guides"),
        health_words.DOCTORS,
        by_fact=True,
    ),
    Rule(
        "us_rank",
        Market.US,
        Topic.PRAISE,
        _("Leading, first or cheapest without evidence"),
        _EVIDENCE,
        praise_words.RANK,
        by_fact=True,
    ),
    Rule(
        "us_proven",
        Market.US,
        Topic.PROMISE,
        _("“Proven” or “100% safe” without evidence"),
        _EVIDENCE,
        praise_words.PROVEN,
        by_fact=True,
    ),
    Rule(
        "us_guarantee",
        Market.US,
        Topic.PROMISE,
        _("Guarantees without their terms"),
        _cfr(16, "239.3", "FTC Guides for the Advertising of Warranties and Guarantees"),
        praise_words.GUARANTEE,
        proof=r"guarantee|warranty|money[\s-]back|returns?",
    ),
    Rule(
        "us_origin",
        Market.US,
        Topic.PROMISE,
        _("Unqualified “Made in USA”"),
        _cfr(16, "323.2", "FTC Made in USA Labeling Rule"),
        praise_words.AMERICAN,
        by_fact=True,
    ),
)
