from __future__ import annotations

from django.apps import AppConfig


class EcomsiteConfig(AppConfig):
    name = "ecomsite"

    def ready(self) -> None:
        """Says which engine does what; none is loaded before somebody asks for it."""
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured

        from foundation.inference.registry import EngineSpec, configure
        from foundation.inference.types import InferenceError

        try:
            configure(
                {
                    role: EngineSpec(data_dir=settings.DATA_DIR, **options)
                    for role, options in settings.INFERENCE_ROLES.items()
                }
            )
        except InferenceError as error:
            raise ImproperlyConfigured(str(error)) from error
