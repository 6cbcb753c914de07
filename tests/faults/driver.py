"""What the tests ask of the product from outside, as a shop's request would: `python -m tests.faults.driver …`."""

from __future__ import annotations

import json
import sys
from typing import Any

import django


def main(verb: str, argument: str) -> None:
    django.setup()
    print(json.dumps(VERBS[verb](json.loads(argument))))


def prepare(_options: dict[str, Any]) -> None:
    from django.core.management import call_command
    from django.db import connection

    from tests.faults.kind import TABLES

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(TABLES)


def enqueue(options: dict[str, Any]) -> list[int]:
    """One job for each `{"shop", "params"}`; their ids."""
    from foundation.jobs import services
    from foundation.tenancy.models import Merchant
    from foundation.tenancy.scope import merchant_scope

    found = []
    for wanted in options["jobs"]:
        merchant, _created = Merchant.objects.get_or_create(slug=wanted["shop"], defaults={"name": wanted["shop"]})
        with merchant_scope(merchant):
            found.append(services.enqueue(wanted.get("kind", "test.faults"), wanted["params"]).pk)
    return found


def describe(options: dict[str, Any]) -> int:
    """A shop with `count` products, of which one may hold `poison`, and a job to describe them all; its id."""
    from catalog.models import Product
    from foundation.jobs import services
    from foundation.tenancy.models import Merchant
    from foundation.tenancy.scope import merchant_scope

    merchant = Merchant.objects.create(slug=options["shop"], name=options["shop"])
    with merchant_scope(merchant):
        Product.objects.bulk_create(_product(number, options) for number in range(options["count"]))
        return services.enqueue("copy.describe", {"selection": {"all": True}}).pk


def _product(number: int, options: dict[str, Any]) -> Any:
    from catalog.models import Product

    material = "FAKE-CRASH clay" if number == options.get("poison") else "stoneware"
    attributes = {"Material": material, "Capacity": f"{number + 100} ml"}
    title = f"Coffee Mug {number}"
    return Product(key=f"mug-{number}", title=title, vendor="Northwind", product_type="Mug", attributes=attributes)


def health(_options: dict[str, Any]) -> dict[str, Any]:
    from foundation.jobs.health import health

    return health().as_dict()


VERBS = {"prepare": prepare, "enqueue": enqueue, "describe": describe, "health": health}

if __name__ == "__main__":
    main(*sys.argv[1:3])
