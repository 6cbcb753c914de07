"""From the staging tables into the shop, part by part in the transaction of the whole import."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from catalog.reading.blocks import PRODUCT_COLUMNS, VARIANT_COLUMNS, Provided
from catalog.staging import PRODUCTS, VARIANTS

TABLE = "catalog_product"
BY_LABEL = ("attributes", "extra")


@dataclass(frozen=True, slots=True)
class Published:
    """How many products (`new`, `changed`, `unchanged`) the file made of its own."""

    new: int
    changed: int
    unchanged: int


def publish(merchant_id: int, file_id: int, products: int, provided: Provided, may_exist: bool) -> Published:
    """Upsert what is staged; insert it where no product of the shop `may_exist`. Call it inside a transaction.

    A description whose cell is the one of the last import stays as it is in the shop; a changed cell replaces it, and
    the old text goes to the history. What the file has no column for is left alone.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT EXISTS (SELECT FROM pg_temp.{VARIANTS})")  # noqa: S608 - a name of ours
        has_variants = bool(_one(cursor))
        params = _params(merchant_id, file_id, provided)
        if may_exist:
            if "description" in provided.fields:
                cursor.execute(KEEP_OLD_TEXTS, {"merchant": merchant_id})
            cursor.execute(_upsert_products(provided, has_variants), params)
            new, touched = cursor.fetchone() or (0, 0)
        else:
            cursor.execute(_insert_products(provided, has_variants), params)
            new = touched = cursor.rowcount
        if has_variants:
            cursor.execute(_upsert_variants(provided), {"merchant": merchant_id})
    return Published(new, touched - new, products - touched)


def has_products(merchant_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, {"merchant": merchant_id})
        return bool(_one(cursor))


def enter(merchant_id: int, file_id: int, large: bool) -> None:
    """Enter the file's products into the lists; after publishing, outside its transaction. Can be done again.

    What was changed while the first statement ran is put right by the second, which sees it.
    """
    with connection.cursor() as cursor:
        cursor.execute(ENTER, {"merchant": merchant_id, "file": file_id})
        cursor.execute(CORRECT, {"merchant": merchant_id, "file": file_id})
        if large:
            cursor.execute("SELECT gin_clean_pending_list('entry_search'::regclass)")
            cursor.execute(f"ANALYZE {TABLE}, catalog_listingentry")


def _one(cursor: Any) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None


def _params(merchant_id: int, file_id: int, provided: Provided) -> dict[str, Any]:
    return {
        "merchant": merchant_id,
        "file": file_id,
        "attributes": list(provided.attributes or ()),
        "extra": list(provided.extra or ()),
    }


KNOWN = f"SELECT EXISTS (SELECT FROM {TABLE} WHERE merchant_id = %(merchant)s)"  # noqa: S608 - a name of ours
ENTER = f"""
INSERT INTO catalog_listingentry AS e
    (product_id, merchant_id, search_text, vendor, product_type, status, undescribed)
SELECT id, merchant_id, search_text, vendor, product_type, status, description = ''
FROM {TABLE} WHERE merchant_id = %(merchant)s AND file_id = %(file)s ORDER BY id
ON CONFLICT (product_id) DO UPDATE SET
    search_text = excluded.search_text, vendor = excluded.vendor, product_type = excluded.product_type,
    status = excluded.status, undescribed = excluded.undescribed
WHERE (e.search_text, e.vendor, e.product_type, e.status, e.undescribed)
    IS DISTINCT FROM
    (excluded.search_text, excluded.vendor, excluded.product_type, excluded.status, excluded.undescribed)
"""  # noqa: S608 - names of our own tables
CORRECT = f"""
UPDATE catalog_listingentry e SET
    search_text = p.search_text, vendor = p.vendor, product_type = p.product_type, status = p.status,
    undescribed = p.description = ''
FROM {TABLE} p
WHERE p.id = e.product_id AND p.merchant_id = %(merchant)s AND p.file_id = %(file)s
    AND (e.search_text, e.vendor, e.product_type, e.status, e.undescribed)
        IS DISTINCT FROM (p.search_text, p.vendor, p.product_type, p.status, p.description = '')
"""  # noqa: S608 - as above
# One look into the index for each staged row. The planner knows the size that the shop had before the import: for an
# empty one it would read all products for each row, or (hence the `+ 0`) all of the merchant's. See staging.prepare.
OLD = f"""
LATERAL (SELECT * FROM {TABLE} WHERE key = s.key AND merchant_id + 0 = %(merchant)s OFFSET 0) old
"""  # noqa: S608 - names of our own tables
KEEP_OLD_TEXTS = f"""
WITH found AS (
    SELECT old.id FROM pg_temp.{PRODUCTS} s CROSS JOIN {OLD}
    WHERE old.imported_md5 IS DISTINCT FROM md5(s.description)::uuid AND old.description <> s.description
), replaced AS (
    SELECT * FROM {TABLE} WHERE merchant_id = %(merchant)s AND id = ANY(ARRAY(SELECT id FROM found)) FOR UPDATE
)
INSERT INTO catalog_descriptionversion (merchant_id, product_id, text, origin, by_id, described_at, created_at)
SELECT merchant_id, id, description, description_origin, described_by_id, described_at, now() FROM replaced
"""  # noqa: S608 - as above

