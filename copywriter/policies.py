"""What a shop's policy makes of the rules: which hold for its texts."""

from __future__ import annotations

from collections.abc import Sequence

from copywriter.compliance import Rules
from copywriter.compliance.book import USUAL_MARKETS, USUALLY_OFF, codes
from copywriter.models import Policy


def usual() -> Policy:
    """Of a shop that has decided nothing: the rules of all markets but those that are usually off."""
    return Policy(markets=list(USUAL_MARKETS), switched_off=list(USUALLY_OFF))


def read() -> Policy:
    """Of the shop in whose scope it is read; the usual one is not saved."""
    return Policy.objects.first() or usual()


def rules_of(policy: Policy, avoided: Sequence[str] = ()) -> Rules:
    return Rules(
        codes=codes(policy.markets, policy.switched_off),
        avoided=tuple(avoided),
        banned=tuple(policy.banned),
        competitors=tuple(policy.competitors),
    )
