"""`manage.py train copy` and `train sentiment`: the models that the project ships, taught by whoever wants to."""

from __future__ import annotations

from copywriter.training.command import COPY
from foundation.parts import PartsCommand
from reviews.sentiment.training_command import SENTIMENT


class Command(PartsCommand):
    help = "Teach one of the models that are shipped."
    parts = {"copy": COPY, "sentiment": SENTIMENT}
