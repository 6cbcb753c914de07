"""What people are told of a rule by its code."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from copywriter.compliance.book import RULES
from copywriter.compliance.own import LABELS
from copywriter.compliance.rule import MARKETS


@dataclass(frozen=True, slots=True)
class Told:
    """`where` is the market and the source as one cites it, `url` the source's text; "" of the shop's own lists."""

    code: str
    label: str | Promise
    where: str = ""
    url: str = ""


def told(code: str) -> Told:
    """Of a rule, of one of the shop's own lists, or of a code that an older version had."""
    rule = RULES.get(code)
    if rule is None:
        return Told(code, LABELS.get(code) or _("A rule that no longer exists"))
    market = MARKETS.get(rule.market)
    where = f"{market}: {rule.source}" if market else str(rule.source)
    return Told(code, rule.label, where, rule.source.url)
