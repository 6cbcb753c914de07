"""A run: what one job put into the catalog, by writing drafts that were accepted, or by accepting many drafts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from copywriter.jobs import WRITING
from copywriter.kinds import DESCRIPTION
from copywriter.models import Draft, DraftStatus
from foundation.jobs.models import ItemStatus, Job, JobItem

DECIDE = "copy.decide"
UNDO = "copy.undo"
OF_A_DRAFT = "d"
"""Begins the key of a subject that is no product: its draft's id follows."""


def find(job_id: int) -> Job:
    """Raises `Job.DoesNotExist` for a job that writes or decides nothing."""
    found: Job = Job.objects.get(pk=job_id, kind__in=(*WRITING, DECIDE))
    return found


def keeps_edited(run: Job) -> bool:
    """Whether a text that a person edited stays: of a run that wrote it. Who takes back an acceptance of many drafts
    loses no text, because edited ones wait again as they were edited."""
    return run.kind in WRITING


def accepted(run: Job) -> QuerySet[Draft]:
    """Those whose acceptance is to be taken back: not one that was decided again after the run."""
    drafts: QuerySet[Draft] = Draft.objects.filter(status=DraftStatus.ACCEPTED)
    if run.kind in WRITING:
        return drafts.filter(job_id=run.pk)
    item = JobItem.objects.filter(job_id=run.pk, status=ItemStatus.DONE, key=Cast(OuterRef("pk"), CharField()))
    return drafts.filter(Exists(item.filter(finished_at__gte=OuterRef("decided_at"))))


@dataclass(frozen=True, slots=True)
class Survey:
    """How many accepted texts a run has, and how many of these would stay because a person changed them."""

    accepted: int
    kept: int


def survey(run: Job) -> Survey:
    drafts = accepted(run)
    stays = Q(kind=DESCRIPTION.name) & ~Q(product__description=F("text"))
    if keeps_edited(run):
        stays |= Q(differs=True)
    found = drafts.aggregate(accepted=Count("pk"), kept=Count("pk", filter=stays))
    return Survey(**found)


def subjects(run: Job) -> Iterable[str]:
    """Keys of what the accepted drafts are about, each once."""
    pairs = accepted(run).order_by("product_id", "pk").values_list("product_id", "pk")
    return dict.fromkeys(_key(product_id, pk) for product_id, pk in pairs)


def accepted_of(run: Job, keys: Sequence[str]) -> dict[int, str]:
    """The ids of the run's accepted drafts about these subjects, each with its subject's key."""
    drafts = accepted(run)
    products = drafts.filter(product_id__in=[int(key) for key in keys if not key.startswith(OF_A_DRAFT)])
    others = drafts.filter(pk__in=[int(key[1:]) for key in keys if key.startswith(OF_A_DRAFT)])
    return {
        pk: _key(product_id, pk)
        for rows in (products, others)
        for product_id, pk in rows.values_list("product_id", "pk")
    }


def _key(product_id: int | None, pk: int) -> str:
    return str(product_id) if product_id is not None else f"{OF_A_DRAFT}{pk}"
