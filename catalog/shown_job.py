"""How an import presents itself in the list of jobs."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.models import CatalogFile, FileStatus
from foundation.jobs.models import Job, JobStatus
from foundation.tenancy.scope import current_merchant


class ShownImport:
    """Mixed into the job kind; `foundation.jobs.presentation` says what each member is for."""

    icon = "file-up"

    def title(self, job: Job) -> str:
        names = self.item_labels([str(job.params.get("file", 0))])
        return _("Import “%(file)s”") % {"file": next(iter(names.values()), _("a removed file"))}

    def results(self, job: Job) -> tuple[str, str] | None:
        if "file" not in job.params:
            return None
        where = {"slug": current_merchant().slug, "pk": job.params["file"]}
        return _("See the result"), reverse("catalog:import_detail", kwargs=where)

    def made(self, jobs: Sequence[Job]) -> dict[int, str]:
        """How many products each file brought, once it is imported: its one item is the file."""
        files = {job.params.get("file") for job in jobs}
        imported = CatalogFile.objects.filter(pk__in=files - {None}, status=FileStatus.PUBLISHED)
        counted = dict(imported.values_list("pk", "counts__products"))
        done = [job for job in jobs if job.status == JobStatus.DONE]
        return {job.pk: "" for job in jobs} | {job.pk: _products(counted.get(job.params.get("file"))) for job in done}

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        names = CatalogFile.objects.filter(pk__in=[int(key) for key in keys if key.isdigit()]).values_list(
            "pk", "original_name"
        )
        return {str(pk): name for pk, name in names}


def _products(number: int | None) -> str:
    if number is None:
        return ""
    return ngettext("%(n)s product", "%(n)s products", number) % {"n": intcomma(number)}
