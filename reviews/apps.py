from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "reviews"

    def ready(self) -> None:
        from catalog.large_bodies import UPLOADS
        from foundation.jobs import registry
        from reviews.jobs import ImportReviews, MatchReviews, UndoImport

        registry.register(ImportReviews())
        registry.register(UndoImport())
        registry.register(MatchReviews())
        UPLOADS.add("reviews:import_list")
