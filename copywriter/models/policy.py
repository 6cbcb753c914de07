"""Which rules of law and of the shop its texts keep to."""

from __future__ import annotations

from django.db import models

from foundation.tenancy.models import TenantModel


class Policy(TenantModel):
    """One a shop; a shop without a row has the usual one. Codes are those of `copywriter.compliance`."""

    markets = models.JSONField(default=list, blank=True, help_text="codes of the markets that the shop sells in")
    switched_off = models.JSONField(default=list, blank=True, help_text="codes of rules that do not hold here")
    banned = models.JSONField(default=list, blank=True, help_text="words of the shop's own that no text may use")
    competitors = models.JSONField(default=list, blank=True, help_text="names that no text may mention")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merchant"], name="one_policy_a_shop")]

    def __str__(self) -> str:
        return f"policy of shop {self.merchant_id}"
