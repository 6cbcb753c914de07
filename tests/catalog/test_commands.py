from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog import services
from catalog.models import Origin, Product
from foundation.tenancy.models import Merchant
from tests.catalog.factories import SHOPIFY


def test_in_and_out(shop: Merchant, tmp_path: Path) -> None:
    source, target, out = tmp_path / "a.csv", tmp_path / "b.csv", io.StringIO()
    source.write_text(SHOPIFY)
    call_command("import_catalog", str(source), shop=shop.slug, json=True, stdout=out)
    assert json.loads(out.getvalue())["products"] == 3
    services.set_description(Product.objects.get(key="wool-scarf"), "Soft.", Origin.MODEL)
    call_command("export_catalog", str(target), shop=shop.slug, stdout=out)
    assert target.read_text() == SHOPIFY.replace("Wool Scarf,,Loom", "Wool Scarf,<p>Soft.</p>,Loom")


def test_what_is_wrong_is_one_sentence(shop: Merchant, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(CommandError, match="empty"):
        call_command("import_catalog", str(empty), shop=shop.slug)
    with pytest.raises(CommandError, match="no shop"):
        call_command("import_catalog", str(empty), shop="nowhere")
    with pytest.raises(CommandError, match="can't be opened"):
        call_command("import_catalog", str(tmp_path / "none"), shop=shop.slug)
    with pytest.raises(CommandError, match="Import one first"):
        call_command("export_catalog", str(tmp_path / "x"), shop=shop.slug)
