"""A product's description and the texts it had before."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from catalog.models import DescriptionVersion, Origin, Product
from foundation.tenancy.models import User


def set_description(product: Product, text: str, origin: str, by: User | None = None) -> Product:
    """Make `text` the description; the one before goes to the history. The same text again changes nothing."""
    text = text.replace("\0", "")
    with transaction.atomic():
        current = Product.objects.select_for_update().get(pk=product.pk)
        if current.description != text:
            DescriptionVersion.objects.create(
                product=current,
                text=current.description,
                origin=current.description_origin,
                by_id=current.described_by_id,
            )
            current.description = text
            current.description_origin = Origin(origin)
            current.described_by = by
            current.described_at = timezone.now()
            current.save(
                update_fields=["description", "description_origin", "described_by", "described_at", "updated_at"]
            )
    for name in ("description", "description_origin", "described_by_id", "described_at"):
        setattr(product, name, getattr(current, name))
    return product


def restore_description(version: DescriptionVersion, by: User | None = None) -> Product:
    """Bring an old text back, with its origin; the present one goes to the history."""
    product = Product.objects.get(pk=version.product_id)
    return set_description(product, version.text, version.origin, by)
