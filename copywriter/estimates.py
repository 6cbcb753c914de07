"""What a run would cost before it begins, and what one did cost: products, texts, tokens, minutes, and what is skipped.

Of up to `LOOKED_AT` products each is looked at as the job would; of more, a sample that stays the same from one answer
to the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Func, Max, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast

from catalog.facts import for_facts, product_facts
from catalog.models import Product
from copywriter.category_counts import count as counted
from copywriter.category_facts import facts_of_category, told_facts
from copywriter.chunk import keeps_own
from copywriter.estimating import COPIED, FEW, OWN, THERE, Estimate, Rates, Seen, averages, estimate
from copywriter.jobs import KIND
from copywriter.kinds import CATEGORY, DESCRIPTION
from copywriter.model_in_use import model_name, wrote_by
from copywriter.models import Draft
from copywriter.services.reusing import Before, Found
from copywriter.voices import ShopVoices
from copywriter.writing import writer
from copywriter.writing.given import given
from copywriter.writing.wishes import Wish
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus

LOOKED_AT, CATEGORIES_LOOKED_AT = 300, 50
FEWEST, DRAFTS_READ = 5, 1_000
"""Texts from which an average says more than a guess, and the newest that are read for it."""


@dataclass(frozen=True, slots=True)
class Look:
    """A product as the job would begin it: `unfit` says why nothing is asked, `digests` are by kind of each text."""

    product: Product
    unfit: str
    own: int
    digests: tuple[tuple[str, str], ...]


def of_run(products: QuerySet[Product], wish: Wish, asked_for: int | None = None) -> Estimate:
    """For these products; `asked_for` is how many were chosen, where some may be gone since."""
    count = products.count()
    if count > LOOKED_AT:  # ids first: whole rows would be sorted else
        by_chance = products.order_by(Func(Cast("pk", TextField()), function="md5")).values_list("pk", flat=True)
        products = Product.objects.filter(pk__in=list(by_chance[:LOOKED_AT]))
    looks = list(_looks(list(products.prefetch_related(*for_facts())), wish))
    before = Before.read({digest for look in looks for _kind, digest in look.digests})
    seen, met = [], set[str]()
    for look in looks:
        seen.append(_seen(look, before, wish, met))
    return estimate(seen, count, max(0, (asked_for or count) - count), rates())


def of_categories(names: Sequence[str], wish: Wish) -> Estimate:
    """For texts about whole categories: of more than `CATEGORIES_LOOKED_AT` a sample spread over all names."""
    looked = names[:: -(-len(names) // CATEGORIES_LOOKED_AT)] if names else ()
    known = [told_facts(facts_of_category(counted(name))) for name in looked]
    seen = [Seen((CATEGORY.name,) * wish.takes) if facts else Seen(skipped={FEW: 1}) for facts in known]
    return estimate(seen, len(names), 0, rates())


def _looks(products: Sequence[Product], wish: Wish) -> Iterator[Look]:
    voices, model = ShopVoices.read(), model_name()
    for product in products:
        guided = voices.guidance(product.vendor, wish)
        known = writer.known(product_facts(product, list(product.variants.all())))
        if unfit := writer.unfit(known, guided):
            yield Look(product, unfit, 0, ())
            continue
        kept = keeps_own(product, wish)
        each = [(kind, take) for kind, take in wish.each() if not (kept and kind is DESCRIPTION)]
        told = {kind.name: writer.told(known, kind, guided) for kind, _take in each}
        digests = [
            (kind.name, given(told[kind.name], kind, kind.brief(guided.tone), take, guided, model))
            for kind, take in each
        ]
        yield Look(product, "", wish.texts - len(each), tuple(digests))


def _seen(look: Look, before: Before, wish: Wish, met: set[str]) -> Seen:
    """`met` are the digests of the products before, whose texts this one shares."""
    if look.unfit:
        return Seen(skipped={look.unfit: 1})
    kinds, counts = [], {OWN: look.own, THERE: 0, COPIED: 0}
    for kind, digest in look.digests:
        found = before.of(look.product.pk, digest).found
        if found is Found.THERE and not wish.again:
            counts[THERE] += 1
        elif (found is Found.COPY and not wish.again) or digest in met:
            counts[COPIED] += 1
        else:
            kinds.append(kind)
        met.add(digest)
    copied = counts.pop(COPIED)
    return Seen(tuple(kinds), copied, {reason: n for reason, n in counts.items() if n})


def rates() -> Rates:
    """Of the shop's newest texts by the same model, and its last finished run."""
    drafts = Draft.objects.filter(wrote_by(), tokens_out__gt=0)
    own = averages(drafts.order_by("-pk").values_list("kind", "tokens_out")[:DRAFTS_READ], FEWEST)
    return Rates(own, _seconds_a_token())


def _seconds_a_token() -> float | None:
    for job in Job.objects.filter(kind=KIND, status=JobStatus.DONE, started_at__isnull=False).order_by("-pk")[:3]:
        if (spent := cost_of(job)) and spent.texts >= FEWEST and spent.tokens_out and spent.seconds:
            return spent.seconds / spent.tokens_out
    return None


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run has cost so far; `seconds` from its start to the last product, waiting for other shops' included.
    `unneeded` texts have no draft: the same was there already, a person wrote the description, two takes came out
    alike, or the product was removed since."""

    texts: int
    tokens_out: int
    seconds: int
    unneeded: int


def cost_of(job: Job) -> Cost | None:
    """None where nothing is done yet."""
    done = JobItem.objects.filter(job_id=job.pk, status=ItemStatus.DONE).aggregate(
        n=Count("id"), last=Max("finished_at")
    )
    if done["last"] is None or job.started_at is None:
        return None
    told = Draft.objects.filter(job_id=job.pk).aggregate(
        drafts=Count("id"), texts=Count("id", filter=Q(tokens_out__gt=0)), tokens=Sum("tokens_out", filter=wrote_by())
    )
    unneeded = max(0, done["n"] * Wish.from_params(job.params).texts - told["drafts"])
    seconds = round((done["last"] - job.started_at).total_seconds())
    return Cost(told["texts"], told["tokens"] or 0, seconds, unneeded)
