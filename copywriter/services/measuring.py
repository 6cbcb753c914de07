"""Figures of texts, kept for the quality page: of an ended job's drafts, and of an evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Aggregate, Avg, CharField, Count, F, FloatField, Func, IntegerField, JSONField, Q, Sum
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from copywriter.models import Draft, DraftStatus, Measurement
from copywriter.models.measurement import Source
from foundation.jobs.models import Job

SENTENCES, UNBACKED = "$.sentences[*]", "$.sentences[*] ? (@.backed == false)"
"""SQL/JSON paths into a draft's evidence."""
DIGITS = 4


def measure(job: Job) -> list[Measurement]:
    """One row a kind and voice of the job's drafts, made new if the job ends once more after a retry."""
    return [
        Measurement.objects.update_or_create(
            job=job,
            kind=row["kind"],
            voice=row["voice"],
            defaults={"model": row["by"] or "", "texts": row["texts"], "figures": _figures(row)},
        )[0]
        for row in _counted(job)
    ]


def keep_evaluation(found: Mapping[str, Any], voice: str) -> list[Measurement]:
    """What `copywriter.evaluating.copy.evaluate` found, for the scope's shop."""
    return [
        Measurement.objects.create(
            source=Source.EVALUATION,
            kind=kind,
            voice=voice,
            model=found["model"][:255],
            texts=figures["texts"],
            figures={name: value for name, value in figures.items() if name != "texts" and value is not None},
        )
        for kind, figures in found["kinds"].items()
    ]


def _counted(job: Job) -> list[dict[str, Any]]:
    """Sums over the job's drafts in one query. What a person has changed says nothing of the model's sentences."""
    written = ~Q(status=DraftStatus.REFUSED)
    own = written & Q(text=F("original_text"))
    counted = (
        Draft.objects.filter(job=job)
        .order_by("kind", "voice")
        .values("kind", "voice")
        .annotate(
            texts=Count("id"),
            refused=Count("id", filter=~written),
            kept=_sum(_length(_found(SENTENCES)), own),
            unbacked=_sum(_length(_found(UNBACKED)), own),
            dropped=_sum(_length(F("removed"))),
            tokens=_sum(F("tokens_out")),
            sure=Avg("confidence", filter=written & Q(confidence__gt=0)),
            covered=Avg(Cast(KeyTextTransform("coverage", "score"), FloatField()), filter=written),
            by=MostFrequent("model", filter=~Q(model="")),
        )
    )
    return list(counted)


def _figures(row: Mapping[str, Any]) -> dict[str, float]:
    """Those that there is something to tell by, under the names that an evaluation has for them."""
    sentences, written = row["kept"] + row["dropped"], row["texts"] - row["refused"]
    figures = {
        "refusal_rate": row["refused"] / row["texts"],
        "tokens_per_text": row["tokens"] / row["texts"],
        "dropped_rate": row["dropped"] / sentences if sentences else None,
        "unbacked_after_check": row["unbacked"] / row["kept"] if row["kept"] else None,
        "confidence": row["sure"] / 100 if row["sure"] and written else None,
        "attribute_coverage": row["covered"],
    }
    return {name: round(float(value), DIGITS) for name, value in figures.items() if value is not None}


class MostFrequent(Aggregate):
    """PostgreSQL's `mode`: the first of equally frequent values."""

    function = "mode"
    template = "%(function)s() WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = CharField()


def _sum(number: Combinable, where: Q | None = None) -> Coalesce:
    return Coalesce(Sum(number, filter=where), 0)


def _found(path: str) -> Func:
    """What the path leads to in the evidence; nothing where there is no evidence."""
    template = f"jsonb_path_query_array(%(expressions)s, '{path}')"
    return Func(F("evidence"), template=template, output_field=JSONField())


def _length(array: Combinable) -> Func:
    return Func(array, function="jsonb_array_length", output_field=IntegerField())
