from __future__ import annotations

from django.apps import AppConfig


class FaultsConfig(AppConfig):
    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        from foundation.jobs import registry
        from tests.faults.kind import Interruptible

        registry.register(Interruptible())
