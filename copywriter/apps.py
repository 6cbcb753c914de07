from __future__ import annotations

from django.apps import AppConfig


class CopywriterConfig(AppConfig):
    name = "copywriter"
