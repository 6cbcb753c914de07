"""Which of the drafts that wait may be accepted without being read one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.models import Origin, Product
from copywriter.kinds import DESCRIPTION
from copywriter.models import Draft, DraftStatus
from copywriter.reviewing.confidence import least_to_pass
from copywriter.reviewing.queue import Queue, matching

ONE_EACH = ("product_id", "category", "kind")


def passing(queue: Queue, until: int | None = None, *, over_people: bool = False) -> QuerySet[Draft]:
    """Of each subject and kind the surest draft that waits, where it is sure enough (`least_to_pass`); of those up to
    the id `until`.

    Not where another take of the same job was accepted already, nor, without `over_people`, where it would replace a
    text that a person wrote. Whether a text breaks a rule is looked at when it is accepted.
    """
    least = least_to_pass(queue.sure)
    drafts = matching(replace(queue, status=DraftStatus.PENDING))
    drafts = drafts.none() if least is None else drafts.filter(confidence__gte=least)
    if until is not None:
        drafts = drafts.filter(pk__lte=until)
    if not over_people:
        drafts = drafts.exclude(over_a_person())
    several = Draft.objects.filter(take__gt=0).values("job_id")  # of another job no text has a take beside it
    chosen = Draft.objects.filter(
        product_id=OuterRef("product_id"),
        job_id=OuterRef("job_id"),
        kind=OuterRef("kind"),
        status=DraftStatus.ACCEPTED,
        job_id__in=several,
    )
    return drafts.filter(~Exists(chosen)).order_by(*ONE_EACH, "-confidence", "take", "pk").distinct(*ONE_EACH)


def over_a_person() -> Q:
    """Of drafts: accepting them would replace a description that a person wrote."""
    persons = Product.objects.filter(description_origin=Origin.PERSON).exclude(description="")
    return Q(kind=DESCRIPTION.name, product__in=persons)


def count(queue: Queue) -> int:
    return passing(queue).values("pk").count()


@dataclass(frozen=True, slots=True)
class Passing:
    """What would be accepted: how many drafts, how many of these would replace a description, and how many more there
    are if texts that people wrote may go too. `until` is the id of the newest."""

    count: int
    described: int
    persons: int
    until: int


def survey(queue: Queue) -> Passing:
    ids = list(passing(queue).values_list("pk", flat=True))
    persons = passing(queue, over_people=True).filter(over_a_person()).count()
    return Passing(len(ids), _described(queue), persons, max(ids, default=0))


def _described(queue: Queue) -> int:
    """By products, each of which has one description among what passes: drafts would be read one by one."""
    if queue.kind not in ("", DESCRIPTION.name):
        return 0
    descriptions = passing(replace(queue, kind=DESCRIPTION.name)).values("product_id")
    return Product.objects.filter(pk__in=descriptions).exclude(description="").count()
