"""What the model wrote for a product, and what a person decided about it."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
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
    REPLACED = "replaced", _("Replaced")


class Draft(TenantModel):
    """One job's text for one product or one category; exactly one a job, subject, kind and take.

    PENDING → ACCEPTED | REJECTED, and back by an undo; PENDING → REPLACED by a later job's draft of the same subject
    and kind. REFUSED drafts hold no text, only `reason`, a code that `writing.refusal.told` turns into a sentence in
    the reader's language.
    `text` is what will be published, `original_text` what the model wrote. `evidence` is
    `foundation.evidence.to_json` of `text`; `removed` lists the sentences that were left out, in the same form.
    `score` is what `writing.scoring` says of the text, `confidence` how little of a person it needs, 0 to 100;
    `sketch` lets near-duplicates be found. `given` is a digest of all that the model was given, by which the same is
    not written twice.
    """

    product = TenantForeignKey(Product, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    category = models.CharField(max_length=500, blank=True)  # a product type of the catalog: a text about all of these
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
    language = models.CharField(max_length=16, default="en")
    voice = models.CharField(max_length=255, blank=True)  # the brand whose voice it has, "" for the whole shop's
    given = models.CharField(max_length=64, blank=True)
    score = models.JSONField(default=dict, blank=True)
    confidence = models.PositiveSmallIntegerField(default=0)
    sketch = ArrayField(models.BigIntegerField(), default=list, blank=True)
    differs = models.GeneratedField(  # from what the model wrote: `is_edited`, for statements over many drafts
        expression=~Q(text=F("original_text")),  # type: ignore[arg-type]  # the stubs know no conditions here
        output_field=models.BooleanField(),
        db_persist=True,
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    replaced = TenantForeignKey(  # the text that accepting put into the history; an undo brings it back
        DescriptionVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "product", "kind", "take"], name="one_draft_of_a_kind"),
            models.UniqueConstraint(
                fields=["job", "category", "kind", "take"], condition=Q(product=None), name="one_draft_of_a_category"
            ),
            models.CheckConstraint(
                condition=Q(product=None) ^ Q(category=""), name="draft_of_a_product_or_of_a_category"
            ),
        ]
        indexes = [
            # Rows are wide, with their evidence and sketch: what pages count and choose by stands in the index itself.
            models.Index(
                fields=["merchant", "status", "id"],
                include=["kind", "confidence", "job", "product", "category", "take"],
                name="draft_by_status",
            ),
            models.Index(
                fields=["merchant", "decided_at"],
                include=["status", "kind", "differs", "model", "voice"],
                condition=Q(status__in=["accepted", "rejected"]),
                name="draft_by_decision",
            ),
            models.Index(
                fields=["merchant", "job", "status"], include=["id", "tokens_out", "model"], name="draft_by_job"
            ),
            models.Index(fields=["merchant", "job"], condition=Q(take__gt=0), name="draft_further_takes"),
            models.Index(fields=["product", "status"], name="draft_by_product"),
            models.Index(fields=["merchant", "given"], condition=~Q(given=""), name="draft_by_given"),
            GinIndex(fields=["sketch"], condition=Q(status__in=["pending", "accepted"]), name="draft_by_sketch"),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.text[:60]}"

    @property
    def subject(self) -> str:
        """What the text is about, by its name."""
        return self.product.title if self.product is not None else self.category

    @property
    def brand(self) -> str:
        """Whose voice and rules its text has to keep to; "" for the whole shop's."""
        return self.product.vendor if self.product is not None else ""

    @property
    def text_kind(self) -> TextKind:
        return KINDS[self.kind]

    @property
    def is_description(self) -> bool:
        """Whether accepting it changes the product; a text of another kind is kept as accepted, to be exported."""
        return self.text_kind is DESCRIPTION

    @property
    def text_state(self) -> str:
        """Differs for texts that differ: by it an editor knows that nobody else has saved another one."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @property
    def is_edited(self) -> bool:
        """Whether a person changed the model's text."""
        return self.text != self.original_text
