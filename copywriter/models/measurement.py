"""How good the texts of a job, or of an evaluation, were: a row a kind of text, for the plots of the quality page."""

from __future__ import annotations

from django.db import models

from foundation.jobs.models import Job
from foundation.tenancy.models import TenantForeignKey, TenantModel


class Source(models.TextChoices):
    JOB = "job"
    EVALUATION = "eval"


class Measurement(TenantModel):
    """`figures` are those of `manage.py evaluate copy`: rates and shares 0 to 1, by name."""

    source = models.CharField(max_length=4, choices=Source, default=Source.JOB)
    job = TenantForeignKey(Job, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20)  # a name of `copywriter.kinds`
    voice = models.CharField(max_length=255, blank=True)  # its brand, "" for the whole shop's
    model = models.CharField(max_length=255)
    texts = models.PositiveIntegerField()
    figures = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "kind", "voice"], name="one_measurement_of_a_job_s_kind")]
        indexes = [models.Index(fields=["merchant", "kind", "created_at"], name="measurement_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.model}"
