"""All rules, and which of them hold for a shop by its choice of markets."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from copywriter.compliance import china, eu_green, eu_health, eu_trade, profanity, uk, us_claims, us_green
from copywriter.compliance.rule import MARKETS, Market, Rule

RULES: dict[str, Rule] = {
    rule.code: rule
    for module in (profanity, eu_green, eu_health, eu_trade, uk, us_green, us_claims, china)
    for rule in module.RULES
}
"""By code, in the order of the page."""
USUAL_MARKETS = tuple(market.value for market in MARKETS)
"""Of a shop that has not chosen: it may sell anywhere."""
USUALLY_OFF = tuple(code for code, rule in RULES.items() if not rule.usual)


def of_market(market: Market) -> list[Rule]:
    return [rule for rule in RULES.values() if rule.market is market]


def codes(markets: Collection[str], switched_off: Iterable[str]) -> tuple[str, ...]:
    """Of the rules that hold in these markets, and of those that hold anywhere."""
    off = set(switched_off)
    return tuple(
        code
        for code, rule in RULES.items()
        if (rule.market is Market.ANY or rule.market in markets) and code not in off
    )
