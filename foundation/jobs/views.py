"""The live list of jobs, and one job with what failed in it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from foundation.jobs import services
from foundation.jobs.errors import JobError
from foundation.jobs.models import ACTIVE, Job, JobStatus
from foundation.jobs.presentation import JobView, failures, is_for_owners, job_view, job_views
from foundation.tenancy.htmx import wants_fragment
from foundation.tenancy.http import ShopRequest, owners_only
from foundation.tenancy.row_ids import row_id

PAGE = 20
FILTERS: dict[str, tuple[str, ...]] = {
    "active": ACTIVE,
    "done": (JobStatus.DONE,),
    "failed": (JobStatus.FAILED,),
    "cancelled": (JobStatus.CANCELLED,),
}


@require_safe
def job_list(request: ShopRequest, slug: str) -> HttpResponse:
    chosen = request.GET.get("status", "")
    jobs = Job.objects.order_by("-pk")
    if chosen in FILTERS:
        jobs = jobs.filter(status__in=FILTERS[chosen])
    before = row_id(request.GET.get("before"))
    page = list(jobs.filter(pk__lt=before)[: PAGE + 1] if before else jobs[: PAGE + 1])
    here = reverse("jobs:job_list", kwargs={"slug": slug})
    keep = f"status={chosen}&" if chosen in FILTERS else ""
    context = {
        "views": job_views(page[:PAGE]),
        "chosen": chosen if chosen in FILTERS else "",
        "previous_url": f"{here}?{keep}".rstrip("&?") if before else "",
        "next_url": f"{here}?{keep}before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
    }
    return render(request, "jobs/_list.html" if wants_fragment(request) else "jobs/list.html", context)


@require_safe
def job_page(request: ShopRequest, slug: str, job_id: int) -> HttpResponse:
    view = _find(job_id)
    if wants_fragment(request) and _unchanged(request, view):
        return HttpResponse(status=204)
    after = row_id(request.GET.get("after")) or 0
    failed, following = failures(view.job, after)
    context = {"view": view, "failures": failed, "following": following, "after": after}
    return render(request, "jobs/_job.html" if wants_fragment(request) else "jobs/job.html", context)


@require_safe
def job_row(request: ShopRequest, slug: str, job_id: int) -> HttpResponse:
    """A row polls itself while its job is active; the last answer has no trigger and says how it ended."""
    view = _find(job_id)
    if _unchanged(request, view):
        return HttpResponse(status=204)
    response = render(request, "jobs/_row.html", {"view": view})
    if not view.job.is_active:
        trigger_client_event(response, "toast", _ending(view))
    return response


@require_POST
def cancel(request: ShopRequest, slug: str, job_id: int) -> HttpResponse:
    return _act(request, slug, job_id, services.cancel, _("Cancelled. What was finished stays."))


@require_POST
def retry(request: ShopRequest, slug: str, job_id: int) -> HttpResponse:
    return _act(request, slug, job_id, services.retry, _("Queued again. Only what is unfinished will run."))


def _act(request: ShopRequest, slug: str, job_id: int, verb: Callable[[Job], Job], sentence: str) -> HttpResponse:
    job: Job = get_object_or_404(Job.objects, pk=job_id)
    if is_for_owners(job):
        owners_only(request)
    try:
        verb(job)
        messages.success(request, sentence)
    except JobError as error:
        messages.error(request, str(error))
    if not wants_fragment(request):
        return redirect("jobs:job", slug=slug, job_id=job_id)
    if request.htmx.target == "job":
        failed, following = failures(job)
        return render(request, "jobs/_job.html", {"view": _find(job_id), "failures": failed, "following": following})
    return render(request, "jobs/_row.html", {"view": _find(job_id)})


def _find(job_id: int) -> JobView:
    return job_view(get_object_or_404(Job.objects, pk=job_id))


def _unchanged(request: ShopRequest, view: JobView) -> bool:
    return request.GET.get("v") == view.version


def _ending(view: JobView) -> dict[str, str]:
    levels = {JobStatus.DONE: "warning" if view.progress.failed else "success", JobStatus.FAILED: "error"}
    sentence = f"{view.title}: {view.job.get_status_display()}"
    return {"level": levels.get(JobStatus(view.job.status), "info"), "message": sentence}
