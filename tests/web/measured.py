"""Measurements and decisions of a shop, as weeks of work leave them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from copywriter.models import Draft, DraftStatus, Measurement
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope
from tests.web import goods

FIGURES = {"unbacked_after_check": 0, "dropped_rate": 0.04, "attribute_coverage": 0.9, "tokens_per_text": 120.0}


def measurement(shop: Merchant, days_ago: float = 0, **fields: object) -> Measurement:
    values = {"kind": "description", "model": "SmolLM2", "texts": 10, "figures": FIGURES, **fields}
    with merchant_scope(shop):
        made = Measurement.objects.create(**values)
        Measurement.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days_ago))
    return made


def decision(shop: Merchant, status: str, days_ago: float = 0, *, edited: bool = False, **fields: object) -> Draft:
    text = "The bowl is of oak." if edited else "The oak bowl is made of oak."
    product = goods.make_product(shop, attributes={"Material": "Oak"})
    fields = {"original_text": "The oak bowl is made of oak.", "status": status, **fields}
    decided = timezone.now() - timedelta(days=days_ago)
    return goods.make_draft(shop, product, text, decided_at=decided, **fields)


def weeks_of_work(shop: Merchant, weeks: int = 6) -> None:
    """Two kinds of text that get better week by week, and one evaluation."""
    for week in range(weeks):
        for kind, share in (("description", 0.06), ("title", 0.03)):
            figures = {**FIGURES, "dropped_rate": share + 0.01 * week, "refusal_rate": 0.02 * week}
            measurement(shop, 7.0 * week, kind=kind, figures=figures)
            for number in range(week + 2):
                status = DraftStatus.REJECTED if number == 3 else DraftStatus.ACCEPTED
                decision(shop, status, 7.0 * week, edited=number == 2, kind=kind)
    measurement(shop, 1, source="eval", figures={**FIGURES, "unbacked_sentence_rate": 0.05, "tokens_per_second": 95.0})
