"""What the model wrote for a product, and what a person decided about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import DescriptionVersion, Product
from copywriter.kinds import DESCRIPTION, KINDS, TextKind
from foundation.jobs.models import Job
from foundation.tenancy.models import TenantForeignKey, TenantModel


class DraftStatus(models.TextChoices):
    PENDING = "pending", _("To review")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    REFUSED = "refused", _("Refused")


class Draft(TenantModel):
    """One job's text for one product; exactly one a job, product, kind and take.

    PENDING → ACCEPTED | REJECTED, and back by an undo. REFUSED drafts hold no text, only `reason`, a code that
    `copywriter.refusal.told` turns into a sentence in the reader's language.
    `text` is what will be published, `original_text` what the model wrote. `evidence` is
    `foundation.evidence.to_json` of `text`; `removed` lists the sentences that were left out, in the same form.
    """

    product = TenantForeignKey(Product, on_delete=models.CASCADE, related_name="drafts")
    job = TenantForeignKey(Job, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=20, default=DESCRIPTION.name)  # a name of `copywriter.kinds`
    take = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=8, choices=DraftStatus, default=DraftStatus.PENDING)
    text = models.TextField(blank=True)
    original_text = models.TextField(blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    removed = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=255, blank=True)
    model = models.CharField(max_length=255, blank=True)
    prompt_version = models.CharField(max_length=40, blank=True)
    seed = models.BigIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    replaced = TenantForeignKey(  # the text that accepting put into the history; an undo brings it back
        DescriptionVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "product", "kind", "take"], name="one_draft_of_a_kind")]
        indexes = [
            models.Index(fields=["merchant", "status", "id"], name="draft_by_status"),
            models.Index(fields=["product", "status"], name="draft_by_product"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.text[:60]}"

    @property
    def text_kind(self) -> TextKind:
        return KINDS[self.kind]

    @property
    def is_description(self) -> bool:
        """Whether accepting it changes the product; a text of another kind is kept as accepted, to be exported."""
        return self.text_kind is DESCRIPTION

    @property
    def is_edited(self) -> bool:
        """Whether a person changed the model's text."""
        return self.text != self.original_text
