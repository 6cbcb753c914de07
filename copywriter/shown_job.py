"""How a job that writes texts presents itself in the list of jobs."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Product
from copywriter import selection
from copywriter.kinds import DESCRIPTION
from copywriter.models import Draft, DraftStatus
from copywriter.writing.wishes import Wish
from foundation.jobs.models import Job
from foundation.tenancy.scope import current_merchant

CATEGORY_KIND = "copy.category"


class ShownDescriptions:
    """Mixed into the job kind; `foundation.jobs.presentation` says what each member is for."""

    icon = "sparkles"

    def title(self, job: Job) -> str:
        """With what it is about, where it was said: two jobs of a list must not look the same."""
        if job.params.get("name"):
            return _("Campaign “%(name)s”") % {"name": job.params["name"]}
        chosen = job.params.get("selection")
        if not chosen:
            return _("Write descriptions")
        if job.kind == CATEGORY_KIND:
            about = _("all categories") if chosen.get("all") else selection.told(chosen)
            return _("Write category texts: %(about)s") % {"about": about}
        about = selection.told(chosen)
        if Wish.from_params(job.params).kinds != (DESCRIPTION,):
            return _("Write texts: %(about)s") % {"about": about}
        return _("Write descriptions: %(about)s") % {"about": about}

    def results(self, job: Job) -> tuple[str, str]:
        there = reverse("copywriter:draft_list", kwargs={"slug": current_merchant().slug})
        return _("Review drafts"), f"{there}?job={job.pk}"

    def undo(self, job: Job) -> tuple[str, str] | None:
        return undo_of(job)

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


def undo_of(run: Job) -> tuple[str, str] | None:
    """Where everything that the run put into the catalog can be taken back; None while it runs."""
    if run.is_active:
        return None
    return _("Undo this run"), reverse(
        "copywriter:undo_run", kwargs={"slug": current_merchant().slug, "job_id": run.pk}
    )


def _made(drafts: int, refused: int) -> str:
    told = ngettext("%(n)s draft", "%(n)s drafts", drafts) % {"n": intcomma(drafts)}
    if not refused:
        return told
    return _(", ").join([told, ngettext("%(n)s refused", "%(n)s refused", refused) % {"n": intcomma(refused)}])
