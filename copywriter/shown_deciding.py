"""How jobs that decide about many drafts present themselves in the list of jobs."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import Product
from copywriter.models import Draft
from copywriter.reviewing.runs import OF_A_DRAFT
from copywriter.shown_job import undo_of
from foundation.jobs.models import Job
from foundation.jobs.progress import progress_of
from foundation.tenancy.scope import current_merchant


class ShownDecision:
    """Mixed into the job kind; `foundation.jobs.presentation` says what each member is for."""

    icon = "check-check"

    def title(self, job: Job) -> str:
        return _("Accept all drafts that pass")

    def results(self, job: Job) -> tuple[str, str]:
        return _("Accepted drafts"), _queue() + "?status=accepted"

    def undo(self, job: Job) -> tuple[str, str] | None:
        return undo_of(job)

    def left(self, n: int) -> str:
        return ngettext("%(n)s left waiting", "%(n)s left waiting", n) % {"n": intcomma(n)}

    def made(self, jobs: Sequence[Job]) -> dict[int, str]:
        return {
            pk: ngettext("%(n)s accepted", "%(n)s accepted", found.done) % {"n": intcomma(found.done)}
            for pk, found in progress_of(jobs).items()
        }

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        drafts = Draft.objects.filter(pk__in=[int(key) for key in keys]).select_related("product")
        return {str(draft.pk): f"{draft.subject} · {draft.text_kind.label}" for draft in drafts}


class ShownUndo:
    """Mixed into the job kind; `foundation.jobs.presentation` says what each member is for."""

    icon = "undo-2"

    def title(self, job: Job) -> str:
        return _("Undo run #%(run)s") % {"run": job.params.get("run", "")}

    def results(self, job: Job) -> tuple[str, str]:
        return _("Review drafts"), _queue()

    def left(self, n: int) -> str:
        return ngettext("%(n)s kept because a person changed it", "%(n)s kept because a person changed them", n) % {
            "n": intcomma(n)
        }

    def made(self, jobs: Sequence[Job]) -> dict[int, str]:
        return {
            pk: ngettext("%(n)s taken back", "%(n)s taken back", found.done) % {"n": intcomma(found.done)}
            for pk, found in progress_of(jobs).items()
        }

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        products = [int(key) for key in keys if not key.startswith(OF_A_DRAFT)]
        titles = Product.objects.filter(pk__in=products).values_list("pk", "title")
        others = Draft.objects.filter(pk__in=[int(key[1:]) for key in keys if key.startswith(OF_A_DRAFT)])
        return {str(pk): title for pk, title in titles} | {
            f"{OF_A_DRAFT}{pk}": category for pk, category in others.values_list("pk", "category")
        }


def _queue() -> str:
    return reverse("copywriter:draft_list", kwargs={"slug": current_merchant().slug})
