"""The start, a shop's dashboard, and the health check."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ecomsite import dashboard as overview
from foundation.jobs.health import health
from foundation.tenancy.htmx import wants_fragment
from foundation.tenancy.http import ShopRequest
from foundation.tenancy.models import Membership

LAST_SHOP = "last_shop"


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Visitors read what this is; a member goes to the shop they were in last; a new person creates one."""
    if not request.user.is_authenticated:
        return render(request, "landing.html")
    memberships = Membership.objects.filter(user_id=request.user.pk).select_related("merchant").order_by("created_at")
    slugs = [membership.merchant.slug for membership in memberships]
    if not slugs:
        return redirect("tenancy:shop_new")
    last = request.session.get(LAST_SHOP)
    return redirect("dashboard", slug=last if last in slugs else slugs[0])


@require_safe
def dashboard(request: ShopRequest, slug: str) -> HttpResponse:
    if request.session.get(LAST_SHOP) != slug:
        request.session[LAST_SHOP] = slug
    shown = overview.of(request.merchant)
    if wants_fragment(request) and request.GET.get("v") == shown.version:
        return HttpResponse(status=204)
    context = {
        "overview": shown,
        "products_url": reverse("catalog:product_list", kwargs={"slug": slug}),
        "drafts_url": reverse("copywriter:draft_list", kwargs={"slug": slug}),
        "import_url": reverse("catalog:import_list", kwargs={"slug": slug}),
    }
    return render(request, "dashboard/_overview.html" if wants_fragment(request) else "dashboard/page.html", context)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while all is well, else 503; the body says what is wrong. Public: counts only, nothing of any shop."""
    found = health()
    return JsonResponse(found.as_dict(), status=200 if found.ok else 503)
