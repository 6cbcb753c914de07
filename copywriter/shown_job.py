"""How a description job presents itself in the list of jobs."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Product
from copywriter import selection
from copywriter.models import Draft, DraftStatus
from foundation.jobs.models import Job
from foundation.tenancy.scope import current_merchant


class ShownDescriptions:
    """Mixed into the job kind; `foundation.jobs.presentation` says what each member is for."""

    icon = "sparkles"

    def title(self, job: Job) -> str:
        """With what it is about, where it was said: two jobs of a list must not look the same."""
        chosen = job.params.get("selection")
        if not chosen:
            return _("Write descriptions")
        return _("Write descriptions: %(about)s") % {"about": selection.told(chosen)}

    def results(self, job: Job) -> tuple[str, str]:
        there = reverse("copywriter:draft_list", kwargs={"slug": current_merchant().slug})
        return _("Review drafts"), f"{there}?job={job.pk}"

    def made(self, jobs: Sequence[Job]) -> dict[int, str]:
        """How many drafts each job wrote and how many products it refused, in one query."""
        refused = Q(status=DraftStatus.REFUSED)
        counted = (
            Draft.objects.filter(job_id__in=[job.pk for job in jobs])
            .order_by()
            .values_list("job_id")
            .annotate(drafts=Count("id", filter=~refused), refused=Count("id", filter=refused))
        )
        return {job.pk: "" for job in jobs} | {pk: _made(drafts, refused) for pk, drafts, refused in counted}

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        titles = Product.objects.filter(pk__in=[int(key) for key in keys if key.isdigit()]).values_list("pk", "title")
        return {str(pk): title for pk, title in titles}


def _made(drafts: int, refused: int) -> str:
    told = ngettext("%(n)s draft", "%(n)s drafts", drafts) % {"n": intcomma(drafts)}
    if not refused:
        return told
    return _(", ").join([told, ngettext("%(n)s refused", "%(n)s refused", refused) % {"n": intcomma(refused)}])
