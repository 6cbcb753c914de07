from __future__ import annotations

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"

    def ready(self) -> None:
        from catalog.jobs import ImportCatalog
        from foundation.jobs import registry

        registry.register(ImportCatalog())
