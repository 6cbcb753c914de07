"""How a description job presents itself in the list of jobs."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Product
from foundation.jobs.models import Job
from foundation.tenancy.scope import current_merchant


class ShownDescriptions:
    """Mixed into the job kind; `foundation.jobs.presentation` says what each member is for."""

    icon = "sparkles"

    def title(self, job: Job) -> str:
        return _("Write descriptions")

    def results(self, job: Job) -> tuple[str, str]:
        there = reverse("copywriter:draft_list", kwargs={"slug": current_merchant().slug})
        return _("Review drafts"), f"{there}?job={job.pk}"

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        titles = Product.objects.filter(pk__in=[int(key) for key in keys if key.isdigit()]).values_list("pk", "title")
        return {str(pk): title for pk, title in titles}
