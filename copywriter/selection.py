"""What a job is about: products, `{"ids": [...]}`, `{"filter": {...}}` of the list, or `{"all": true}`, with
`categories` only those of these; a job of category texts has `{"categories": [...]}` or `{"all": true}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import listing
from catalog.models import CatalogFile, Product, ProductStatus
from copywriter.category_counts import categories


def products(selection: dict[str, Any]) -> QuerySet[Product]:
    """The selected products of the shop. `without_description` may stand alone or in the filter."""
    if "ids" in selection:
        return Product.objects.filter(pk__in=[int(pk) for pk in selection["ids"]])
    asked = asked_for(selection)
    names = [str(name) for name in selection.get("categories") or ()]
    if not asked and not names and not selection.get("all"):
        return Product.objects.none()
    found = listing.matching(listing.Filter.from_query(asked))
    return found.filter(product_type__in=names) if names else found


def asked_for(selection: dict[str, Any]) -> dict[str, Any]:
    """The list's filter, as its address has it."""
    alone = {"without_description": "1"} if selection.get("without_description") else {}
    return {**(selection.get("filter") or {}), **alone}


def product_ids(selection: dict[str, Any]) -> Iterator[int]:
    """Their ids in the order of the catalog."""
    return products(selection).order_by("pk").values_list("pk", flat=True).iterator(chunk_size=5000)


def category_names(selection: dict[str, Any]) -> list[str]:
    """Of those chosen the ones that the shop has, by name."""
    chosen = set(selection.get("categories") or ())
    return [one.name for one in categories() if selection.get("all") or one.name in chosen]


def told(selection: dict[str, Any]) -> str:
    """What the person chose, in their words: "12 chosen products", "all without a description", “oak” · Harbour."""
    if "ids" in selection:
        return _chosen(selection["ids"])
    chosen = listing.Filter.from_query(asked_for(selection))
    words = [_("“%(words)s”") % {"words": chosen.query}] if chosen.query else []
    words += [value for value in (chosen.vendor, chosen.product_type) if value]
    words += _categories(list(selection.get("categories") or ()))
    words += [str(ProductStatus(chosen.status).label)] if chosen.status else []
    words += [name] if chosen.file and (name := _file_name(chosen.file)) else []
    if chosen.without_description:
        words.append(_("without a description") if words else _("all without a description"))
    return " · ".join(words) or _("all products")


def _categories(names: list[str]) -> list[str]:
    if len(names) <= 1:
        return names
    return [ngettext("%(n)s category", "%(n)s categories", len(names)) % {"n": intcomma(len(names))}]


def _file_name(pk: int) -> str:
    """Of a catalog file; "" where it was removed since."""
    return CatalogFile.objects.filter(pk=pk).values_list("original_name", flat=True).first() or ""


def _chosen(ids: list[int]) -> str:
    """One product by its name: several jobs about one product each would look the same."""
    title = Product.objects.filter(pk=ids[0]).values_list("title", flat=True).first() if len(ids) == 1 else None
    if title:
        return _("“%(words)s”") % {"words": title}
    return ngettext("%(n)s chosen product", "%(n)s chosen products", len(ids)) % {"n": intcomma(len(ids))}
