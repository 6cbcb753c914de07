"""The page on which a shop has the model learn its own texts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from copywriter.model_in_use import is_bundled
from copywriter.training import duration, own_texts
from copywriter.training.curve import curve
from copywriter.training.job import KIND, PLAN, start
from copywriter.training.learnable import LeftOut
from copywriter.training.place import ADAPTER, Figures, Place, shop_folder
from foundation.jobs.errors import JobError
from foundation.jobs.models import ACTIVE, Job
from foundation.jobs.presentation import job_view
from foundation.tenancy.htmx import wants_fragment
from foundation.tenancy.http import ShopRequest, owners_only

PROGRESS, COUNT = "progress", "count"
"""Pieces of the page that ask for themselves, by `?part=`."""


@require_http_methods(["GET", "HEAD", "POST"])
def teach(request: ShopRequest, slug: str) -> HttpResponse:
    """Everybody of the shop sees what can be learnt and what was; owners start it."""
    if request.method == "POST":
        owners_only(request)
        return _start(request, slug)
    part = request.GET.get("part", "")
    if wants_fragment(request) and part == PROGRESS:
        context = _progress(request)
        if context["view"] is None or not context["view"].job.is_active:
            return HttpResponseClientRefresh()  # it has ended: everything on the page may differ now
        return render(request, "copywriter/_teaching.html", context)
    if wants_fragment(request) and part == COUNT:
        return render(request, "copywriter/_learnable.html", _learnable(request, own_texts.quick_survey()))
    counted = own_texts.quick_survey() if part == COUNT else own_texts.remembered()
    context = {**_progress(request), **_learnable(request, counted), "bundled": is_bundled()}
    return render(request, "copywriter/teach.html", context)


def _start(request: ShopRequest, slug: str) -> HttpResponse:
    try:
        start(request.user)
    except JobError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Queued. The model begins to learn as soon as a worker is free."))
    return redirect("copywriter:teach", slug=slug)


def _progress(request: ShopRequest) -> dict[str, Any]:
    """The last training with its curve, and what the last that came to its end left."""
    job = Job.objects.filter(kind=KIND).order_by("-pk").first()
    figures = Figures.of(Place.of(job).run) if job else None
    adapter = shop_folder(request.merchant.pk) / ADAPTER
    return {
        "view": job_view(job) if job else None,
        "curve": curve(figures) if figures else None,
        "figures": figures,
        "adapter": adapter if adapter.is_dir() else None,
        "in_use": settings.INFERENCE_ROLES["copy"].get("adapter") == adapter,
        "result": Figures.of(adapter),
    }


def _learnable(request: ShopRequest, found: own_texts.Survey | None) -> dict[str, Any]:
    if found is None:
        return {"survey": None}
    last = Figures.of(shop_folder(request.merchant.pk) / ADAPTER)
    speed = last.tokens_per_second if last else 0.0
    return {
        "survey": found,
        "reasons": [(count, _reason(code)) for code, count in sorted(found.left_out.items(), key=lambda one: -one[1])],
        "enough": found.usable >= own_texts.FEWEST or not found.whole,
        "fewest": own_texts.FEWEST,
        "active": Job.objects.filter(kind=KIND, status__in=ACTIVE).exists(),
        "bundled": is_bundled(),
        "seconds": duration.seconds(found.usable, PLAN.epochs, speed),
        "measured": speed > 0,
    }


def _reason(code: str) -> str:
    return {
        LeftOut.MODEL: _("written by a language model, with no text of your own before"),
        LeftOut.EMPTY: _("without a word, perhaps of pictures only"),
        LeftOut.LANGUAGE: _("of a product whose title is in another script than Latin"),
        LeftOut.THIN: _("of a product with fewer than two fields besides title and tags"),
        LeftOut.UNBACKED: _("that say mostly what no other field of the product proves"),
        LeftOut.SHORT: _("of which too few words are left once the unproven sentences are gone"),
        LeftOut.TWICE: _("that say the same as another product’s"),
    }[LeftOut(code)]
