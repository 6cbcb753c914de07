"""The list of products, and one product with what is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog import extensions, listing, services
from catalog.facts import named, product_facts
from catalog.models import CatalogFile, DescriptionVersion, Product, ProductStatus, Variant
from catalog.product_filter import ProductFilter
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest

PRODUCTS_A_PAGE = 50
COUNTED = 10_000  # products past which the list says "more than"
VARIANTS_SHOWN = 100
VERSIONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A product as the list shows it. `low` and `high` span the prices of its variants, or are its own price."""

    product: Product
    marks: Sequence[extensions.Mark]
    variants: int
    low: Decimal | None
    high: Decimal | None


@require_GET
def product_list(request: ShopRequest, slug: str) -> HttpResponse:
    chosen = ProductFilter.from_query(request.GET.dict())
    page = chosen.page(request.GET.get("after"), request.GET.get("before"), PRODUCTS_A_PAGE)
    count = chosen.count(COUNTED + 1)
    query = chosen.to_query()
    context = {
        "filter": chosen,
        "filter_items": list(query.items()),
        "rows": _rows(slug, page.products),
        "count": min(count, COUNTED),
        "counted_all": count <= COUNTED,
        "next_url": _cursor(query, "after", page.next),
        "previous_url": _cursor(query, "before", page.previous),
        "bulk_templates": extensions.bulk_templates(),
    }
    if wants_fragment(request):
        return render(request, "catalog/_product_list.html", context)
    context |= {
        "vendors": listing.vendors(),
        "product_types": listing.product_types(),
        "statuses": ProductStatus.choices,
        "states": extensions.choices(),
        "file": CatalogFile.objects.filter(pk=chosen.base.file).first() if chosen.base.file else None,
        "any_product": bool(page.products) or Product.objects.exists(),
    }
    return render(request, "catalog/product_list.html", context)


def _cursor(query: dict[str, str], name: str, cursor: str | None) -> str:
    return "?" + urlencode({**query, name: cursor}) if cursor else ""


def _rows(slug: str, products: Sequence[Product]) -> list[Row]:
    """With their variants' prices and the marks of other apps, in one query each."""
    prices = {
        row["product_id"]: row
        for row in Variant.objects.filter(product_id__in=[product.pk for product in products])
        .order_by()
        .values("product_id")
        .annotate(n=Count("id"), low=Min("price"), high=Max("price"))
    }
    marks = extensions.marks(slug, products)
    rows = []
    for product in products:
        of = prices.get(product.pk, {"n": 0, "low": product.price, "high": product.price})
        rows.append(Row(product, marks.get(product.pk, ()), of["n"], of["low"], of["high"]))
    return rows


@require_GET
def product_detail(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    product = _product(pk)
    return render(request, "catalog/product_detail.html", _detail(request, product))


def _detail(request: ShopRequest, product: Product) -> dict[str, Any]:
    variants = list(Variant.objects.filter(product=product).order_by("position", "pk")[: VARIANTS_SHOWN + 1])
    return {
        "product": product,
        "variants": variants[:VARIANTS_SHOWN],
        "more_variants": len(variants) > VARIANTS_SHOWN,
        "facts": named(product_facts(product)),
        "panels": extensions.panels(request, product),
        **_history(product),
    }


def _history(product: Product) -> dict[str, Any]:
    versions = DescriptionVersion.objects.filter(product=product).select_related("by").order_by("-created_at", "-pk")
    return {"product": product, "versions": list(versions[:VERSIONS_SHOWN])}


@require_POST
def restore(request: ShopRequest, slug: str, pk: int, version: int) -> HttpResponse:
    """Make an earlier text the description again; the one it replaces joins the history."""
    found: DescriptionVersion = get_object_or_404(
        DescriptionVersion.objects.select_related("product"), pk=version, product_id=pk
    )
    services.restore_description(found)
    messages.success(request, _("The earlier description is back."))
    if wants_fragment(request):
        return render(request, "catalog/_description.html", _history(_product(pk)))
    return redirect_to(request, reverse("catalog:product_detail", kwargs={"slug": slug, "pk": pk}))


def _product(pk: int) -> Product:
    found: Product = get_object_or_404(Product.objects.select_related("described_by"), pk=pk)
    return found
