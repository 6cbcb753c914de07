"""What a voice on trial sounds like, before a run."""

from __future__ import annotations

from django.db import models

from catalog.models import Product
from foundation.jobs.models import Job
from foundation.tenancy.models import TenantForeignKey, TenantModel


class Preview(TenantModel):
    """A description that shows a voice and is no draft: nobody decides on it, and it goes when the next is asked for.

    Of each product there is one in the voice `on_trial`, and one in the voice that is saved where the two differ. A
    text that could not be written is "", with the `reason` as in `Draft`; `evidence` is as there too.
    """

    job = TenantForeignKey(Job, on_delete=models.CASCADE, related_name="previews")
    product = TenantForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    on_trial = models.BooleanField()
    text = models.TextField(blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "product", "on_trial"], name="one_preview_of_a_voice"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.text[:60]}"
