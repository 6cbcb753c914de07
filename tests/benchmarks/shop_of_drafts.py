"""A shop for the benchmark of the review: an imported catalog, jobs that wrote of it, and their drafts.

Texts are put together from the products' own data and judged as a job's are, so that a page has as much to show.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from catalog import services
from catalog.models import Product
from copywriter.jobs import CATEGORY_KIND, KIND
from copywriter.kinds import CATEGORY, KINDS, TextKind
from copywriter.models import Draft, DraftStatus, Measurement, Voice
from copywriter.nearest import sketched
from copywriter.quality.figures import FIGURES
from copywriter.reviewing.confidence import HIGH
from copywriter.subjects import facts_of_product
from copywriter.writing import refusal
from copywriter.writing.foreign_texts import examined_in
from copywriter.writing.scoring import score
from foundation.evidence import to_json
from foundation.jobs.inline import run_here
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.jobs.queues import Queue
from tests.benchmarks.catalog import catalog_lines

KINDS_WRITTEN = ("title", "meta_description", "bullets", "social", "email_subject")
SMALL_JOBS, MEASUREMENTS, WEEKS = 20, 2_000, 26
EDITED = 0.15
"""Share of the accepted texts that a person changed."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is kept with a text, as COPY takes it; the same for all products that it is said of."""

    text: str
    fields: dict[str, str]


