"""Many products' descriptions changed in one go: as `descriptions` does one by one, in four statements for all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from catalog.models import DescriptionVersion, Origin, Product
from catalog.services.descriptions import FIELDS


class Rewriting:
    """Of products that stay locked until the transaction ends. What `put` says is written by `save`, in its order.

    `products` by id; one that was removed meanwhile is missing.
    """

    def __init__(self, product_ids: Iterable[int]) -> None:
        locked = Product.objects.select_for_update().filter(pk__in=set(product_ids)).order_by("pk")
        self.products: dict[int, Product] = {product.pk: product for product in locked}
        self._versions: list[DescriptionVersion] = []
        self._changed: dict[int, Product] = {}

    def put(
        self, product: Product, text: str, origin: str, by_id: int | None, written: datetime | None
    ) -> DescriptionVersion | None:
        """The version that the text before becomes, without an id until `save`; None for the same text again."""
        text = text.replace("\0", "")
        if product.description == text:
            return None
        version = DescriptionVersion(
            product=product,
            text=product.description,
            origin=product.description_origin,
            by_id=product.described_by_id,
            described_at=product.described_at,
        )
        self._versions.append(version)
        self._changed[product.pk] = product
        product.description, product.description_origin = text, Origin(origin)
        product.described_by_id, product.described_at = by_id, written
        product.updated_at = timezone.now()
        return version

    def restore(self, version: DescriptionVersion) -> DescriptionVersion | None:
        """Bring an old text back as it was, with who wrote it and when."""
        product = self.products[version.product_id]
        return self.put(product, version.text, version.origin, version.by_id, version.described_at)

    def save(self) -> None:
        DescriptionVersion.objects.bulk_create(self._versions)
        Product.objects.bulk_update(self._changed.values(), [*FIELDS, "updated_at"])
