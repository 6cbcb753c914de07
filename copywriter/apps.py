from __future__ import annotations

from django.apps import AppConfig


class CopywriterConfig(AppConfig):
    name = "copywriter"

    def ready(self) -> None:
        from catalog import extensions
        from copywriter.catalog_pages import CopywriterPages
        from copywriter.category_jobs import WriteCategories
        from copywriter.jobs import DescribeProducts
        from copywriter.jobs_deciding import DecideDrafts, UndoRun
        from copywriter.previewing import PreviewVoice
        from copywriter.training.job import TeachModel
        from foundation.jobs import registry

        registry.register(DescribeProducts())
        registry.register(PreviewVoice())
        registry.register(WriteCategories())
        registry.register(TeachModel())
        registry.register(DecideDrafts())
        registry.register(UndoRun())
        extensions.register(CopywriterPages())
