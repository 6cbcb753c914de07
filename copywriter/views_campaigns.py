"""Campaigns: the list of them, and the page that starts one."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from copywriter import campaigns, estimates, selection
from copywriter.campaign_form import CampaignForm, initial_like
from copywriter.forms import Numbers
from copywriter.jobs import WRITING
from copywriter.writing import languages
from copywriter.writing.wishes import Wish
from foundation.jobs import services as jobs
from foundation.jobs.errors import JobError
from foundation.jobs.models import Job
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest
from foundation.tenancy.row_ids import row_id

OCCASIONS = (
    _("Mother's Day"), _("Father's Day"), _("Valentine's Day"), _("Easter"), _("Back to school"), _("Halloween"),
    _("Singles' Day"), _("Black Friday"), _("Cyber Monday"), _("Christmas"), _("Summer sale"),
)  # fmt: skip
"""Offered; any other may be typed."""


@require_GET
def campaign_list(request: ShopRequest, slug: str) -> HttpResponse:
    page = campaigns.page(row_id(request.GET.get("before")))
    if wants_fragment(request):
        if request.GET.get("v") == page.version:
            return HttpResponse(status=204)
        return render(request, "copywriter/_campaigns.html", {"page": page})
    return render(request, "copywriter/campaign_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def campaign_new(request: ShopRequest, slug: str) -> HttpResponse:
    """With `like`, a job, its settings stand in the form; with `part=count` only how many are chosen, and what
    that takes."""
    if request.GET.get("part") == "count":
        return _counted(request)
    if request.method == "GET":
        return _asked(request, CampaignForm(initial=_initial(request)))
    form = CampaignForm(request.POST)
    if not form.is_valid():
        return _asked(request, form, status=422)
    try:
        job = jobs.enqueue(form.job_kind, form.to_params(), by=request.user)
    except JobError as error:
        return _asked(request, form, str(error), status=422)
    return redirect_to(request, reverse("copywriter:texts", kwargs={"slug": slug, "job_id": job.pk}))


def _initial(request: ShopRequest) -> dict[str, Any]:
    if like := row_id(request.GET.get("like")):
        return initial_like(get_object_or_404(Job, pk=like, kind__in=WRITING))
    return {"ids": Numbers().to_python(request.GET.getlist("ids"))}


def _counted(request: ShopRequest) -> HttpResponse:
    form = CampaignForm(request.GET)
    form.is_valid()  # what is not filled in yet is no matter here
    return render(request, "copywriter/_campaign_count.html", _count(form, form.selection()))


def _count(form: CampaignForm, chosen: dict[str, Any]) -> dict[str, Any]:
    if form.is_about_categories:
        names = selection.category_names(chosen)
        told = estimates.of_categories(names, wish) if names and (wish := _wish(form)) else None
        return {"count": len(names), "of_categories": True, "estimate": told}
    products = selection.products(chosen)
    count = products.count()
    told = estimates.of_run(products, wish) if count and (wish := _wish(form)) else None
    return {"count": count, "of_categories": False, "estimate": told}


def _wish(form: CampaignForm) -> Wish | None:
    """None where what was sent is no wish yet."""
    if not form.is_bound:
        return Wish.from_params(form.initial)
    return form.wish() if form.is_valid() else None


def _occasions(form: CampaignForm) -> list[tuple[str, str]]:
    """As a text says them and as the page does: a day named in Chinese backs no English sentence."""
    with override(form["language"].value() or languages.ENGLISH):
        values = [str(each) for each in OCCASIONS]
    return [(value, str(each)) for value, each in zip(values, OCCASIONS, strict=True)]


def _asked(request: ShopRequest, form: CampaignForm, error: str = "", status: int = 200) -> HttpResponse:
    if form.is_bound:
        chosen = form.selection()
    else:
        named = form.initial.get("ids")
        chosen = {"ids": named} if named else {"all": True}
    context = {
        "form": form,
        "error": error,
        "occasions": _occasions(form),
        "ids": ",".join(map(str, chosen.get("ids", ()))),
    }
    return render(request, "copywriter/campaign_new.html", {**context, **_count(form, chosen)}, status=status)
