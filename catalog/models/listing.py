"""Where lists of products are looked up: what they are searched and narrowed by, with the indexes for it."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from foundation.tenancy.models import TenantModel


class ListingEntry(TenantModel):
    """One a product, kept by triggers of the database (migration 0003); only an import leaves it for later.

    An import publishes rows without paying for these indexes and enters them afterwards. Until then
    (`CatalogFile.listed_at` is NULL) lists are made from the products themselves: as right, not as fast.
    """

    merchant = models.ForeignKey(
        "tenancy.Merchant", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    product_id = models.BigIntegerField(primary_key=True)
    search_text = models.TextField()
    vendor = models.CharField(max_length=255)
    product_type = models.CharField(max_length=500)
    status = models.CharField(max_length=8)
    undescribed = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["merchant", "product_id"], name="entry_in_order"),
            models.Index(fields=["merchant", "vendor", "product_id"], name="entry_by_vendor"),
            models.Index(fields=["merchant", "product_type", "product_id"], name="entry_by_type"),
            models.Index(
                fields=["merchant", "product_id"], name="entry_undescribed", condition=models.Q(undescribed=True)
            ),
            GinIndex(
                name="entry_search",
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                fastupdate=True,
                gin_pending_list_limit=256 * 1024,  # kB; merged once after a large import, else by autovacuum
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.search_text.strip()}"
