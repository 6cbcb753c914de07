from __future__ import annotations

from django.apps import AppConfig


class EcomsiteConfig(AppConfig):
    name = "ecomsite"
