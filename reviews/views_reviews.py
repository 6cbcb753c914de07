"""The list of reviews, one review, writing one in, and forgetting who wrote it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from catalog.models import Product
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest
from reviews import listing, services
from reviews.forms import ReviewForm
from reviews.languages import named
from reviews.listing import ReviewFilter
from reviews.models import Review, ReviewAuthor, ReviewFile
from reviews.sentences import ReviewError
from reviews.services.matches import unmatched

COUNTED = 10_000  # reviews past which the list says "more than"


@require_GET
def review_list(request: ShopRequest, slug: str) -> HttpResponse:
    chosen = ReviewFilter.from_query(request.GET.dict())
    page = listing.page(chosen, request.GET.get("after"), request.GET.get("before"))
    count = chosen.count(COUNTED + 1)
    query = chosen.to_query()
    context = {
        "filter": chosen,
        "reviews": page.reviews,
        "count": min(count, COUNTED),
        "counted_all": count <= COUNTED,
        "next_url": _cursor(query, "after", page.next),
        "previous_url": _cursor(query, "before", page.previous),
    }
    if wants_fragment(request):
        return render(request, "reviews/_review_list.html", context)
    context |= {
        "stars": [("5", "★★★★★"), ("4", "★★★★"), ("3", "★★★"), ("2", "★★"), ("1", "★"), ("0", _("No stars"))],
        "sources": listing.sources(),
        "languages": sorted(((tag, named(tag)) for tag in listing.languages()), key=lambda each: each[1]),
        "product": Product.objects.filter(pk=chosen.product).first() if chosen.product else None,
        "file": ReviewFile.objects.filter(pk=chosen.file).first() if chosen.file else None,
        "any_review": bool(page.reviews) or Review.objects.exists(),
        "to_match": unmatched().exists(),
    }
    return render(request, "reviews/review_list.html", context)


def _cursor(query: dict[str, str], name: str, cursor: str | None) -> str:
    return "?" + urlencode({**query, name: cursor}) if cursor else ""


@require_GET
def review_detail(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    return render(request, "reviews/review_detail.html", {"review": _review(pk)})


@require_http_methods(["GET", "POST"])
def review_new(request: ShopRequest, slug: str) -> HttpResponse:
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.add_review(form.entry())
        except ReviewError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("The review was added."))
            return redirect_to(request, reverse("reviews:review_detail", kwargs={"slug": slug, "pk": made.pk}))
    status = 422 if request.method == "POST" else 200
    context: dict[str, Any] = {"form": form}
    return render(request, "reviews/review_new.html", context, status=status)


@require_POST
def match(request: ShopRequest, slug: str) -> HttpResponse:
    """Look for the products of reviews that have none yet."""
    try:
        job = services.match_again(by=request.user)
    except ReviewError as error:
        messages.info(request, str(error))
        return redirect_to(request, reverse("reviews:review_list", kwargs={"slug": slug}))
    return redirect_to(request, reverse("jobs:job", kwargs={"slug": slug, "job_id": job.pk}))


@require_POST
def remove(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """A review that a person wrote in."""
    try:
        services.remove_review(_review(pk))
    except ReviewError as error:
        messages.error(request, str(error))
        return redirect_to(request, reverse("reviews:review_detail", kwargs={"slug": slug, "pk": pk}))
    messages.success(request, _("The review was removed."))
    return redirect_to(request, reverse("reviews:review_list", kwargs={"slug": slug}))


@require_POST
def remove_author(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    """An author's name and contact, for good."""
    author: ReviewAuthor = get_object_or_404(ReviewAuthor.objects.all(), pk=pk)
    left = services.remove_author(author)
    messages.success(
        request,
        ngettext(
            "The author’s data is gone. %(n)s review stays, without a name.",
            "The author’s data is gone. %(n)s reviews stay, without a name.",
            left,
        )
        % {"n": left},
    )
    return redirect_to(request, reverse("reviews:review_list", kwargs={"slug": slug}))


def _review(pk: int) -> Review:
    found: Review = get_object_or_404(Review.objects.select_related("product", "author", "file"), pk=pk)
    return found