class Texts:
    """Two sentences or fewer of a product's colour, material and type; judged once each."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Told] = {}

    def of(self, product: Product, kind: TextKind) -> Told:
        text = _text(product, kind)
        if (kind.name, text) not in self.known:
            self.known[kind.name, text] = _judged(product, kind, text)
        return self.known[kind.name, text]


def _text(product: Product, kind: TextKind) -> str:
    colour, material = product.attributes.get("Color", "plain"), product.attributes.get("Material", "steel")
    thing = product.product_type.lower().removesuffix("s")
    short = f"{colour.title()} {thing} of {material}"
    return {
        "title": short,
        "email_subject": short,
        "meta_description": f"This {colour} {thing} is made of {material}. A {thing} in {colour}.",
        "bullets": f"Color: {colour}\nMaterial: {material}",
        "social": f"The {thing} comes in {colour} and is made of {material}.",
    }.get(
        kind.name,
        f"This {colour} {thing} is made of {material}. "
        f"The {thing} has a {colour} finish. It is at home beside other {product.product_type.lower()} of {material}.",
    )


def _judged(product: Product, kind: TextKind, text: str) -> Told:
    facts = tuple(facts_of_product(product))
    report = examined_in("en", kind, text, facts)
    weighed = score(text, kind, facts, report, removed=1, asked=4)
    dropped = {"text": "It is waterproof to 40 m.", "problem": "", "claims": []}
    sketch = ",".join(map(str, sketched(text, kind.name, "en")))
    kept = {"evidence": to_json(report), "score": weighed.as_json(), "removed": [dropped]}
    fields = {name: json.dumps(value) for name, value in kept.items()} | {"sketch": f"{{{sketch}}}"}
    return Told(text, fields)


def build(products: int, drafts: int) -> None:
    """In the scope of an empty shop: as many products, as many drafts that wait and twice as many decided."""
    rng = random.Random(11)
    _import(products)
    goods = list(Product.objects.order_by("pk"))
    texts = Texts()
    whole = _job(KIND, {"selection": {"all": True}}, len(goods))
    waiting = drafts * 3 // 5
    shares = {DraftStatus.ACCEPTED: 0.75, DraftStatus.REJECTED: 0.2, DraftStatus.REFUSED: 0.05}
    _save(_drafts(whole, KINDS["description"], goods, waiting, shares, texts, rng), whole, goods)
    left = drafts - waiting
    decided = (2 * drafts - (len(goods) - waiting)) // SMALL_JOBS
    each = decided + left // SMALL_JOBS
    for number in range(SMALL_JOBS):
        kind = KINDS[KINDS_WRITTEN[number % len(KINDS_WRITTEN)]]
        start = number // len(KINDS_WRITTEN) * (left // SMALL_JOBS)
        chosen = [goods[(start + n) % len(goods)] for n in range(min(each, len(goods)))]
        params = {"selection": {"ids": [one.pk for one in chosen]}, "kinds": [kind.name]}
        params |= {"name": f"Autumn {number}", "audience": "hikers"} if number % 2 else {}
        job = _job(KIND, params, len(chosen))
        _save(_drafts(job, kind, chosen, left // SMALL_JOBS, shares, texts, rng), job, chosen)
    _categories()
    _measurements(rng)
    for number in range(1, 21):
        Voice.objects.create(brand=f"Brand {number}", audience="people who cook", avoid=["cheap"], prefer=["sturdy"])
    tidied()


def tidied() -> None:
    """As autovacuum leaves tables behind that are not written to."""
    with connection.cursor() as cursor:
        for table in ("copywriter_draft", "catalog_product", "catalog_listingentry", "jobs_jobitem", "jobs_job"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def _import(products: int) -> None:
    from io import BytesIO

    file = services.upload("bench.csv", BytesIO("".join(catalog_lines(products)).encode()))
    run_here(services.confirm(file), threads=1)


def _job(kind: str, params: dict[str, Any], items: int) -> Job:
    now = timezone.now()
    job: Job = Job.objects.create(
        kind=kind, queue=Queue.BULK, status=JobStatus.DONE, params=params,
        started_at=now - timedelta(seconds=2 * items), finished_at=now,
    )  # fmt: skip
    return job


def _drafts(
    job: Job,
    kind: TextKind,
    goods: Sequence[Product],
    waiting: int,
    shares: dict[DraftStatus, float],
    texts: Texts,
    rng: random.Random,
) -> Iterator[dict[str, Any]]:
    """Rows; the first `waiting` of them wait."""
    usual = {
        "merchant_id": job.merchant_id, "job_id": job.pk, "category": "", "kind": kind.name, "take": 0, "reason": "",
        "model": "openvino:bundled", "prompt_version": "bench", "seed": 7, "tokens_out": 60, "language": "en",
        "voice": "", "created_at": job.created_at, "decided_at": None,
    }  # fmt: skip
    for number, product in enumerate(goods):
        told = texts.of(product, kind)
        status = DraftStatus.PENDING if number < waiting else rng.choices(list(shares), list(shares.values()))[0]
        yield {
            **usual, **told.fields, "product_id": product.pk, "status": status, "text": told.text,
            "original_text": told.text, "given": f"{rng.getrandbits(256):064x}",
            "confidence": rng.choice((20, 45, 55, 60, 70, 75, HIGH)) if rng.random() < 0.5 else rng.randint(10, 79),
            **_decided(status, told.text, rng),
        }  # fmt: skip


def _decided(status: DraftStatus, text: str, rng: random.Random) -> dict[str, Any]:
    if status == DraftStatus.PENDING:
        return {}
    if status == DraftStatus.REFUSED:
        reason = refusal.code(refusal.UNBACKED)
        return {"text": "", "original_text": "", "reason": reason, "evidence": "{}", "score": "{}", "sketch": "{}"}
    edited = status == DraftStatus.ACCEPTED and rng.random() < EDITED
    return {"decided_at": _some_time(rng), "text": f"{text} Really." if edited else text}


def _some_time(rng: random.Random) -> datetime:
    return timezone.now() - timedelta(days=rng.uniform(0, 7 * WEEKS))


def _save(rows: Iterator[dict[str, Any]], job: Job, goods: Sequence[Product]) -> None:
    """By COPY: saving models would take minutes."""
    drafts = list(rows)  # made before, because making them asks the database
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY copywriter_draft ({', '.join(drafts[0])}) FROM STDIN") as copy:
            for row in drafts:
                copy.write_row([row[name] for name in drafts[0]])
        with cursor.copy(
            "COPY jobs_jobitem (merchant_id, job_id, key, status, attempts, quarantine, error, finished_at) FROM STDIN"
        ) as copy:
            for one in goods:
                copy.write_row((job.merchant_id, job.pk, str(one.pk), ItemStatus.DONE, 0, 0, "", job.finished_at))


def _categories() -> None:
    names = list(Product.objects.order_by("product_type").values_list("product_type", flat=True).distinct())
    job = _job(CATEGORY_KIND, {"selection": {"all": True}, "name": "Categories"}, len(names))
    for name in names:
        text = f"Our {name.lower()} come in many colours."
        Draft.objects.create(job=job, category=name, kind=CATEGORY.name, text=text, original_text=text, confidence=60)
        JobItem.objects.create(job=job, key=name, status=ItemStatus.DONE, finished_at=timezone.now())


def _measurements(rng: random.Random) -> None:
    kinds, brands = ("description", *KINDS_WRITTEN), [f"Brand {n}" for n in range(1, 6)]
    rows = [
        Measurement(
            source=rng.choice(("job", "eval")), kind=rng.choice(kinds), voice=rng.choice(("", *brands)),
            model=rng.choice(("bundled", "larger")), texts=rng.randint(10, 500),
            figures={one.name: round(rng.random(), 4) for one in FIGURES},
        )
        for _number in range(MEASUREMENTS)
    ]  # fmt: skip
    made = Measurement.objects.bulk_create(rows)
    for row in made:
        row.created_at = _some_time(rng)
    Measurement.objects.bulk_update(made, ["created_at"], batch_size=500)
