"""The main job's speed: `python -m tests.benchmarks.worker [--products 96]`, JSON lines on standard output.

`worker` is the whole way: products in PostgreSQL, a real Celery worker, the evidence check on, drafts saved. `bare`
hands the prompts of all sentences to the same engine in one batch, in a process of its own. `tutorial` writes some of
them as a tutorial does: transformers, fp32, one at a time, five beams. Loading the model counts nowhere.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from copywriter.evaluating.recording import Recorder
from copywriter.writing.rounds import finished
from foundation.inference import bundled, openvino_settings
from foundation.inference.chat import ChatTokenizer
from foundation.inference.registry import EngineSpec, build
from foundation.inference.types import Request
from tests.benchmarks.generation import Clock, Measured, tutorial, where
from tests.benchmarks.prompts import COLOURS, KINDS

ROOT = Path(__file__).resolve().parents[2]
HEADER = ("SKU", "Title", "Description", "Brand", "Category", "Material", "Size", "Color", "Made for")
TUTORIAL_PROMPTS = 6
WARM_UP = 2
ADAPTER = ROOT / "copywriter" / "training" / "adapter"


def run(products: int = 96, data_dir: Path | None = None) -> Iterator[dict[str, Any]]:
    """The three lines, each measured in a process of its own; ratios need all three."""
    folder = Path(tempfile.mkdtemp(prefix="ecomsite-bench-"))
    folder.chmod(0o755)  # the embedded servers run as another user
    (folder / "models").symlink_to(data_dir or _data_dir() / "models")
    try:
        found = {}
        for part in ("worker", "bare", "tutorial"):
            command = [sys.executable, "-m", "tests.benchmarks.worker", "--part", part, "--folder", str(folder)]
            command += ["--products", str(products)]
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
            found[part] = json.loads(done.stdout.splitlines()[-1])
        slow, bare = found["tutorial"]["tokens_per_second"], found["bare"]["tokens_per_second"]
        for line in found.values():
            ratios = {"times_tutorial": round(line["tokens_per_second"] / slow, 1)}
            if line["path"] == "worker":
                ratios["share_of_bare"] = round(line["tokens_per_second"] / bare, 3)
            yield line | ratios
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _data_dir() -> Path:
    return Path(os.environ.get("ECOM_DATA_DIR") or ROOT / "var").resolve()


def _write_catalog(path: Path, count: int) -> None:
    """Products with as many fields as a well-kept shop has."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number in range(count):
            title, category, vendor, material, size, about = KINDS[number % len(KINDS)]
            colour = COLOURS[number // len(KINDS) % len(COLOURS)]
            name = f"{vendor} {title} {colour.title()} {number // 64 + 1}"
            writer.writerow(
                (f"B-{number:04d}", name, f"{about}.", vendor, category, material, size, colour, "everyday")
            )


@contextmanager
def _product(folder: Path) -> Iterator[None]:
    """PostgreSQL, Valkey and a bulk worker as `make run` starts them."""
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {"ECOM_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "ecomsite.settings", "LOG_LEVEL": "WARNING"}
    from ecomsite.services import child, embedded, processes
    from ecomsite.services.layout import Layout

    layout = Layout.from_environment()
    with embedded.running(layout) as servers:
        os.environ.update(servers.environment())
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        program = next(one for one in processes.workers(layout, servers.environment()) if one.name == "worker-bulk")
        worker = child.start(program, sys.stderr.fileno())
        try:
            yield
        finally:
            child.stop(worker, program)


def _worker(folder: Path, products: int) -> Measured:
    with _product(folder):
        from foundation.tenancy.models import Merchant
        from foundation.tenancy.scope import merchant_scope

        with merchant_scope(Merchant.objects.create(name="Bench", slug="bench")):
            return _describe(folder, products)


def _describe(folder: Path, products: int) -> Measured:
    from catalog import services as catalog
    from catalog.facts import product_facts
    from catalog.models import Product
    from copywriter.jobs import KIND, seed_of
    from copywriter.writing import writer
    from foundation.jobs.inline import run_here

    source = folder / "bench.csv"
    _write_catalog(source, products + WARM_UP)
    with source.open("rb") as stream:
        run_here(catalog.confirm(catalog.upload(source.name, stream)), threads=1)
    chosen = list(Product.objects.order_by("pk"))
    _wait(KIND, [product.pk for product in chosen[:WARM_UP]])
    job, wall = _wait(KIND, [product.pk for product in chosen[WARM_UP:]])
    works = {str(one.pk): writer.begin(product_facts(one, []), seed_of(job)) for one in chosen[WARM_UP:]}
    (folder / "works.pickle").write_bytes(pickle.dumps(works))
    return _counted(job, wall)


def _wait(kind: str, ids: Sequence[int]) -> tuple[Any, float]:
    """Queue a job for the worker and wait for its end; returns it and the seconds from its first chunk to its end."""
    from foundation.jobs import services as jobs

    job = jobs.enqueue(kind, {"selection": {"ids": list(ids)}})
    while job.is_active:
        time.sleep(0.1)
        job.refresh_from_db()
        if job.finished_at is None and not _open_items(job):
            from foundation.jobs.repair import repair

            repair()  # the clock's work; there is none here
    assert job.error == "", job.error
    return job, (job.finished_at - job.started_at).total_seconds()


def _open_items(job: Any) -> bool:
    from foundation.jobs.models import ItemStatus, JobItem

    return bool(JobItem.objects.filter(job=job, status__in=(ItemStatus.PENDING, ItemStatus.LEASED)).exists())


def _counted(job: Any, wall: float) -> Measured:
    from django.db.models import Count, Sum

    from copywriter.models import Draft

    found = Draft.objects.filter(job=job).aggregate(texts=Count("id"), tokens=Sum("tokens_out"))
    return Measured(found["texts"], found["tokens"], wall, 0.0)


def _prompts(folder: Path) -> list[Request]:
    """All that is asked for these products. What a later sentence is asked with hangs on what was answered before, so
    the first part that needs the prompts has an engine write it all once."""
    path = folder / "prompts.pickle"
    if not path.exists():
        works = pickle.loads((folder / "works.pickle").read_bytes())  # written by the worker's part
        engine = Recorder(build(EngineSpec("openvino", data_dir=folder, adapter=ADAPTER)))
        with closing(engine):
            list(finished(engine, works))
        path.write_bytes(pickle.dumps(engine.asked))
    asked: list[Request] = pickle.loads(path.read_bytes())
    return asked


def _bare(folder: Path, prompts: Sequence[Request]) -> Measured:
    """The engine's own pipeline, all prompts in one call, with the same decoding settings."""
    model = bundled.openvino_folder(folder, adapter=ADAPTER)
    pipeline = openvino_settings.load_pipeline(model, openvino_settings.choose())
    tokenizer = ChatTokenizer.from_folder(model)
    ids = [openvino_settings.tensor(tokenizer.encode(prompt.messages)) for prompt in prompts]
    configs = [openvino_settings.generation_config(one, one.max_tokens, tokenizer.eos_ids) for one in prompts]
    pipeline.generate(ids[:8], configs[:8])
    with Clock() as clock:
        results = pipeline.generate(ids, configs)
    tokens = sum(len(result.m_generation_ids[0]) for result in results)
    return Measured(len(prompts), tokens, clock.wall, clock.cpu)


def _part(part: str, folder: Path, products: int) -> dict[str, Any]:
    if part == "worker":
        found = _worker(folder, products)
    else:
        prompts = _prompts(folder)
        if part == "bare":
            found = _bare(folder, prompts)
        else:
            model = bundled.torch_folder(folder, adapter=ADAPTER)
            found = tutorial(prompts[:: max(1, len(prompts) // TUTORIAL_PROMPTS)], model)
    return {
        "benchmark": "describe",
        "path": part,
        "texts": found.texts,
        "tokens": found.tokens,
        "seconds": round(found.seconds, 2),
        "tokens_per_second": round(found.tokens_per_second, 1),
        **where(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=96)
    parser.add_argument("--part", choices=("worker", "bare", "tutorial"), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part:
        print(json.dumps(_part(args.part, args.folder, args.products)))
        return
    for line in run(args.products):
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
