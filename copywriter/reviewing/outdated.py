"""What of a draft's text was in the product's data when it was written, and is not any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from catalog.models import Origin, Product
from copywriter.models import Draft
from copywriter.writing.foreign_texts import examined_in
from copywriter.writing.overlapping import Overlapping
from foundation.evidence import Claim, Fact, Kind, Problem, Report, from_json


def outdated(draft: Draft, facts: Sequence[Fact]) -> tuple[Claim, ...]:
    """Its claims that the data backed and no longer does; `facts` are the product's as they are now.

    What the description said counts on where a person has put another one in its place: that is a choice of words.
    """
    if not draft.evidence:
        return ()
    now = examined_in(draft.language, draft.text_kind, draft.text, tuple(facts))
    unbacked = Overlapping(
        claim
        for sentence in now.sentences
        for claim in sentence.claims
        if claim.source is None and claim.kind != Kind.OPINION
    )
    return tuple(
        claim
        for sentence in from_json(draft.evidence).sentences
        for claim in sentence.claims
        if claim.source and unbacked.of(claim.start, claim.end) and not _was_rewritten(claim.source, draft.product)
    )


def without(report: Report, gone: Sequence[Claim]) -> Report:
    """The report with these claims as ones that nothing backs."""
    if not gone:
        return report
    lost, sentences = set(gone), []
    for sentence in report.sentences:
        claims = tuple(replace(claim, source=None) if claim in lost else claim for claim in sentence.claims)
        if claims != sentence.claims:
            sentence = replace(sentence, claims=claims, backed=False, problem=sentence.problem or Problem.CLAIM)
        sentences.append(sentence)
    return Report(tuple(sentences))


def _was_rewritten(source: str, product: Product | None) -> bool:
    is_told = source.partition(":")[0] == "description"
    return is_told and product is not None and product.description_origin == Origin.PERSON
