"""Taking a whole run back: asked first, and what a person changed since stays."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from copywriter import services
from copywriter.addresses import job_url, queue_url
from copywriter.forms import MOST_AT_ONCE
from copywriter.jobs import WRITING
from copywriter.reviewing import runs
from copywriter.reviewing.queue import Queue
from foundation.jobs import services as jobs
from foundation.jobs.errors import AlreadyQueued, NothingToDo
from foundation.jobs.models import Job
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest


@require_http_methods(["GET", "POST"])
def undo_run(request: ShopRequest, slug: str, job_id: int) -> HttpResponse:
    run = _find(job_id)
    if request.method == "GET":
        context = {"run": run, "survey": runs.survey(run), "wrote": run.kind in WRITING}
        name = "copywriter/_undo_run_dialog.html" if wants_fragment(request) else "copywriter/undo_run.html"
        return render(request, name, context)
    ids = list(runs.accepted(run).values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(ids) > MOST_AT_ONCE:
        return _enqueue(request, slug, run)
    found = services.take_back(ids, keep_edited=runs.keeps_edited(run))
    messages.success(request, _told(len(found.done), len(found.kept)))
    return redirect_to(request, _drafts_of(slug, run))


def _enqueue(request: ShopRequest, slug: str, run: Job) -> HttpResponse:
    try:
        job = jobs.enqueue(runs.UNDO, {"run": run.pk}, by=request.user, dedup_key=str(run.pk))
    except AlreadyQueued as twin:
        job = twin.job
    except NothingToDo:
        messages.info(request, _told(0, 0))
        return redirect_to(request, _drafts_of(slug, run))
    messages.success(request, _("The run is being taken back."))
    return redirect_to(request, job_url(slug, job))


def _told(back: int, kept: int) -> str:
    sentence = ngettext("%(n)s text taken back.", "%(n)s texts taken back.", back) % {"n": back}
    if not kept:
        return sentence
    stays = ngettext("%(n)s kept because a person changed it.", "%(n)s kept because a person changed them.", kept) % {
        "n": kept
    }
    return f"{sentence} {stays}"


def _drafts_of(slug: str, run: Job) -> str:
    """Where what was taken back waits."""
    return queue_url(slug, Queue(job=run.pk if run.kind in WRITING else None))


def _find(job_id: int) -> Job:
    try:
        return runs.find(job_id)
    except Job.DoesNotExist as error:
        raise Http404 from error
