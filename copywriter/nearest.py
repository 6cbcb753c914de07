"""The text of the shop that resembles another one most, among drafts that wait or were accepted. Reads the database.

Descriptions that came with an import have no sketch, and are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from copywriter.models import Draft, DraftStatus
from copywriter.writing import sketch as sketches
from copywriter.writing import writer
from copywriter.writing.sketch import ALIKE, Near, probes, resemblance
from copywriter.writing.writer import Refused, Work
from foundation.tenancy.scope import current_merchant

LOOKED_AT = 300
"""Drafts at most that are compared: of thousands that are alike any will do."""
SAME_LOOKED_AT = 20
LEAST = ALIKE
"""Resemblance from which it is worth a word. Lower ones need probes so short that most texts of a large shop hold one.
"""
STANDING = (DraftStatus.PENDING, DraftStatus.ACCEPTED)


def sketched(text: str, kind: str, language: str) -> list[int]:
    """Of a text of the scope's shop; texts of other shops, kinds and languages have no hash in common with it."""
    return list(sketches.sketch(text, f"{current_merchant().pk}:{kind}:{language}"))


def nearest(text: str, sketch: Sequence[int], product_id: int | None, given: str = "") -> Near | None:
    """Among the texts that `sketch` can be compared with, but for those of the product itself (of a category, None: but
    for those of other categories); None where none is alike. `given` is the digest of what the text was made of."""
    if not sketch:
        return None
    others = Draft.objects.filter(status__in=STANDING).exclude(product_id=product_id).order_by()
    parts = reduce(or_, (Q(sketch__contains=list(part)) for part in probes(sketch, LEAST)))
    # The same text first: of a shop with thousands that are alike, those that are looked at may not hold it.
    drafts = [*others.filter(sketch__contains=list(sketch))[:SAME_LOOKED_AT], *others.filter(parts)[:LOOKED_AT]]
    found = [(draft, resemblance(sketch, draft.sketch)) for draft in drafts]
    draft, alike = max(found, key=lambda one: (one[0].text == text, one[1], -one[0].pk), default=(None, 0.0))
    if draft is None or alike < LEAST:
        return None
    same = draft.text == text
    return Near(draft.pk, draft.subject, round(alike, 2), same, same and bool(given) and draft.given == given)


def likeness(key: str, work: Work) -> float:
    """How much a finished work's text resembles the nearest one of another product, 0 where it is refused, nothing is
    alike, or the text was copied because the data are the same; `key` begins with the product's id, up to a colon."""
    result, plan = writer.result(work), work.plan
    if isinstance(result, Refused):
        return 0.0
    sketch = sketched(result.text, plan.kind.name, plan.guidance.language)
    found = nearest(result.text, sketch, int(key.partition(":")[0]), plan.given)
    return found.resemblance if found is not None and not found.copied else 0.0
