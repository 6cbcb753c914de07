"""Why a draft was left as it was when many were decided: codes, and their sentences in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DECIDED = "decided"
SINCE = "since"
PERSONS = "persons"
RULES = "rules"
OUTDATED = "outdated"
EDITED = "edited"
CHANGED = "changed"
NEWS = (SINCE, PERSONS, RULES, OUTDATED)
"""Of those that accepting many leaves waiting, in the order in which they are told."""


def told(code: str) -> str:
    """Of one draft."""
    return {
        DECIDED: _("It was decided meanwhile."),
        SINCE: _("Somebody wrote this product’s description after the draft was made."),
        PERSONS: _("A person wrote the present description, so it was kept."),
        RULES: _("It breaks a rule of your shop."),
        OUTDATED: _("The product’s data changed and no longer says all of it."),
        EDITED: _("A person edited this text, so it was kept."),
        CHANGED: _("The description was changed after this text was accepted, so it was kept."),
    }[code]


def summed(codes: Iterable[str]) -> str:
    """What accepting many left waiting, and why; "" where it left nothing. What was decided meanwhile is no news."""
    found = Counter(codes)
    return " ".join(_still_waiting(code, found[code]) for code in NEWS if found[code])


def _still_waiting(code: str, n: int) -> str:
    sentences = {
        SINCE: ngettext(
            "%(n)s draft still waits: somebody wrote that product’s description after the draft was made.",
            "%(n)s drafts still wait: somebody wrote those products’ descriptions after the drafts were made.",
            n,
        ),
        PERSONS: ngettext(
            "%(n)s draft still waits: it would replace a text that a person wrote.",
            "%(n)s drafts still wait: they would replace texts that a person wrote.",
            n,
        ),
        RULES: ngettext(
            "%(n)s draft still waits: it breaks a rule of your shop.",
            "%(n)s drafts still wait: they break a rule of your shop.",
            n,
        ),
        OUTDATED: ngettext(
            "%(n)s draft still waits: its product’s data changed and no longer says all of it.",
            "%(n)s drafts still wait: their products’ data changed and no longer says all of them.",
            n,
        ),
    }
    return sentences[code] % {"n": intcomma(n)}
