"""Migration operations: the composite foreign keys that make PostgreSQL the backstop of tenancy."""

from __future__ import annotations

from django.db import migrations


def tie(table: str, column: str, target: str) -> list[migrations.RunSQL]:
    """`(merchant_id, column)` of `table` references `(merchant_id, id)` of `target`.

    Deferrable like Django's own keys, so that a cascade may delete in any order within its transaction.
    """
    unique = f"{target}_merchant_id_id"
    key = f"{table}_{column}_tie"
    return [
        migrations.RunSQL(
            f"CREATE UNIQUE INDEX IF NOT EXISTS {unique} ON {target} (merchant_id, id)", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            f"ALTER TABLE {table} ADD CONSTRAINT {key} FOREIGN KEY (merchant_id, {column})"
            f" REFERENCES {target} (merchant_id, id) DEFERRABLE INITIALLY IMMEDIATE",
            f"ALTER TABLE {table} DROP CONSTRAINT {key}",
        ),
    ]
