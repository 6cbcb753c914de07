"""`manage.py train copy`: the models that the project ships, taught by whoever wants to."""

from __future__ import annotations

from copywriter.training.command import COPY
from foundation.parts import PartsCommand


class Command(PartsCommand):
    help = "Teach one of the models that are shipped."
    parts = {"copy": COPY}
