"""European Union: claims about illness, health, weight and beauty."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from copywriter.compliance import health_words as words
from copywriter.compliance.rule import Market, Rule, Source, Topic

_FOOD_CLAIMS = ("Regulation (EC) No 1924/2006", "https://eur-lex.europa.eu/eli/reg/2006/1924/oj")


def _food(article: str) -> Source:
    title, url = _FOOD_CLAIMS
    return Source(title, article, url)


RULES = (
    Rule(
        "eu_cure",
        Market.EU,
        Topic.HEALTH,
        _("Curing, treating or preventing illness"),
        Source(
            "Directive 2005/29/EC; Regulation (EU) No 1169/2011",
            "Annex I, point 17; Art. 7(3)",
            "https://eur-lex.europa.eu/eli/dir/2005/29/oj",
        ),
        words.CURES,
        proof=words.MEDICAL,
    ),
    Rule(
        "eu_health",
        Market.EU,
        Topic.HEALTH,
        _("Health claims about food that are not authorised"),
        _food("Art. 10(1)"),
        words.HEALTH,
    ),
    Rule(
        "eu_wellbeing",
        Market.EU,
        Topic.HEALTH,
        _("General claims of good health about food"),
        _food("Art. 10(3)"),
        words.WELLBEING,
    ),
    Rule(
        "eu_slimming", Market.EU, Topic.HEALTH, _("Rate or amount of weight loss"), _food("Art. 12(b)"), words.SLIMMING
    ),
    Rule(
        "eu_doctor",
        Market.EU,
        Topic.HEALTH,
        _("Recommended by doctors"),
        _food("Art. 12(c)"),
        words.DOCTORS,
        by_fact=True,
    ),
    Rule(
        "eu_cosmetic",
        Market.EU,
        Topic.HEALTH,
        _("Effects of cosmetics beyond evidence"),
        Source("Regulation (EU) No 655/2013", "Annex, point 3", "https://eur-lex.europa.eu/eli/reg/2013/655/oj"),
        words.SKIN,
    ),
)
