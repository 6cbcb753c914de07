"""Comments on a draft: everybody of the shop reads and writes them, each takes back only their own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from copywriter import services
from copywriter.errors import CopywriterError
from copywriter.models import Comment, Draft
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest


@require_POST
def add(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    draft: Draft = get_object_or_404(Draft, pk=pk)
    text = request.POST.get(f"draft-{pk}-comment", "")
    try:
        services.comment(draft, text, by=request.user)
    except CopywriterError as error:
        return _answer(request, slug, draft, str(error), text)
    return _answer(request, slug, draft)


@require_POST
def remove(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    comment: Comment = get_object_or_404(Comment.objects.select_related("draft"), pk=pk)
    try:
        services.remove_comment(comment, by=request.user)
    except CopywriterError as error:
        return _answer(request, slug, comment.draft, str(error))
    return _answer(request, slug, comment.draft)


def _answer(request: ShopRequest, slug: str, draft: Draft, error: str = "", text: str = "") -> HttpResponse:
    """With what was typed where it could not be kept."""
    if wants_fragment(request):
        context = {"draft": draft, "comments": comments_of(draft), "opened": True, "error": error, "typed": text}
        return render(request, "copywriter/_comments.html", context, status=422 if error else 200)
    if error:
        messages.error(request, error)
    return redirect_to(request, reverse("copywriter:draft_detail", kwargs={"slug": slug, "pk": draft.pk}))


def comments_of(draft: Draft) -> list[Comment]:
    return list(Comment.objects.filter(draft=draft).select_related("by").order_by("pk"))
