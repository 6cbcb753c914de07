"""The web process: `uvicorn ecomsite.asgi:application`."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsite.settings")
_django = get_asgi_application()  # before anything of an app can be imported

from catalog.large_bodies import LargeBodies  # noqa: E402

application = LargeBodies(_django)
