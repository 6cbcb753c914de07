"""Products as their shop keys them, their variants, and every text a description has replaced."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.files import CatalogFile
from foundation.tenancy.models import TenantForeignKey, TenantModel


class ProductStatus(models.TextChoices):
    ACTIVE = "active", _("Active")
    DRAFT = "draft", _("Draft")
    ARCHIVED = "archived", _("Archived")


class Origin(models.TextChoices):
    """Who wrote a text."""

    IMPORT = "import", _("From the file")
    MODEL = "model", _("Language model")
    PERSON = "person", _("Person")


class Product(TenantModel):
    """A product of the shop. One without variants carries its own SKU, price and quantity and has no Variant row.

    `description` is the cell as it stands in the file (HTML where the format says so) or the accepted plain text.
    `attributes` maps a label to its value or values; `extra` keeps the columns that nobody mapped.
    """

    # Every index costs an import of many rows; (merchant, key) and (merchant, id) serve this one.
    merchant = models.ForeignKey("tenancy.Merchant", on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=255)  # the shop's own: handle, id or SKU
    sku = models.CharField(max_length=255, blank=True, db_default="")
    title = models.TextField()
    description = models.TextField(blank=True, db_default="")
    description_origin = models.CharField(max_length=8, choices=Origin, default=Origin.IMPORT, db_default=Origin.IMPORT)
    described_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    described_at = models.DateTimeField(null=True, blank=True)  # when a person accepted the text; NULL: as imported
    imported_md5 = models.UUIDField(null=True, blank=True)  # of the description cell of the last import
    vendor = models.CharField(max_length=255, blank=True, db_default="")
    product_type = models.CharField(max_length=500, blank=True, db_default="")
    tags = models.TextField(blank=True, db_default="")  # comma-separated, as shops write them
    status = models.CharField(
        max_length=8, choices=ProductStatus, default=ProductStatus.ACTIVE, db_default=ProductStatus.ACTIVE
    )
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    compare_at = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    quantity = models.IntegerField(null=True, blank=True)
    attributes = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    extra = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    image_url = models.TextField(blank=True, db_default="")
    search_text = models.TextField(blank=True, db_default="")  # see catalog.search_text; written with title and SKUs
    file = TenantForeignKey(
        CatalogFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="products", db_index=False
    )
    position = models.PositiveIntegerField(default=0, db_default=0)  # row of the file it was last read from
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merchant", "key"], name="one_product_per_key")]
        indexes = [
            models.Index(fields=["merchant", "vendor", "id"], name="product_by_vendor"),
            models.Index(fields=["merchant", "product_type", "id"], name="product_by_type"),
            models.Index(fields=["merchant", "id"], name="product_undescribed", condition=models.Q(description="")),
            GinIndex(
                name="product_search",
                fields=["search_text"],
                opclasses=["gin_trgm_ops"],
                # An import appends to the pending list and merges it once, after publishing (catalog.publishing).
                fastupdate=True,
                gin_pending_list_limit=256 * 1024,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tag_list(self) -> list[str]:
        return [tag.strip() for tag in self.tags.split(",") if tag.strip()]


class Variant(TenantModel):
    """One sellable form of a product. `options` maps an option's name to its value, in the shop's order."""

    product = TenantForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    key = models.CharField(max_length=255)  # unique within the product: SKU, id or the option values
    sku = models.CharField(max_length=255, blank=True, db_default="")
    options = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    compare_at = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    quantity = models.IntegerField(null=True, blank=True)
    barcode = models.CharField(max_length=255, blank=True, db_default="")
    image_url = models.TextField(blank=True, db_default="")
    extra = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    position = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "key"], name="one_variant_per_key")]

    def __str__(self) -> str:
        return " / ".join(str(value) for value in self.options.values()) or self.key


class DescriptionVersion(TenantModel):
    """A text that a description had before, with who wrote it; the current one stands on the product."""

    product = TenantForeignKey(Product, on_delete=models.CASCADE, related_name="description_versions")
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=8, choices=Origin)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)  # when the text was replaced

    class Meta:
        indexes = [models.Index(fields=["product", "-created_at"], name="description_newest")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.text[:60]}"
