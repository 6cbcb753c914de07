"""Accepting all drafts that pass: asked first with what it would replace; many as a job, few at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from copywriter import services
from copywriter.addresses import job_url, queue_url
from copywriter.forms import MOST_AT_ONCE, PassForm
from copywriter.reviewing import passing, reasons
from copywriter.reviewing.confidence import least_to_pass
from copywriter.reviewing.queue import Queue
from copywriter.reviewing.runs import DECIDE
from copywriter.views_decisions import answer, sentence_of, undoable
from foundation.jobs import services as jobs
from foundation.jobs.errors import AlreadyQueued, NothingToDo
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest


@require_http_methods(["GET", "POST"])
def accept_passing(request: ShopRequest, slug: str) -> HttpResponse:
    """GET asks about exactly the drafts that are there now; POST accepts those of them that still pass."""
    if request.method == "GET":
        return _ask(request, Queue.from_query(request.GET))
    queue = Queue.from_query(request.POST)
    form = PassForm(request.POST)
    if not form.is_valid():
        return answer(request, slug, queue, {"error": _("Look at what would be accepted first.")}, status=422)
    until, over_people = form.cleaned_data["until"], form.cleaned_data["people"]
    found = passing.passing(queue, until, over_people=over_people).values_list("pk", flat=True)
    ids = list(found[: MOST_AT_ONCE + 1])
    if len(ids) > MOST_AT_ONCE:
        return _enqueue(request, slug, queue, until, over_people)
    accepted = services.accept_many(ids, request.user, over_people=over_people, only_clean=True)
    context = undoable(sentence_of("accept", len(accepted.done)), accepted.done)
    said = answer(request, slug, queue, {**context, "error": reasons.summed(accepted.left.values())})
    return trigger_client_event(said, "dialog:close")


def _ask(request: ShopRequest, queue: Queue) -> HttpResponse:
    context = {
        "queue": queue,
        "query_items": list(queue.to_query().items()),
        "passing": passing.survey(queue),
        "least": least_to_pass(queue.sure),
        "is_sure": queue.sure != "medium",
    }
    name = "copywriter/_pass_dialog.html" if wants_fragment(request) else "copywriter/pass.html"
    return render(request, name, context)


def _enqueue(request: ShopRequest, slug: str, queue: Queue, until: int, over_people: bool) -> HttpResponse:
    params = {"filter": queue.first_page().to_query(), "until": until, "over_people": over_people}
    try:
        job = jobs.enqueue(DECIDE, params, by=request.user, dedup_key="pass")
    except AlreadyQueued as twin:
        job = twin.job
        messages.info(request, _("Drafts are being accepted already. Wait until that has ended, then look again."))
    except NothingToDo:
        messages.info(request, _("They have been decided meanwhile."))
        return redirect_to(request, queue_url(slug, queue))
    else:
        messages.success(request, _("The drafts are being accepted. You can cancel it, or undo it as a whole later."))
    return redirect_to(request, job_url(slug, job))
