"""How little of a person a text needs, in words: the one place that says from which confidence on. Pure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

HIGH, MEDIUM = 80, 50
"""Of 100. From HIGH on a text may be accepted with many others; below MEDIUM somebody should rewrite it."""

LEVELS = {"high": (HIGH, 100), "medium": (MEDIUM, HIGH - 1), "low": (0, MEDIUM - 1)}
"""By name, the surest first: the least and the most confidence of each."""

LEVEL_LABELS = {"high": _("Sure"), "medium": _("Fairly sure"), "low": pgettext_lazy("confidence", "Unsure")}

MAY_PASS = ("high", "medium")
"""Levels of which many may be accepted at once: the sure ones unasked for, the next where somebody narrows to them."""


def least_to_pass(sure: str) -> int | None:
    """The least confidence of what passes where the queue is narrowed to the level `sure`, "" for none; None: nothing
    does."""
    name = sure or MAY_PASS[0]
    return LEVELS[name][0] if name in MAY_PASS else None


def level(confidence: int) -> str:
    """A name of `LEVELS`."""
    return "high" if confidence >= HIGH else "medium" if confidence >= MEDIUM else "low"
