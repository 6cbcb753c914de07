"""The copywriting pages of a large shop: `python -m tests.benchmarks.reviewing [--drafts 50000]`, JSON lines.

As many products as drafts that wait, twice as many decided drafts, on an embedded PostgreSQL and Valkey of its own,
with the product's settings. Pages are asked for through Django's test client, each time another page of them;
accepting all and taking the run back go through a real Celery worker. `--folder` keeps the shop there and takes it
again; `--cases` asks only for the pages with these words in their names.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
WARM_UP, REQUESTS = 3, 30
SLUG = "review"
CASES: list[str] = []


def run(drafts: int = 50_000) -> Iterator[dict[str, Any]]:
    """Results of the whole benchmark, one dictionary a measurement; a process of its own does the work."""
    folder = Path(tempfile.mkdtemp(prefix="ecomsite-bench-"))
    folder.chmod(0o755)
    try:
        command = [sys.executable, "-m", "tests.benchmarks.reviewing", "--drafts", str(drafts), "--folder", str(folder)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if line.startswith("{"):
                    yield json.loads(line)
            if child.wait():
                raise RuntimeError(f"the benchmark of the review ended with {child.returncode}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(folder: Path, drafts: int, parts: list[str]) -> None:
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= {"ECOM_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "ecomsite.settings", "LOG_LEVEL": "WARNING"}
    os.environ.setdefault("ALLOWED_HOSTS", "testserver")
    from ecomsite.services import embedded
    from ecomsite.services.layout import Layout

    with embedded.running(Layout.from_environment()) as servers:
        os.environ.update(servers.environment())
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from foundation.tenancy.scope import merchant_scope

        owner, merchant = _shop(drafts)
        with merchant_scope(merchant):
            for part in parts:
                PARTS[part](owner)


def _shop(drafts: int) -> tuple[Any, Any]:
    from foundation.tenancy.models import Merchant, User
    from foundation.tenancy.scope import merchant_scope
    from foundation.tenancy.services import create_merchant
    from tests.benchmarks import shop_of_drafts

    if known := Merchant.objects.filter(slug=SLUG).first():
        return User.objects.get(email="owner@example.com"), known
    owner = User.objects.create_user("owner@example.com", "a long enough password")
    merchant = create_merchant(SLUG, owner)
    with merchant_scope(merchant):
        shop_of_drafts.build(drafts, drafts)
    return owner, merchant


def _client(owner: Any) -> Any:
    from django.test import Client

    client = Client(SERVER_NAME="testserver")
    client.force_login(owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _pages(owner: Any) -> None:
    client = _client(owner)
    for name, address in _addresses().items():
        if not CASES or any(word in name for word in CASES):
            _asked(client, name, address)


def _addresses() -> dict[str, Callable[[], str]]:
    """By the name of what is asked for; each gives another address of it each time."""
    from catalog.models import Product
    from copywriter.jobs import CATEGORY_KIND, KIND
    from copywriter.models import Draft, DraftStatus
    from foundation.jobs.models import Job

    rng = random.Random(5)
    waiting = list(Draft.objects.filter(status=DraftStatus.PENDING).order_by("pk").values_list("pk", flat=True))
    decided = list(Draft.objects.filter(status=DraftStatus.ACCEPTED).order_by("pk").values_list("pk", flat=True))
    goods = list(Product.objects.order_by("pk").values_list("pk", flat=True))
    jobs = list(Job.objects.filter(kind=KIND).order_by("pk").values_list("pk", flat=True))
    whole, newest = jobs[0], jobs[-1]
    of_categories = Job.objects.filter(kind=CATEGORY_KIND).values_list("pk", flat=True).get()
    queue: dict[str, Callable[[], str]] = {
        "first page": lambda: "",
        "any page": lambda: f"?after={rng.choice(waiting)}",
        "page before": lambda: f"?before={rng.choice(waiting)}",
        "a kind": lambda: "?kind=title",
        "a kind, any page": lambda: f"?kind=title&after={rng.choice(waiting)}",
        "category texts": lambda: "?kind=category",
        "sure": lambda: f"?sure=high&after={rng.choice(waiting)}",
        "fairly sure, any page": lambda: f"?sure=medium&after={rng.choice(waiting)}",
        "least sure first": lambda: "?order=unsure",
        "least sure first, any page": lambda: f"?order=unsure&after={rng.choice(waiting)}",
        "a large job": lambda: f"?job={whole}",
        "a large job, any page": lambda: f"?job={whole}&after={rng.choice(waiting)}",
        "a small job": lambda: f"?job={newest}",
        "job, kind and level": lambda: f"?job={newest}&kind=email_subject&sure=medium&order=unsure",
        "accepted": lambda: "?status=accepted",
        "accepted, any page": lambda: f"?status=accepted&after={rng.choice(decided)}",
        "refused": lambda: "?status=refused",
    }
    found: dict[str, Callable[[], str]] = {
        f"queue, {name}": (lambda tail=tail: f"drafts/{tail()}")  # type: ignore[misc]
        for name, tail in queue.items()
    }
    return found | {
        "question before accepting all": lambda: "drafts/passing/?sure=medium",
        "question before taking a run back": lambda: f"texts/{whole}/undo/",
        "one draft": lambda: f"drafts/{rng.choice(waiting)}/",
        "estimate, all products": lambda: "describe/estimate/?all=1&kinds=description&kinds=title&takes=1",
        "question before a run, all products": lambda: "describe/?all=1",
        "quality": lambda: "quality/",
        "quality of a kind": lambda: "quality/?kind=title",
        "table of a job, first page": lambda: f"texts/{whole}/",
        "table of a job, any page": lambda: f"texts/{whole}/?after={rng.choice(goods)}",
        "table of category texts": lambda: f"texts/{of_categories}/",
        "campaigns": lambda: "campaigns/",
        "new campaign": lambda: "campaigns/new/",
        "voices": lambda: "writing/voices/",
        "one voice": lambda: "writing/voices/edit/?brand=Brand%207",
        "rules": lambda: "writing/rules/",
        "texts of a product": lambda: f"products/{rng.choice(goods)}/texts/",
        "jobs": lambda: "jobs/",
        "job, large": lambda: f"jobs/{whole}/",
    }


def _asked(client: Any, name: str, address: Callable[[], str]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/m/{SLUG}/{address()}")
    assert answer.status_code == 200, (name, answer.status_code)
    queries = len(asked.captured_queries)  # now: the next request begins the log anew
    for _attempt in range(WARM_UP):
        client.get(f"/m/{SLUG}/{address()}")
    begun = time.process_time()
    times = sorted(_seconds(lambda: client.get(f"/m/{SLUG}/{address()}")) for _attempt in range(REQUESTS))
    python = 1000 * (time.process_time() - begun) / REQUESTS
    _line(
        "page", case=name, queries=queries, python_ms=python, p50_ms=1000 * times[REQUESTS // 2],
        p95_ms=1000 * times[-max(1, REQUESTS // 20) - 1], max_ms=1000 * times[-1], bytes=len(answer.content),
    )  # fmt: skip


def _csv(owner: Any) -> None:
    from foundation.jobs.models import Job

    client = _client(owner)
    job = Job.objects.order_by("pk").filter(kind="copy.describe").values_list("pk", flat=True)[0]
    before = _megabytes()
    started = time.perf_counter()
    answer = client.get(f"/m/{SLUG}/texts/{job}/texts.csv")
    first, size = 0.0, 0
    for part in answer.streaming_content:
        first = first or time.perf_counter() - started
        size += len(part)
    _line(
        "csv", case="a job's texts", first_byte_seconds=first, seconds=time.perf_counter() - started, bytes=size,
        grown_mb=_megabytes() - before,
    )  # fmt: skip


def _deciding(owner: Any) -> None:
    from copywriter.models import Draft, DraftStatus

    Draft.objects.filter(status=DraftStatus.PENDING).update(confidence=70)
    client = _client(owner)
    command = [sys.executable, "-m", "celery", "-A", "ecomsite", "worker", "-P", "threads", "-c", "2", "-Q", "io"]
    command += ["-l", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    worker = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr)
    try:
        seconds = _seconds(lambda: client.get(f"/m/{SLUG}/drafts/passing/?sure=medium"))
        _line("question", case="accept all", seconds=seconds)
        newest = Draft.objects.order_by("-pk").values_list("pk", flat=True)[0]
        accept = {"sure": "medium", "until": newest}
        run = _followed(client, "accept all", lambda: client.post(f"/m/{SLUG}/drafts/passing/", accept))
        _asked(client, "queue, accepted, right after", lambda: "drafts/?status=accepted")
        _line("question", case="undo", seconds=_seconds(lambda: client.get(f"/m/{SLUG}/texts/{run}/undo/")))
        _followed(client, "undo", lambda: client.post(f"/m/{SLUG}/texts/{run}/undo/"))
        _asked(client, "queue, right after", lambda: "drafts/")
    finally:
        worker.terminate()
        worker.wait()


def _followed(client: Any, name: str, ask: Callable[[], Any]) -> int:
    """The id of the job that was asked for, after its end; what the page of the job told meanwhile."""
    from foundation.jobs.models import Job, JobItem
    from foundation.jobs.progress import progress

    asked: list[Any] = []
    queued = _seconds(lambda: asked.append(ask()))
    started = time.perf_counter()
    job = Job.objects.order_by("-pk")[0]
    assert asked[0].url.endswith(f"/jobs/{job.pk}/"), asked[0]
    times, told, number = [], set(), job.pk
    while job.is_active:
        times.append(_seconds(lambda: client.get(f"/m/{SLUG}/jobs/{number}/")))
        told.add(progress(job).ended)
        time.sleep(0.5)
        job = Job.objects.get(pk=job.pk)
    seconds, found = time.perf_counter() - started, progress(job)
    assert found.left == 0, found
    _line(
        "job", case=name, queue_seconds=queued, seconds=seconds, done=found.done, failed=found.failed,
        a_second=found.done / seconds, steps_seen=len(told), items=JobItem.objects.filter(job=job).count(),
        page_p50_ms=1000 * sorted(times)[len(times) // 2], page_max_ms=1000 * max(times),
    )  # fmt: skip
    return job.pk


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _line(measure: str, **values: Any) -> None:
    rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in values.items()}
    load = round(os.getloadavg()[0], 1)
    print(json.dumps({"bench": "review", "measure": measure, **rounded, "load": load}), flush=True)


PARTS: dict[str, Callable[[Any], None]] = {"csv": _csv, "pages": _pages, "deciding": _deciding}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--drafts", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, help="where the shop is kept, to be measured again")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--cases", nargs="+", default=[])
    options = parser.parse_args()
    CASES.extend(options.cases)
    if options.folder is not None:
        _measured(options.folder, options.drafts, options.parts)
        return
    for result in run(options.drafts):
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