WORDS = f"""
SELECT product_key, string_agg(search_text, '' ORDER BY position) AS words FROM pg_temp.{VARIANTS} GROUP BY product_key
"""  # noqa: S608 - as above


def _insert_products(provided: Provided, has_variants: bool) -> str:
    """All staged rows, in their order, as products that must be new."""
    columns = ", ".join(product_columns(provided))
    return f"""
    INSERT INTO {TABLE} AS p (merchant_id, file_id, created_at, updated_at, {columns})
    SELECT %(merchant)s, %(file)s, now(), now(), {columns} FROM ({_rows(provided, has_variants)}) n
    """  # noqa: S608 - names of our own columns


def _upsert_products(provided: Provided, has_variants: bool) -> str:
    """The same for products that may exist. Gives (new, new + changed).

    What is as it was is left out before the INSERT, which would lock, and so write, each row it runs into.
    """
    columns = ", ".join(product_columns(provided))
    changes = _changes(provided, "p", "excluded")
    return f"""
    WITH written AS (
        INSERT INTO {TABLE} AS p (merchant_id, file_id, created_at, updated_at, {columns})
        SELECT %(merchant)s, %(file)s, now(), now(), {", ".join(f"n.{name}" for name in product_columns(provided))}
        FROM ({_rows(provided, has_variants)}) n
        LEFT JOIN {OLD.replace("s.key", "n.key")} ON TRUE
        WHERE old.id IS NULL OR {_differs(provided, "old", "n")}
        ON CONFLICT (merchant_id, key) DO UPDATE
        SET {", ".join(f"{name} = {value}" for name, value in changes.items())}, file_id = excluded.file_id,
            updated_at = excluded.updated_at
        WHERE {_differs(provided, "p", "excluded")}
        RETURNING (xmax = 0) AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FROM written
    """  # noqa: S608 - names of our own columns


def product_columns(provided: Provided) -> list[str]:
    """Columns of the products' table that a file with these fields fills."""
    columns = [name for name in PRODUCT_COLUMNS if name in provided.fields or name in {"search_text", "position"}]
    return [*columns, "imported_md5"] if "description" in columns else columns


def _rows(provided: Provided, has_variants: bool) -> str:
    """The staged rows with the values that products get."""
    values = {name: f"s.{name}" for name in product_columns(provided)}
    join = ""
    if has_variants:
        values["search_text"] = "s.search_text || coalesce(v.words, '')"
        join = f"LEFT JOIN ({WORDS}) v ON v.product_key = s.key ORDER BY s.position"
    if "imported_md5" in values:
        values["imported_md5"] = "md5(s.description)::uuid"
    chosen = ", ".join(f"{value} AS {name}" for name, value in values.items())
    return f"SELECT {chosen} FROM pg_temp.{PRODUCTS} s {join}"  # noqa: S608 - names of our own columns


def _differs(provided: Provided, old: str, new: str) -> str:
    """Whether the row `new` would change the product `old`; that it moved within its file does not."""
    changes = _changes(provided, old, new)
    watched = [name for name in changes if name == "imported_md5" or name not in {"position", *OF_DESCRIPTION}]
    return (
        f"({', '.join(f'{old}.{name}' for name in watched)})"
        f" IS DISTINCT FROM ({', '.join(changes[name] for name in watched)})"
    )


def _changes(provided: Provided, old: str, new: str) -> dict[str, str]:
    """Column → the value it gets where the product `old` meets the row `new`."""
    changes = {name: f"{new}.{name}" for name in product_columns(provided) if name not in {"key", "description"}}
    for name in BY_LABEL:
        labels = getattr(provided, name)
        if name in changes and labels is not None:
            changes[name] = f"({old}.{name} - %({name})s::text[]) || {new}.{name}"
    if "sku" not in provided.fields:
        changes["search_text"] += f" || CASE WHEN {old}.sku = '' THEN '' ELSE lower({old}.sku) || ' ' END"
    if "description" in provided.fields:
        for name, value in OF_DESCRIPTION.items():
            changes[name] = (
                f"CASE WHEN {old}.imported_md5 = {new}.imported_md5 THEN {old}.{name} ELSE {value.format(new=new)} END"
            )
    return changes


# what a description from a file brings with it
OF_DESCRIPTION = {
    "description": "{new}.description",
    "description_origin": "'import'",
    "described_by_id": "NULL",
    "described_at": "NULL",
}


def _upsert_variants(provided: Provided) -> str:
    columns = [name for name in VARIANT_COLUMNS if name not in {"product_key", "search_text"}]
    changes = [name for name in columns if name in provided.variants or name == "position"]
    return f"""
    INSERT INTO catalog_variant AS t (merchant_id, product_id, {", ".join(columns)})
    SELECT %(merchant)s, p.id, {", ".join(f"s.{name}" for name in columns)}
    FROM pg_temp.{VARIANTS} s JOIN {TABLE} p ON p.merchant_id = %(merchant)s AND p.key = s.product_key
    ORDER BY p.id, s.position
    ON CONFLICT (product_id, key) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in changes)}
    WHERE ({", ".join(f"t.{name}" for name in changes)})
        IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in changes)})
    """  # noqa: S608 - names of our own columns
