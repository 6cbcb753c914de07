"""A product's description and the texts it had before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from catalog.models import DescriptionVersion, Origin, Product
from foundation.tenancy.models import User

FIELDS = ("description", "description_origin", "described_by_id", "described_at")


def set_description(product: Product, text: str, origin: str, by: User | None = None) -> Product:
    """Make `text` the description; the one before goes to the history. The same text again changes nothing."""
    return _replace(product, text.replace("\0", ""), origin, by.pk if by else None, timezone.now())


def restore_description(version: DescriptionVersion) -> Product:
    """Bring an old text back as it was, with who wrote it and when; the present one goes to the history."""
    product = Product.objects.get(pk=version.product_id)
    return _replace(product, version.text, version.origin, version.by_id, version.described_at)


def _replace(product: Product, text: str, origin: str, by_id: int | None, written: datetime | None) -> Product:
    with transaction.atomic():
        current = Product.objects.select_for_update().get(pk=product.pk)
        if current.description != text:
            DescriptionVersion.objects.create(
                product=current,
                text=current.description,
                origin=current.description_origin,
                by_id=current.described_by_id,
                described_at=current.described_at,
            )
            current.description = text
            current.description_origin = Origin(origin)
            current.described_by_id = by_id
            current.described_at = written
            current.save(update_fields=[*FIELDS, "updated_at"])
    for name in FIELDS:
        setattr(product, name, getattr(current, name))
    return product
