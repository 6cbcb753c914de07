"""What a shop's dashboard shows: what waits for the merchant, how far the catalog is, what runs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import listing
from catalog.listing import Filter
from catalog.models import CatalogFile, FileStatus
from copywriter.jobs import WRITING
from copywriter.models import Draft, DraftStatus
from copywriter.writing import refusal
from foundation.jobs.models import ACTIVE, Job, JobStatus
from foundation.jobs.presentation import JobView, job_views
from foundation.tenancy.models import Merchant

RECENT = timedelta(days=7)
SHOWN_JOBS = 5


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing that waits for a person. `tone` is a badge's: info, warn or bad."""

    icon: str
    tone: str
    title: str
    text: str
    url: str
    action: str


@dataclass(frozen=True, slots=True)
class Numbers:
    products: int
    described: int
    to_review: int
    refused: int
    accepted: int

    @property
    def undescribed(self) -> int:
        return self.products - self.described


@dataclass(slots=True)
class Overview:
    numbers: Numbers
    attention: list[Attention] = field(default_factory=list)
    jobs: list[JobView] = field(default_factory=list)
    has_files: bool = False

    @property
    def is_moving(self) -> bool:
        """Whether a job runs that will change what is shown."""
        return any(view.job.is_active for view in self.jobs)

    @property
    def is_writing(self) -> bool:
        """Whether drafts come by themselves, so that nobody need choose products for them."""
        return any(view.job.is_active and view.job.kind in WRITING for view in self.jobs)

    @property
    def version(self) -> str:
        """Equal as long as the same would be shown; the rows of jobs follow their own progress."""
        shown = (self.numbers, self.attention, [(view.job.pk, view.job.status) for view in self.jobs])
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]

    @property
    def is_empty(self) -> bool:
        return self.numbers.products == 0 and not self.has_files and not self.jobs


def of(merchant: Merchant) -> Overview:
    """Runs in the merchant's scope."""
    overview = Overview(_numbers(), has_files=CatalogFile.objects.exists())
    numbers = overview.numbers
    overview.attention = [
        *_drafts(merchant, numbers),
        *_files(merchant),
        *_failed_jobs(merchant),
        *_refused(merchant, numbers),
    ]
    overview.jobs = _jobs()
    return overview


def _numbers() -> Numbers:
    products = listing.count(Filter())
    undescribed = listing.count(Filter(without_description=True))
    drafts = dict(Draft.objects.order_by().values_list("status").annotate(n=Count("id")))
    return Numbers(
        products=products,
        described=products - undescribed,
        to_review=drafts.get(DraftStatus.PENDING, 0),
        refused=drafts.get(DraftStatus.REFUSED, 0),
        accepted=drafts.get(DraftStatus.ACCEPTED, 0),
    )


def _drafts(merchant: Merchant, numbers: Numbers) -> list[Attention]:
    if not numbers.to_review:
        return []
    title = ngettext("%(n)s draft waits for your review", "%(n)s drafts wait for your review", numbers.to_review)
    return [
        Attention(
            "list-checks",
            "info",
            title % {"n": intcomma(numbers.to_review)},
            _("Accept, edit or reject. Nothing is published before you accept it."),
            reverse("copywriter:draft_list", kwargs={"slug": merchant.slug}),
            _("Review"),
        )
    ]


def _refused(merchant: Merchant, numbers: Numbers) -> list[Attention]:
    """With the reason that most of them share: it says what to add to the catalog."""
    if not numbers.refused:
        return []
    reasons = Draft.objects.filter(status=DraftStatus.REFUSED).order_by().values_list("reason")
    reason, _count = reasons.annotate(n=Count("id")).order_by("-n", "reason")[0]
    title = ngettext("%(n)s product could not be described", "%(n)s products could not be described", numbers.refused)
    there = reverse("copywriter:draft_list", kwargs={"slug": merchant.slug})
    return [
        Attention(
            "pencil-line",
            "warn",
            title % {"n": intcomma(numbers.refused)},
            _("Most often: %(reason)s") % {"reason": refusal.told(reason)},
            f"{there}?status={DraftStatus.REFUSED}",
            _("See the reasons"),
        )
    ]


def _files(merchant: Merchant) -> list[Attention]:
    found = []
    since = timezone.now() - RECENT
    for file in CatalogFile.objects.filter(status=FileStatus.READY, created_at__gt=since).order_by("-pk")[:3]:
        found.append(
            Attention(
                "file-up",
                "info",
                _("“%(file)s” waits for your confirmation") % {"file": file.original_name},
                _("Check how its columns were understood, then import it."),
                _import_url(merchant, file),
                _("Check and import"),
            )
        )
    troubled = CatalogFile.objects.filter(published_at__gt=since, counts__errors__gt=0).order_by("-pk")[:3]
    for file in troubled:
        errors = int(file.counts["errors"])
        text = ngettext("%(n)s row could not be imported.", "%(n)s rows could not be imported.", errors)
        found.append(
            Attention(
                "file-spreadsheet",
                "warn",
                _("“%(file)s” has rows with errors") % {"file": file.original_name},
                text % {"n": intcomma(errors)},
                _import_url(merchant, file),
                _("See the rows"),
            )
        )
    return found


def _import_url(merchant: Merchant, file: CatalogFile) -> str:
    return reverse("catalog:import_detail", kwargs={"slug": merchant.slug, "pk": file.pk})


def _failed_jobs(merchant: Merchant) -> list[Attention]:
    since = timezone.now() - RECENT
    failed = Job.objects.filter(status=JobStatus.FAILED, finished_at__gt=since).order_by("-pk")[:3]
    return [
        Attention(
            "triangle-alert",
            "bad",
            _("Failed: %(job)s") % {"job": view.title},
            view.job.error or _("Every item of it failed."),
            reverse("jobs:job", kwargs={"slug": merchant.slug, "job_id": view.job.pk}),
            _("See why"),
        )
        for view in job_views(list(failed))
    ]


def _jobs() -> list[JobView]:
    """What runs, then what ended last."""
    active = list(Job.objects.filter(status__in=ACTIVE).order_by("-pk")[:SHOWN_JOBS])
    ended = Job.objects.exclude(status__in=ACTIVE).order_by("-pk")[: SHOWN_JOBS - len(active)]
    return job_views([*active, *ended])
