"""A score in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from copywriter.models import Draft
from copywriter.reviewing.confidence import LEVEL_LABELS, level
from copywriter.writing.scoring import Marks, Score
from copywriter.writing.sketch import Near

GOOD, POOR = 0.75, 0.4
"""Marks from which a part is praised, and below which it is found wanting."""
BADGES = {"high": "badge--ok", "medium": "badge--info", "low": "badge--warn"}


@dataclass(frozen=True, slots=True)
class Told:
    """`confidence` 0 to 100, its `level` in words and the class of its badge; `line` what matters most, `details` the
    rest; `near` the draft that the text is much like, and what is said of it."""

    confidence: int
    level: str
    badge: str
    line: str
    details: tuple[str, ...]
    near: Near | None
    likeness: str


def told(draft: Draft) -> Told | None:
    """Of a draft with a score; drafts of earlier versions and refusals have none."""
    if not draft.score:
        return None
    score = Score.from_json(draft.score)
    name = level(draft.confidence)
    return Told(
        confidence=draft.confidence,
        level=str(LEVEL_LABELS[name]),
        badge=BADGES[name],
        line=_coverage(score),
        details=tuple(_details(score)),
        near=score.near,
        likeness=_likeness(score),
    )


def _coverage(score: Score) -> str:
    if not score.missing:
        return ngettext("Tells the one fact there is", "Tells all %(n)s facts", score.wanted) % {"n": score.wanted}
    line = ngettext("Tells %(told)s of %(n)s fact", "Tells %(told)s of %(n)s facts", score.wanted)
    line %= {"told": score.told, "n": score.wanted}
    return _("%(line)s; leaves out: %(fields)s") % {"line": line, "fields": _(", ").join(score.missing)}


def _likeness(score: Score) -> str:
    near = score.near
    if near is None:
        return ""
    if near.copied:
        return _("The same text as that of %(name)s, because their data are the same") % {"name": near.name}
    if near.same:
        return _("The same text as that of %(name)s") % {"name": near.name}
    percent = round(100 * near.resemblance)
    return _("Much like the text of %(name)s (%(percent)s %% the same)") % {"name": near.name, "percent": percent}


def _details(score: Score) -> Iterator[str]:
    if score.removed:
        yield ngettext(
            "%(n)s sentence had to go, because nothing in the data says it",
            "%(n)s sentences had to go, because nothing in the data says them",
            score.removed,
        ) % {"n": score.removed}
    marks = score.marks
    yield from filter(None, (_reading(marks), _repeating(marks), _fitting(marks), _asking(marks)))
    if marks.naming < POOR:
        yield _("The product’s title is a row of search words; a plain name gives better texts")


def _reading(marks: Marks) -> str:
    if marks.readability >= GOOD:
        return _("Reads easily")
    return _("Long words or long sentences") if marks.readability < POOR else ""


def _repeating(marks: Marks) -> str:
    return _("Repeats itself") if marks.repetition < GOOD else _("Does not repeat itself")


def _fitting(marks: Marks) -> str:
    if marks.length >= GOOD:
        return _("Fits in length")
    return _("Shorter or longer than such texts usually are") if marks.length < POOR else ""


def _asking(marks: Marks) -> str:
    return _("The model needed several tries") if marks.ease < GOOD else _("Written at the first try")
