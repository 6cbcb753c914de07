"""Products as their shop keys them, their variants, and every text a description has replaced."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from catalog.models.files import CatalogFile
from catalog.reading.search_text import normalise
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

    # Every key that is checked a row, and every index, is paid for 200,000 times by a large import: the merchant is
    # held by the scope that writes, `file_id` by the import, and lists are looked up in `ListingEntry`.
    merchant = models.ForeignKey(
        "tenancy.Merchant", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    key = models.CharField(max_length=255)  # the shop's own: handle, id or SKU
    sku = models.CharField(max_length=255, blank=True, default="", db_default="")
    title = models.TextField()
    description = models.TextField(blank=True, default="", db_default="")
    description_origin = models.CharField(max_length=8, choices=Origin, default=Origin.IMPORT, db_default=Origin.IMPORT)
    described_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    described_at = models.DateTimeField(null=True, blank=True)  # when a person accepted the text; NULL: as imported
    imported_md5 = models.UUIDField(null=True, blank=True)  # of the description cell of the last import
    vendor = models.CharField(max_length=255, blank=True, default="", db_default="")
    product_type = models.CharField(max_length=500, blank=True, default="", db_default="")
    tags = models.TextField(blank=True, default="", db_default="")  # comma-separated, as shops write them
    status = models.CharField(
        max_length=8, choices=ProductStatus, default=ProductStatus.ACTIVE, db_default=ProductStatus.ACTIVE
    )
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    compare_at = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    quantity = models.IntegerField(null=True, blank=True)
    attributes = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    extra = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    image_url = models.TextField(blank=True, default="", db_default="")
    # title and SKUs, folded by reading.search_text
    search_text = models.TextField(blank=True, default="", db_default="")
    file_id = models.BigIntegerField(null=True, blank=True)  # of the `CatalogFile` it was last read from
    position = models.PositiveIntegerField(default=0, db_default=0)  # row of the file it was last read from
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        # The key first, so that an import can look products up by it alone: see catalog.publishing.OLD.
        constraints = [models.UniqueConstraint(fields=["key", "merchant"], name="one_product_per_key")]
        # Of few, because an import writes none: those that accepting many drafts leaves alone.
        indexes = [
            models.Index(
                fields=["merchant", "id"], condition=models.Q(description_origin="person"), name="product_told"
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.search_text:
            self.search_text = normalise(f"{self.title} {self.sku}")
        super().save(*args, **kwargs)

    @cached_property
    def file(self) -> CatalogFile | None:
        """None where it was removed since."""
        return CatalogFile.objects.filter(pk=self.file_id).first() if self.file_id else None

    def __str__(self) -> str:
        return self.title

    @property
    def tag_list(self) -> list[str]:
        return [tag.strip() for tag in self.tags.split(",") if tag.strip()]


class Variant(TenantModel):
    """One sellable form of a product. `options` maps an option's name to its value, in the shop's order."""

    product = TenantForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    key = models.CharField(max_length=255)  # unique within the product: SKU, id or the option values
    sku = models.CharField(max_length=255, blank=True, default="", db_default="")
    options = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    compare_at = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    quantity = models.IntegerField(null=True, blank=True)
    barcode = models.CharField(max_length=255, blank=True, default="", db_default="")
    image_url = models.TextField(blank=True, default="", db_default="")
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
    described_at = models.DateTimeField(null=True, blank=True)  # when the text was written
    created_at = models.DateTimeField(auto_now_add=True)  # when it was replaced

    class Meta:
        indexes = [models.Index(fields=["product", "-created_at"], name="description_newest")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.text[:60]}"
