"""`TenantModel`: a row that belongs to one merchant, and the manager that cannot forget it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self, TypeVar

from django.db import models

from foundation.tenancy.scope import CrossesMerchants, current_merchant

M = TypeVar("M", bound=models.Model)


class TenantQuerySet(models.QuerySet[M]):
    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        rows = list(objs)
        for row in rows:
            assert isinstance(row, TenantModel)
            row.claim_for_scope()
        return super().bulk_create(rows, *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        if {"merchant", "merchant_id"} & kwargs.keys():
            raise CrossesMerchants("A row never changes its merchant.")
        return super().update(**kwargs)


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]
    """Raises in `get_queryset`, so every method and every reverse relation does (a block-list of methods leaks)."""

    def get_queryset(self) -> TenantQuerySet[Any]:
        return super().get_queryset().filter(merchant_id=current_merchant().pk)


class TenantModel(models.Model):
    merchant = models.ForeignKey("tenancy.Merchant", on_delete=models.CASCADE, related_name="+")

    objects = TenantManager()
    unscoped: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.claim_for_scope()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.claim_for_scope()
        return super().delete(*args, **kwargs)

    def claim_for_scope(self) -> None:
        """Fill in the scope's merchant; raises `CrossesMerchants` for a row, or a tie to a row, of another's.

        Ties known only by id are refused by the composite foreign keys of the database.
        """
        merchant = current_merchant()
        if not self.merchant_id:
            self.merchant = merchant
        if self.merchant_id != merchant.pk:
            raise CrossesMerchants(f"This {self._meta.model_name} belongs to another shop.")
        for field in self._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and field.is_cached(self):
                other = getattr(self, field.name)
                if isinstance(other, TenantModel) and other.merchant_id != merchant.pk:
                    raise CrossesMerchants(f"{field.name} of this {self._meta.model_name} belongs to another shop.")


class TenantForeignKey(models.ForeignKey):
    """A tie between two rows of one merchant.

    The database holds it through a composite key `(merchant_id, x_id)` that `migration.tie` adds, instead of
    the single-column one; `tests/test_architecture.py` checks that no tie lacks it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["db_constraint"] = False
        super().__init__(*args, **kwargs)
