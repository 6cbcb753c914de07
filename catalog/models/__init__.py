"""Rows of a shop's catalog: the files it came from, its products, and what their descriptions were before."""

from __future__ import annotations

from catalog.models.files import CatalogFile, FileStatus, RowIssue
from catalog.models.listing import ListingEntry
from catalog.models.products import DescriptionVersion, Origin, Product, ProductStatus, Variant
from catalog.models.tables import RowRemark, Severity, TableFile

__all__ = [
    "CatalogFile",
    "DescriptionVersion",
    "FileStatus",
    "ListingEntry",
    "Origin",
    "Product",
    "ProductStatus",
    "RowIssue",
    "RowRemark",
    "Severity",
    "TableFile",
    "Variant",
]
