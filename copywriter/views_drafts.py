"""Looking at drafts: the review queue, one draft, and its editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from copywriter import selection, services
from copywriter.errors import CopywriterError, EditedMeanwhile
from copywriter.forms import MOST_CHARACTERS, EditForm
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing import passing
from copywriter.reviewing import queue as queues
from copywriter.reviewing.cards import card, cards, checked
from copywriter.reviewing.confidence import LEVEL_LABELS
from copywriter.reviewing.queue import Queue
from foundation.jobs.models import ACTIVE
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest


@require_GET
def draft_list(request: ShopRequest, slug: str) -> HttpResponse:
    queue = Queue.from_query(request.GET)
    context = review(queue)
    if wants_fragment(request):
        name = "copywriter/_counts.html" if "counts" in request.GET else "copywriter/_review_again.html"
        return render(request, name, context)
    return render(request, "copywriter/draft_list.html", context)


def review(queue: Queue) -> dict[str, Any]:
    """Everything the queue's page needs."""
    page = queues.page(queue)
    if not page.drafts and (queue.after is not None or queue.before is not None):
        queue = queue.first_page()  # what was left of that page has been decided
        page = queues.page(queue)
    jobs = queues.describe_jobs()
    known = tabs(queue, writing=any(job.status in ACTIVE for job in jobs))
    return {
        "cards": cards(page.drafts),
        "previous_url": page.previous_url,
        "next_url": page.next_url,
        "jobs": [(job, selection.told(job.params.get("selection") or {})) for job in jobs],
        "passing": passing.count(queue) if known["sure_ones"] else 0,
        **known,
    }


def tabs(queue: Queue, *, writing: bool) -> dict[str, Any]:
    """`writing`: a job is adding drafts, so the counts have to be asked for again."""
    found = queues.counts(queue)
    known = found.by_status
    first = queue.first_page()
    return {
        "queue": queue,
        "query_items": list(queue.to_query().items()),
        "tabs": [(choice, known[choice], first.url(status=choice.value)) for choice in queues.TABS],
        "kinds": found.kinds,
        "unfiltered": first.url(kind="", sure=""),
        "levels": [(name, label, found.by_level[name]) for name, label in LEVEL_LABELS.items()],
        "count": known[queue.status],
        "sure_ones": found.by_level[queue.sure or "high"] if queue.status == DraftStatus.PENDING else 0,
        "fairly_sure": _fairly_sure(queue, found.by_level),
        "any_draft": any(known.values()),
        "writing": writing,
    }


def _fairly_sure(queue: Queue, by_level: Mapping[str, int]) -> dict[str, Any]:
    """Where the queue is narrowed to what may be accepted together, if nothing in it is called sure; else empty."""
    if queue.status != DraftStatus.PENDING or queue.sure or by_level["high"] or not by_level["medium"]:
        return {}
    return {"url": queue.first_page().url(sure="medium"), "count": by_level["medium"]}


@require_GET
def draft_detail(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    context = {"card": card(find(pk)), "queue": Queue.from_query(request.GET)}
    return _one(request, context)


@require_http_methods(["GET", "POST"])
def edit(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """The editor. Saving checks the text against the product's data again; a person may keep what is not backed."""
    draft = find(pk)
    form = EditForm(request.POST if request.method == "POST" else None, draft=draft)
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            services.edit(draft, form.cleaned_data["text"], by=request.user, over=form.cleaned_data["was"])
        except EditedMeanwhile as failure:
            return lost(request, draft, form, failure)
        except CopywriterError as failure:
            error = str(failure)
        else:
            if wants_fragment(request):
                return render(request, "copywriter/_card.html", {"card": card(find(pk)), "current": True})
            return redirect_to(request, reverse("copywriter:draft_detail", kwargs={"slug": slug, "pk": pk}))
    context = {"card": card(draft), "form": form, "error": error, "editing": True}
    return _one(request, context, status=422 if request.method == "POST" else 200)


def lost(request: ShopRequest, draft: Draft, form: EditForm, failure: EditedMeanwhile) -> HttpResponse:
    """The editor with what this person typed, beside what the other one saved; whoever saves now has seen it."""
    theirs = find(draft.pk)
    form.data = {**request.POST.dict(), form.add_prefix("was"): theirs.text_state}
    context = {"card": card(theirs), "form": form, "error": str(failure), "editing": True}
    return _one(request, context, status=422)


def _one(request: ShopRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """One draft: its card, or the page around it."""
    name = "copywriter/_card.html" if wants_fragment(request) else "copywriter/draft_detail.html"
    return render(request, name, context, status=status)


@require_POST
def check(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """What of a text in the editor the product's data holds. Writes nothing; a POST because texts are long."""
    draft = find(pk)
    text = EditForm(request.POST, draft=draft)["text"].value() or ""
    return render(request, "copywriter/_evidence.html", {"marked": checked(draft, text[:MOST_CHARACTERS])})


def find(pk: int) -> Draft:
    found: Draft = get_object_or_404(Draft.objects.select_related("product", "job", "decided_by"), pk=pk)
    return found
