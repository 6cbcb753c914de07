"""`manage.py evaluate evidence`, `copy`, `confidence`, `sentiment`: how good a part of the product is, as figures."""

from __future__ import annotations

from copywriter.evaluating.commands import PARTS
from foundation.parts import PartsCommand
from reviews.sentiment.evaluating import SENTIMENT


class Command(PartsCommand):
    help = "Measure a part of the product on labelled data and print the figures."
    parts = {**PARTS, "sentiment": SENTIMENT}
