"""What is kept with a text so that people see how good it is, and that others like it are found."""

from __future__ import annotations

from typing import Any

from copywriter.models import Draft
from copywriter.nearest import nearest, sketched
from copywriter.subjects import facts_of
from copywriter.writing import scoring
from copywriter.writing.foreign_texts import examined_in
from copywriter.writing.languages import ENGLISH, is_foreign
from copywriter.writing.scoring import Score

WEIGHED = ("sketch", "score", "confidence")
"""The fields of a draft that `weighed` fills."""


def weighed(
    text: str, kind: str, product_id: int | None, score: Score, language: str = ENGLISH, given: str = ""
) -> dict[str, Any]:
    """Fields of a draft: the sketch of its text, and the score beside the shop's other texts. A copy has the score of
    what it was copied from: how often the model was asked is not known of it."""
    sketch = sketched(text, kind, language)
    near = nearest(text, sketch, product_id, given)
    if near is not None and near.copied and (kept := Draft.objects.get(pk=near.draft).score):
        score = Score.from_json(kept)
    score = score.beside(near)
    sure = 0 if is_foreign(language) else score.confidence  # most of such a text was not checked: a person reads it
    return {"sketch": sketch, "score": score.as_json(), "confidence": sure}


def weigh_again(draft: Draft) -> None:
    """After a person changed the text; the caller saves `WEIGHED`."""
    facts = tuple(facts_of(draft))
    report = examined_in(draft.language, draft.text_kind, draft.text, facts)
    found = scoring.score(draft.text, draft.text_kind, facts, report)
    fields = weighed(draft.text, draft.kind, draft.product_id, found, draft.language, draft.given)
    for name in WEIGHED:
        setattr(draft, name, fields[name])
