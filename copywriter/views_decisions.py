"""Deciding about drafts: accept, reject, many at once, and taking a decision back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from catalog.models import Product
from copywriter import services
from copywriter.addresses import queue_url
from copywriter.errors import CopywriterError, EditedMeanwhile
from copywriter.forms import MOST_AT_ONCE, BulkForm, EditForm, UndoForm
from copywriter.kinds import DESCRIPTION
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing import passing, reasons
from copywriter.reviewing import queue as queues
from copywriter.reviewing.cards import card
from copywriter.reviewing.queue import Queue
from copywriter.views_drafts import find, lost, review, tabs
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest


@require_POST
def accept(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """From the editor too: then the text that stands there is kept first."""
    draft = find(pk)
    form = EditForm(request.POST, draft=draft)
    try:
        if form.add_prefix("text") in request.POST:
            if not form.is_valid():
                context = {"card": card(draft), "form": form, "editing": True}
                return render(request, "copywriter/_card.html", context, status=422)
            draft = services.edit(draft, form.cleaned_data["text"], by=request.user, over=form.cleaned_data["was"])
        services.accept(draft, by=request.user)
    except EditedMeanwhile as error:
        return lost(request, draft, form, error)
    except CopywriterError as error:
        return _refused(request, slug, pk, error)
    return _decided(request, slug, draft, _("“%(title)s” accepted") % {"title": draft.subject})


@require_POST
def reject(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    draft = find(pk)
    try:
        services.reject(draft, by=request.user)
    except CopywriterError as error:
        return _refused(request, slug, pk, error)
    return _decided(request, slug, draft, _("“%(title)s” rejected") % {"title": draft.subject})


def _refused(request: ShopRequest, slug: str, pk: int, error: CopywriterError) -> HttpResponse:
    """The draft as it is now, with the sentence why nothing was done."""
    messages.error(request, str(error))
    if wants_fragment(request):
        return render(request, "copywriter/_card.html", {"card": card(find(pk))})
    return redirect_to(request, queue_url(slug, Queue.from_query(request.POST)))


def _decided(request: ShopRequest, slug: str, draft: Draft, sentence: str) -> HttpResponse:
    """The card goes; the counts and the bar with "Undo" come along."""
    queue = Queue.from_query(request.POST)
    if not wants_fragment(request):
        messages.success(request, sentence)
        return redirect_to(request, queue_url(slug, queue))
    context = {**tabs(queue, writing="writing" in request.POST), **undoable(sentence, [draft.pk])}
    return render(request, "copywriter/_decided.html", context)


def undoable(sentence: str, ids: Sequence[int]) -> dict[str, Any]:
    return {"sentence": sentence, "undo_ids": ",".join(map(str, ids))}


@require_POST
def bulk(request: ShopRequest, slug: str) -> HttpResponse:
    queue = Queue.from_query(request.POST)
    form = BulkForm(request.POST)
    if not form.is_valid():
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return answer(request, slug, queue, {"error": sentence}, status=422)
    data = form.cleaned_data
    waiting = queues.matching(queue) if data["all"] else Draft.objects.filter(pk__in=data["ids"])
    asked = list(waiting.filter(status=DraftStatus.PENDING).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    if data["decision"] == "reject":
        done = services.reject_many(asked, by=request.user)
        return answer(request, slug, queue, undoable(sentence_of("reject", len(done)), done))
    if not data["replace"] and (described := _described(asked)):
        return _question(request, queue, asked, described)
    accepted = services.accept_many(asked, request.user, over_people=data["people"], only_clean=True)
    context = undoable(sentence_of("accept", len(accepted.done)), accepted.done)
    answered = answer(request, slug, queue, {**context, "error": reasons.summed(accepted.left.values())})
    return trigger_client_event(answered, "dialog:close") if data["replace"] else answered


def _described(ids: Sequence[int]) -> int:
    """How many products of the drafts have a text that accepting would replace."""
    described = Draft.objects.filter(pk__in=ids, kind=DESCRIPTION.name)
    return Product.objects.filter(drafts__in=described).exclude(description="").distinct().count()


def _question(request: ShopRequest, queue: Queue, ids: Sequence[int], described: int) -> HttpResponse:
    """Asked about exactly these drafts, and confirmed for them: one written meanwhile is not accepted with them."""
    context = {
        "queue": queue,
        "query_items": list(queue.to_query().items()),
        "ids": ",".join(map(str, ids)),
        "count": len(ids),
        "described": described,
        "persons": Draft.objects.filter(passing.over_a_person(), pk__in=ids).count(),
    }
    if not wants_fragment(request):
        return render(request, "copywriter/replace.html", context)
    return retarget(reswap(render(request, "copywriter/_replace_dialog.html", context), "innerHTML"), "#dialog-slot")


def sentence_of(decision: str, n: int) -> str:
    if decision == "accept":
        return ngettext("%(n)s draft accepted", "%(n)s drafts accepted", n) % {"n": n}
    return ngettext("%(n)s draft rejected", "%(n)s drafts rejected", n) % {"n": n}


@require_POST
def undo(request: ShopRequest, slug: str) -> HttpResponse:
    """Back to where the drafts waited; an accepted text leaves its product, which gets the one before it back."""
    queue = Queue.from_query(request.POST)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return answer(request, slug, queue, {"error": _("There is nothing to undo.")}, status=422)
    back, problem = services.restore_many(form.cleaned_data["undo"])
    sentence = ngettext("%(n)s draft waits again", "%(n)s drafts wait again", len(back)) % {"n": len(back)}
    return answer(
        request, slug, queue, {"error": str(problem or ""), "sentence": sentence if back else "", "back": set(back)}
    )


def answer(request: ShopRequest, slug: str, queue: Queue, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if wants_fragment(request):
        return render(request, "copywriter/_answer.html", {**review(queue), **context}, status=status)
    if context.get("error"):
        messages.error(request, context["error"])
    if context.get("sentence"):
        messages.success(request, context["sentence"])
    return redirect_to(request, queue_url(slug, queue))
