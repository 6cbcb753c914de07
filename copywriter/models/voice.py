"""How a shop speaks, as a whole or for one of its brands."""

from __future__ import annotations

from django.db import models

from copywriter.writing.briefs import TONES
from foundation.tenancy.models import TenantModel


class Voice(TenantModel):
    """`brand` is a vendor of the catalog, "" for the whole shop; a product takes its brand's voice, else the shop's."""

    brand = models.CharField(max_length=255, blank=True)
    tone = models.CharField(max_length=20, default=TONES[0])
    audience = models.CharField(max_length=200, blank=True)
    prefer = models.JSONField(default=list, blank=True, help_text="words that texts should use where they are true")
    avoid = models.JSONField(default=list, blank=True, help_text="words that no text may use")
    examples = models.JSONField(default=list, blank=True, help_text="texts of the shop's own that sound right")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merchant", "brand"], name="one_voice_a_brand")]

    def __str__(self) -> str:
        return self.brand or "whole shop"
