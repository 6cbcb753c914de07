"""From what the writer made to drafts that wait for a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from catalog.models import Product
from catalog.text import plain
from copywriter.kinds import DESCRIPTION, TextKind
from copywriter.models import Draft, DraftStatus
from copywriter.services.replacing import replace_earlier
from copywriter.services.weighing import weighed
from copywriter.writing import briefs, guidance, refusal
from copywriter.writing.guidance import Guidance
from copywriter.writing.ranking import surest_first
from copywriter.writing.scoring import Score
from copywriter.writing.writer import Refused, Work, Written
from foundation.evidence import to_json
from foundation.jobs.models import Job


def keep(
    job: Job,
    subject: int | str,
    result: Written | Refused,
    model: str,
    kind: TextKind = DESCRIPTION,
    take: int = 0,
    guided: Guidance = guidance.USUAL,
    given: str = "",
    score: Score | None = None,
) -> Draft:
    """The draft of the job for the subject, a product by its id or a category by its name; the first one stays, however
    often this is called. A description that is there word for word is refused: there would be nothing to decide.
    `score` is that of the text by itself."""
    about: dict[str, Any] = (
        {"product_id": subject} if isinstance(subject, int) else {"product_id": None, "category": subject}
    )
    if isinstance(result, Written) and kind is DESCRIPTION and _is_there(subject, result.text):
        result = Refused(refusal.code(refusal.SAME), result.removed, result.tokens_out)
    told: dict[str, Any] = {"voice": guided.voice, "language": guided.language, "given": given}
    if isinstance(result, Written) and score is not None:
        told |= weighed(result.text, kind.name, about["product_id"], score, guided.language, given)
    draft, made = Draft.objects.get_or_create(
        job=job, **about, kind=kind.name, take=take, defaults={**_fields(result, model), **told}
    )
    if made:
        replace_earlier(draft)
    return draft


def _is_there(product_id: int | str, text: str) -> bool:
    return any(
        plain(told) == text for told in Product.objects.filter(pk=product_id).values_list("description", flat=True)
    )


def keep_all(job: Job, subject: int | str, works: Iterable[Work], model: str) -> None:
    """The drafts of all texts of a product or a category; of one kind the surest is the first take, and one that came
    out like another is left out."""
    seen: dict[str, set[str]] = defaultdict(set)
    for work, result, score in surest_first(works):
        plan, kept = work.plan, seen[work.plan.kind.name]
        text = result.text if isinstance(result, Written) else ""
        if text not in kept:
            keep(job, subject, result, model, plan.kind, len(kept), plan.guidance, plan.given, score)
        kept.add(text)


def _fields(result: Written | Refused, model: str) -> dict[str, Any]:
    common = {
        "removed": [asdict(sentence) for sentence in result.removed],
        "model": model[:255],
        "prompt_version": briefs.VERSION,
        "tokens_out": result.tokens_out,
    }
    if isinstance(result, Refused):
        return {**common, "status": DraftStatus.REFUSED, "reason": result.reason}
    return {
        **common,
        "status": DraftStatus.PENDING,
        "text": result.text,
        "original_text": result.text,
        "evidence": to_json(result.report),
        "seed": result.seed,
    }
