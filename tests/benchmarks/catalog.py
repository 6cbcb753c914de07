"""Import and listing speed: `python -m tests.benchmarks.catalog [--rows 200000]`, JSON lines on standard output.

Runs on an embedded PostgreSQL and Valkey of its own, with the product's settings, and through a real Celery worker.
`import` is from the confirmed upload to the published catalog; `bare_copy` is COPY of the same prepared rows into a
table of the same columns without an index. `search_ready` adds the merging of the search index, after which searches
are as fast as they get; they find everything from the publishing on.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HEADER = "SKU,Title,Description,Brand,Category,Tags,Price,Stock,Color,Material,Internal note"
COLOURS = ("red", "blue", "green", "black", "white", "sand", "navy", "olive")
MATERIALS = ("wool", "oak", "linen", "steel", "cotton", "glass")
THINGS = ("blanket", "stool", "shirt", "kettle", "scarf", "vase", "lamp", "basket", "mug", "chair")
WORDS = (
    "warm",
    "classic",
    "small",
    "large",
    "outdoor",
    "kitchen",
    "travel",
    "soft",
    "heavy",
    "light",
    "daily",
    "winter",
)


def catalog_lines(count: int, seed: int = 7) -> Iterator[str]:
    """Products of made-up shops; one in three has a description."""
    rng = random.Random(seed)
    yield HEADER + "\n"
    for number in range(count):
        colour, material, thing = rng.choice(COLOURS), rng.choice(MATERIALS), rng.choice(THINGS)
        first, second = rng.sample(WORDS, 2)
        title = f"{first.title()} {second} {thing} in {colour} {material} {number % 9973}"
        text = f'"A {thing} of {material}, made to be used {first}. Colour: {colour}."' if number % 3 == 0 else ""
        price = f"{rng.randint(100, 99999) / 100:.2f}"
        yield (
            f"SKU-{number:07d},{title},{text},Brand {rng.randint(1, 200)},{thing.title()}s,"
            f'"{colour},{material}",{price},{rng.randint(0, 500)},{colour},{material},shelf {number % 40}\n'
        )


def run(rows: int = 200_000) -> Iterator[dict[str, Any]]:
    """Results of the whole benchmark, one dictionary a measurement; a process of its own does the work."""
    folder = Path(tempfile.mkdtemp(prefix="ecomsite-bench-"))
    folder.chmod(0o755)
    try:
        command = [sys.executable, "-m", "tests.benchmarks.catalog", "--rows", str(rows), "--folder", str(folder)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if line.startswith("{"):
                    yield json.loads(line)
            if child.wait():
                raise RuntimeError(f"the catalog benchmark ended with {child.returncode}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(folder: Path, rows: int) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {"ECOM_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "ecomsite.settings", "LOG_LEVEL": "WARNING"}
    from ecomsite.services import embedded
    from ecomsite.services.layout import Layout

    with embedded.running(Layout.from_environment()) as servers:
        os.environ.update(servers.environment())
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        command = [sys.executable, "-m", "celery", "-A", "ecomsite", "worker", "-P", "threads", "-c", "2", "-Q", "io"]
        command += ["-l", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
        worker = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr)
        try:
            _in_a_shop(rows)
        finally:
            worker.terminate()
            worker.wait()


def _in_a_shop(rows: int) -> None:
    from foundation.tenancy.models import Merchant
    from foundation.tenancy.scope import merchant_scope

    source = _written(rows)
    with merchant_scope(Merchant.objects.create(name="Warm-up", slug="warm-up")):  # the next shop has to be empty
        _imported(source, "warm-up", 2_000)
    with merchant_scope(Merchant.objects.create(name="Bench", slug="bench")):
        _import_speed(source, rows)
        _listing_speed(rows)


def _written(rows: int) -> Path:
    from django.conf import settings

    source = Path(settings.MEDIA_ROOT).parent / "bench.csv"
    with source.open("w", encoding="utf-8") as target:
        target.writelines(catalog_lines(rows))
    return source


def _import_speed(source: Path, rows: int) -> None:
    copy = _bare_copy(source)
    _line("bare_copy", rows=rows, seconds=copy, rows_per_second=rows / copy)
    for name in ("first", "again"):
        uploaded, published, ready = _imported(source, name, rows)
        _line(
            "import",
            which=name,
            rows=rows,
            upload_seconds=uploaded,
            seconds=published,
            rows_per_second=rows / published,
            search_ready_seconds=ready,
            ratio_to_copy=copy / published,
            ratio_to_copy_with_index=copy / ready,
            ratio_with_upload_and_index=copy / (uploaded + ready),
        )


def _bare_copy(source: Path) -> float:
    """Seconds of COPY alone, rows prepared beforehand; the median of three."""
    from django.db import connection

    from catalog import services
    from catalog.copying import copy_bytes
    from catalog.reading.blocks import PRODUCT_COLUMNS
    from catalog.services.imports import blocks_of
    from catalog.staging import TYPES

    with source.open("rb") as stream:
        file = services.upload("bench.csv", stream)
    data = [copy_bytes(block.products) for block in blocks_of(file)[1]]
    seconds = []
    columns = ", ".join(f"{name} {TYPES.get(name, 'text')}" for name in PRODUCT_COLUMNS)
    with connection.cursor() as cursor:
        for _attempt in range(3):
            cursor.execute("DROP TABLE IF EXISTS bench_copy")
            cursor.execute(f"CREATE TABLE bench_copy ({columns})")
            started = time.perf_counter()
            with cursor.copy("COPY bench_copy FROM STDIN") as copy:
                for block in data:
                    copy.write(block)
            seconds.append(time.perf_counter() - started)
        cursor.execute("DROP TABLE bench_copy")
    file.absolute_path.unlink()
    file.delete()
    return sorted(seconds)[1]


def _imported(source: Path, name: str, rows: int) -> tuple[float, float, float]:
    """Seconds of: the upload; confirming to published; confirming to a merged search index."""
    from catalog import services
    from catalog.models import CatalogFile, FileStatus
    from foundation.jobs.models import Job, JobStatus

    part = source
    if name == "warm-up":
        part = source.with_name("warm-up.csv")
        part.write_text(HEADER + "\n" + "".join(f"W-{n},Warm {n},,,,,,,,,\n" for n in range(rows)), encoding="utf-8")
    started = time.perf_counter()
    with part.open("rb") as stream:
        file = services.upload(f"{name}.csv", stream)
    uploaded = time.perf_counter()
    job = services.confirm(file)
    while file.status == FileStatus.IMPORTING:
        time.sleep(0.02)
        file.refresh_from_db(fields=["status"], from_queryset=CatalogFile.objects.all())
    published = time.perf_counter()
    assert file.status == FileStatus.PUBLISHED, file.error
    while not Job.objects.filter(pk=job.pk, status=JobStatus.DONE).exists():  # it tends the index before it ends
        time.sleep(0.02)
    return uploaded - started, published - uploaded, time.perf_counter() - uploaded


def _listing_speed(rows: int) -> None:
    from catalog import listing
    from catalog.listing import Filter

    rng = random.Random(3)
    first = listing.page(Filter()).products[0].pk

    def anywhere() -> str:
        return str(first + rng.randrange(rows))

    cases: dict[str, Callable[[], object]] = {
        "first page": lambda: listing.page(Filter()),
        "any page": lambda: listing.page(Filter(), after=anywhere()),
        "page before": lambda: listing.page(Filter(), before=anywhere()),
        "without description": lambda: listing.page(Filter(without_description=True), after=anywhere()),
        "vendor": lambda: listing.page(Filter(vendor=f"Brand {rng.randint(1, 200)}")),
        "type": lambda: listing.page(Filter(product_type="Lamps"), after=anywhere()),
        "SKU": lambda: listing.page(Filter(query=f"SKU-{rng.randrange(rows):07d}")),
        "part of a SKU": lambda: listing.page(Filter(query=f"{rng.randrange(rows):07d}"[1:])),
        "title word": lambda: listing.page(Filter(query=rng.choice(WORDS))),
        "two title words": lambda: listing.page(Filter(query=f"{rng.choice(COLOURS)} {rng.choice(THINGS)}")),
        "word and number": lambda: listing.page(Filter(query=f"{rng.choice(THINGS)} {rng.randrange(9973)}")),
        "title word, any page": lambda: listing.page(Filter(query=rng.choice(THINGS)), after=anywhere()),
        "not there": lambda: listing.page(Filter(query="zeppelin")),
        "word, vendor, undescribed": lambda: listing.page(
            Filter(query=rng.choice(THINGS), vendor=f"Brand {rng.randint(1, 200)}", without_description=True)
        ),
        "count of all": lambda: listing.count(Filter()),
        "count of a word": lambda: listing.count(Filter(query=rng.choice(THINGS))),
        "brands": lambda: listing.vendors(),
    }
    for name, call in cases.items():
        times = sorted(_seconds(call) for _attempt in range(60))
        _line(
            "listing", case=name, rows=rows, p50_ms=times[30] * 1000, p95_ms=times[56] * 1000, max_ms=times[-1] * 1000
        )


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _line(measure: str, **values: Any) -> None:
    rounded = {key: round(value, 4) if isinstance(value, float) else value for key, value in values.items()}
    print(json.dumps({"bench": "catalog", "measure": measure, **rounded}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder is not None:
        _measured(options.folder, options.rows)
        return
    for result in run(options.rows):
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
