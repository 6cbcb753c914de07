"""All texts of a product, by kind, with how each came about."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from catalog.models import Product
from copywriter.kinds import DESCRIPTION, KINDS
from copywriter.reviewing import text_history
from foundation.tenancy.http import ShopRequest
from foundation.tenancy.row_ids import row_id

MOST_PAGES = 10_000


@require_GET
def texts_of(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    product: Product = get_object_or_404(Product.objects.select_related("described_by"), pk=pk)
    kind = KINDS.get(request.GET.get("kind", ""), DESCRIPTION)
    page = min(max(row_id(request.GET.get("page")) or 1, 1), MOST_PAGES)
    texts, more = text_history.history(product, kind, page)
    kinds = [(each, _url(each.name, 1)) for each in text_history.kinds_of(product)]
    context = {
        "product": product,
        "kind": kind,
        "kinds": kinds,
        "texts": texts,
        "previous_url": _url(kind.name, page - 1) if page > 1 else "",
        "next_url": _url(kind.name, page + 1) if more else "",
    }
    return render(request, "copywriter/texts_of.html", context)


def _url(kind: str, page: int) -> str:
    return "?" + urlencode({"kind": kind} | ({"page": page} if page > 1 else {}))
