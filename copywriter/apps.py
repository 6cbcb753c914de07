from __future__ import annotations

from django.apps import AppConfig


class CopywriterConfig(AppConfig):
    name = "copywriter"

    def ready(self) -> None:
        from catalog import extensions
        from copywriter.catalog_pages import CopywriterPages
        from copywriter.jobs import DescribeProducts
        from copywriter.training.job import TeachModel
        from foundation.jobs import registry

        registry.register(DescribeProducts())
        registry.register(TeachModel())
        extensions.register(CopywriterPages())
