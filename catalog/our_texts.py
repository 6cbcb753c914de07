"""Texts that left in an export and come back in an import: they stay whose they were.

A shop takes an exported file over and imports the shop's next export here. Taken for the shop's own words, the model's
sentences would be evidence for what the model writes next.
"""

from __future__ import annotations

import unicodedata

from django.db import connection

from catalog.models import DescriptionVersion, Origin
from catalog.reading.rewrite import nearest
from catalog.services.descriptions import restore_description
from catalog.staging import PRODUCTS
from catalog.text import FORMULA, plain

# Staged cells that would replace a description, of products that ever had one of ours. The look into the index and
# the `+ 0` are those of publishing.OLD.
FOUND = f"""
SELECT old.id, s.description, old.description, old.description_origin
FROM pg_temp.{PRODUCTS} s CROSS JOIN LATERAL (
    SELECT * FROM catalog_product WHERE key = s.key AND merchant_id + 0 = %(merchant)s OFFSET 0
) old
WHERE s.description <> '' AND old.imported_md5 IS DISTINCT FROM md5(s.description)::uuid AND (
    old.description_origin <> 'import'
    OR EXISTS (SELECT FROM catalog_descriptionversion v WHERE v.product_id = old.id AND v.origin <> 'import')
)
"""  # noqa: S608 - names of our own tables
SEEN = f"""
UPDATE catalog_product p SET imported_md5 = md5(s.description)::uuid
FROM pg_temp.{PRODUCTS} s
WHERE p.id = ANY(%(ids)s) AND p.merchant_id = %(merchant)s AND p.key = s.key
"""  # noqa: S608 - as above


def keep_ours(merchant_id: int, encoding: str) -> None:
    """Before what is staged is published: where a cell is a text of ours, that text is the product's description.

    The cell counts as the one of the last import then, so publishing leaves the description alone. `encoding` is the
    file's: an export writes the nearest characters that it has.
    """
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {"merchant": merchant_id})
        rows = cursor.fetchall()
    if not rows:
        return
    cells = {pk: _essence(cell) for pk, cell, _text, _origin in rows}
    present = [pk for pk, _cell, text, origin in rows if origin != Origin.IMPORT and cells[pk] & _forms(text, encoding)]
    earlier = _earlier({pk: cells[pk] for pk in cells.keys() - set(present)}, encoding)
    for version in earlier.values():
        restore_description(version)
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {"merchant": merchant_id, "ids": [*present, *earlier]})


def _earlier(cells: dict[int, set[str]], encoding: str) -> dict[int, DescriptionVersion]:
    """Product id → its newest earlier text of ours that the cell holds."""
    versions = DescriptionVersion.objects.filter(product_id__in=cells).exclude(origin=Origin.IMPORT).order_by("pk")
    return {
        version.product_id: version
        for version in versions.iterator(chunk_size=2_000)
        if cells[version.product_id] & _forms(version.text, encoding)
    }


def _forms(text: str, encoding: str) -> set[str]:
    return _essence(text) | _essence(nearest(text, encoding))


def _essence(text: str) -> set[str]:
    """What is left of a text, as it stands and read as HTML, whatever an export or a spreadsheet put around it."""
    bare = text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
    return {"".join(unicodedata.normalize("NFKC", form).split()) for form in (bare, plain(bare))} - {""}
