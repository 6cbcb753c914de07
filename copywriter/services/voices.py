"""Saving and removing voices, and trying one before it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from copywriter.models import Preview, Voice
from copywriter.trial import VALUES
from copywriter.writing.writer import Refused, Written
from foundation.evidence import to_json
from foundation.jobs import services as jobs
from foundation.jobs.errors import NotCancellable
from foundation.jobs.models import ACTIVE, ENDED, Job
from foundation.tenancy.models import User

PREVIEW = "copy.preview"


def save_voice(brand: str, values: Mapping[str, Any]) -> Voice:
    """The voice of the brand, "" for the whole shop, as `trial.VALUES` name its values."""
    voice, _made = Voice.objects.update_or_create(brand=brand, defaults={name: values[name] for name in VALUES})
    return voice


def remove_voice(voice: Voice) -> None:
    """Its brand speaks as the shop does from now on. Texts that are there stay as they are."""
    voice.delete()


def preview_voice(brand: str, values: Mapping[str, Any], product_ids: Sequence[int], by: User) -> Job:
    """Queue texts in a voice that is not saved. The person's earlier previews end; those that had ended are removed.

    Raises `NothingToDo` without products, and `AlreadyQueued` where the person asked twice at once.
    """
    earlier = Job.objects.filter(kind=PREVIEW, created_by=by)
    with transaction.atomic():
        earlier.filter(status__in=ENDED).delete()  # one that is cancelled now may still be in a worker's hands
        for job in earlier.filter(status__in=ACTIVE):
            _cancel(job)
        params = {"brand": brand, "voice": dict(values), "ids": list(product_ids)}
        return jobs.enqueue(PREVIEW, params, by=by, dedup_key=str(by.pk))


def _cancel(job: Job) -> None:
    try:
        jobs.cancel(job)
    except NotCancellable:  # it ended just now
        return


def keep_preview(job: Job, product_id: int, results: Mapping[bool, Written | Refused]) -> None:
    """By whether it is the voice on trial; the first stays, however often this is called."""
    for on_trial, result in results.items():
        if isinstance(result, Refused):
            fields: dict[str, Any] = {"reason": result.reason}
        else:
            fields = {"text": result.text, "evidence": to_json(result.report)}
        Preview.objects.get_or_create(job=job, product_id=product_id, on_trial=on_trial, defaults=fields)
