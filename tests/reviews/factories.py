"""Files of our own writing, and the short way from bytes to imported reviews."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

from catalog.models import Product, Variant
from foundation.jobs.engine import run_chunk
from foundation.jobs.models import Job
from reviews import services
from reviews.models import Review, ReviewFile

REVIEWS = """Review ID,Product SKU,Rating,Date,Review,Reviewer,Email
r-1,MUG,5,2024-05-01,Keeps the coffee hot. I use it every day.,Ann,ann@example.com
r-2,SC-R,2,2024-05-02,The scarf lost its colour in the first wash.,Ben,ben@example.com
r-3,MUG,4,2024-05-03,A good mug. The handle is a little small.,Ann,ann@example.com
r-4,GONE,1,2024-05-04,It arrived broken and nobody answered me.,,
"""


def upload(data: bytes | str, name: str = "reviews.csv") -> ReviewFile:
    return services.upload(name, io.BytesIO(data.encode() if isinstance(data, str) else data))


def run(job: Job) -> None:
    """As a worker would, until nothing of the job is left."""
    while run_chunk(job.queue, job.pk):
        pass


def fresh(file: ReviewFile) -> ReviewFile:
    return ReviewFile.objects.select_related("job").get(pk=file.pk)


def publish(file: ReviewFile) -> ReviewFile:
    run(services.confirm(file))
    return fresh(file)


def take_in(data: bytes | str, name: str = "reviews.csv") -> ReviewFile:
    return publish(upload(data, name))


def take_back(file: ReviewFile) -> ReviewFile:
    run(services.undo(file))
    return fresh(file)


def as_csv(*rows: Sequence[str]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def as_json_lines(*rows: Mapping[str, object]) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)


def texts() -> list[str]:
    return list(Review.objects.order_by("pk").values_list("text", flat=True))


def products() -> dict[str, Product]:
    """A mug by its SKU, a scarf by its variant's."""
    mug = Product.objects.create(key="mug", sku="MUG", title="Blue Mug")
    scarf = Product.objects.create(key="wool-scarf", title="Wool Scarf")
    Variant.objects.create(product=scarf, key="r", sku="SC-R")
    return {"mug": mug, "scarf": scarf}
