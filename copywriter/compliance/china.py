"""China: the Advertising Law of the People's Republic of China, as amended in 2021."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from copywriter.compliance import china_words as words
from copywriter.compliance.health_words import CURES, MEDICAL
from copywriter.compliance.rule import Market, Rule, Source, Topic

_LAW = _("Advertising Law of the PRC (中华人民共和国广告法)")
_URL = "https://www.gov.cn/xinwen/2015-04/25/content_2852914.htm"


def _article(number: Promise) -> Source:
    return Source(_LAW, number, _URL)


RULES = (
    Rule(
        "cn_superlative",
        Market.CN,
        Topic.PRAISE,
        _("Superlatives: “national-level”, “highest”, “best” and the like"),
        _article(_("Art. 9(3)")),
        words.SUPERLATIVES,
    ),
    Rule(
        "cn_rank",
        Market.CN,
        Topic.PRAISE,
        _("First, only, number one"),
        _article(_("Art. 9(3)")),
        words.RANK,
        by_fact=True,
    ),
    Rule(
        "cn_state",
        Market.CN,
        Topic.PROMISE,
        _("Names of state organs and their staff"),
        _article(_("Art. 9(2)")),
        words.STATE,
    ),
    Rule("cn_superstition", Market.CN, Topic.DECENCY, _("Superstition"), _article(_("Art. 9(8)")), words.SUPERSTITION),
    Rule(
        "cn_cure_rate",
        Market.CN,
        Topic.HEALTH,
        _("Assertions of effect, safety or cure rates"),
        _article(_("Art. 16")),
        words.CURE_RATE,
    ),
    Rule(
        "cn_medical",
        Market.CN,
        Topic.HEALTH,
        _("Treating illness, medical terms"),
        _article(_("Art. 17")),
        CURES,
        proof=MEDICAL,
    ),
    Rule(
        "cn_health_food",
        Market.CN,
        Topic.HEALTH,
        _("Health foods: prevention, necessity, guaranteed effect"),
        _article(_("Art. 18")),
        words.HEALTH_FOOD,
    ),
)
