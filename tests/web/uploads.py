"""What the tests of uploads and imports do with a browser."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from catalog.models import CatalogFile
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope

HTMX = {"HX-Request": "true"}


def upload(browser: Client, shop: Merchant, text: str | bytes, name: str = "catalog.csv", **headers: str) -> object:
    content = text.encode() if isinstance(text, str) else text
    return browser.post(f"/m/{shop.slug}/imports/", {"file": SimpleUploadedFile(name, content)}, headers=headers)


def newest(shop: Merchant) -> CatalogFile:
    with merchant_scope(shop):
        file = CatalogFile.objects.order_by("-pk").first()
        assert file is not None
        return file


def address(shop: Merchant, file: CatalogFile, action: str = "") -> str:
    return f"/m/{shop.slug}/imports/{file.pk}/{action}"


def choices(**changed: str) -> dict[str, object]:
    return {"format": "plain", "encoding": "utf-8", "delimiter": ";", "has_header": "yes", **changed}
