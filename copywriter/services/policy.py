"""What a shop decides about the rules for its texts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from copywriter.compliance.own_words import tidy
from copywriter.models import Policy


def change_policy(
    markets: Sequence[str], switched_off: Sequence[str], banned: Sequence[str], competitors: Sequence[str]
) -> Policy:
    """Of the shop in whose scope it is called. Texts that are there already are held against it when they are shown."""
    with transaction.atomic():
        policy = Policy.objects.select_for_update().first() or Policy()
        policy.markets, policy.switched_off = list(markets), list(switched_off)
        policy.banned, policy.competitors = list(tidy(list(banned))), list(tidy(list(competitors)))
        policy.save()
    return policy
