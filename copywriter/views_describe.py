"""From a selection of products to a job that writes texts about them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from catalog.models import Product
from catalog.product_filter import ProductFilter
from copywriter import estimates
from copywriter.addresses import job_url
from copywriter.estimating import Estimate
from copywriter.forms import Numbers, WishForm
from copywriter.jobs import KIND
from foundation.jobs import services as jobs
from foundation.jobs.errors import AlreadyQueued, JobError
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest

TITLES_SHOWN = 3


@require_http_methods(["GET", "POST"])
def describe(request: ShopRequest, slug: str) -> HttpResponse:
    """What was ticked, or with `all` what the list's filter holds: asked about first, queued on confirmation."""
    sent = request.POST if request.method == "POST" else request.GET
    form = WishForm(sent)
    if request.method == "GET" or (form.is_bound and not form.is_valid()):
        return _question(request, sent, form, status=200 if request.method == "GET" else 422)
    try:
        job = jobs.enqueue(KIND, {"selection": selection(sent), **form.wish().to_params()}, by=request.user)
    except AlreadyQueued as error:
        return redirect_to(request, job_url(slug, error.job))
    except JobError as error:
        return _question(request, sent, form, str(error), status=422)
    return redirect_to(request, job_url(slug, job))


def selection(sent: QueryDict) -> dict[str, Any]:
    """The job's own words for it. A state that only an extension knows is settled now, as ids."""
    if "all" not in sent:
        return {"ids": Numbers().to_python(sent.getlist("ids"))}
    chosen = ProductFilter.from_query(sent.dict())
    if chosen.is_plain:
        return {"filter": query} if (query := chosen.base.to_query()) else {"all": True}
    return {"ids": list(chosen.products().values_list("pk", flat=True))}


@require_http_methods(["GET", "POST"])
def estimate(request: ShopRequest, slug: str) -> HttpResponse:
    """What the run of a form like that of `describe` would cost: the fragment by itself. Writes nothing."""
    sent = request.POST if request.method == "POST" else request.GET
    form = WishForm(sent)
    return render(request, "copywriter/_estimate.html", {"estimate": _estimate(sent, form)})


def _estimate(sent: QueryDict, form: WishForm) -> Estimate | None:
    """None where nothing is selected, or the form is not valid."""
    products, _fields, asked_for = _chosen(sent)
    if form.is_bound and not form.is_valid():
        return None
    return estimates.of_run(products, form.wish(), asked_for) if asked_for else None


def _chosen(sent: QueryDict) -> tuple[QuerySet[Product], list[tuple[str, str]], int]:
    """The products, the fields that choose them once more, and how many were asked for."""
    if "all" in sent:
        chosen = ProductFilter.from_query(sent.dict())
        products = chosen.products()
        return products, [("all", "1"), *chosen.to_query().items()], products.count()
    ids = Numbers().to_python(sent.getlist("ids"))
    return Product.objects.filter(pk__in=ids), [("ids", ",".join(map(str, ids)))], len(ids)


def _question(
    request: ShopRequest, sent: QueryDict, form: WishForm, error: str = "", status: int = 200
) -> HttpResponse:
    products, fields, _asked_for = _chosen(sent)
    count = products.count()
    context = {
        "count": count,
        "described": products.exclude(description="").count(),
        "titles": list(products.order_by("pk").values_list("title", flat=True)[:TITLES_SHOWN]),
        "more": max(0, count - TITLES_SHOWN),
        "estimate": _estimate(sent, form),
        "fields": fields,
        "form": form,
        "other_language": _other_language(request.merchant.language),
        "error": error,
    }
    name = "copywriter/_describe_dialog.html" if wants_fragment(request) else "copywriter/describe.html"
    return render(request, name, context, status=status)


def _other_language(catalog: str) -> str:
    """The name of the catalog's language where the model is known not to write it, else ""."""
    if not settings.COPY_LANGUAGES or catalog in settings.COPY_LANGUAGES:
        return ""
    return str(dict(settings.LANGUAGES).get(catalog, catalog))
