"""A description job over a real model server that is killed in the middle of it and started again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from django.conf import settings

from copywriter import jobs
from copywriter.jobs import KIND
from copywriter.models import Draft, DraftStatus
from foundation.inference import bundled
from foundation.inference.remote import RemoteGenerator
from foundation.inference.types import Completion, Request, Stop, never
from foundation.jobs import engine as job_engine
from foundation.jobs import guilt, services
from foundation.jobs.inline import run_here
from foundation.jobs.models import ItemStatus, Job, JobStatus
from tests.copywriter.conftest import MakeProduct
from tests.inference.conftest import data_dir, free_port, start_server

pytestmark = [pytest.mark.model, pytest.mark.xdist_group("inference"), pytest.mark.timeout(900)]


class Server:
    """The model as it is shipped, served as docs/operations.md says."""

    def __init__(self) -> None:
        self.folder: Path = bundled.torch_folder(data_dir(), adapter=settings.INFERENCE_ROLES["copy"]["adapter"])
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = start_server(self.folder, self.port)

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None


class KilledAfter:
    """Kills the server as soon as it has answered `left` times."""

    def __init__(self, engine: RemoteGenerator, server: Server, left: int) -> None:
        self.name, self._engine, self._server, self.left = engine.name, engine, server, left

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        for completion in self._engine.generate(requests, stop):
            self.left -= 1
            if self.left == 0:
                self._server.kill()
            yield completion


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    made.start()
    yield made
    made.kill()


@pytest.fixture
def engine(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[KilledAfter]:
    url = f"http://127.0.0.1:{server.port}/v1"
    remote = RemoteGenerator(url, str(server.folder), parallel=2, first_wait=0.05)
    mortal = KilledAfter(remote, server, left=4)
    monkeypatch.setattr(jobs, "generator", lambda role: mortal)
    monkeypatch.setattr(guilt, "AWAY_PAUSES", (0.0, 0.0))
    yield mortal
    remote.close()


def again(job: Job) -> Job:
    assert job_engine.run_chunk(job.queue, job.pk)
    job.refresh_from_db()
    return job


def test_a_server_killed_in_the_middle_of_a_job_costs_nothing(
    server: Server, engine: KilledAfter, make_product: MakeProduct
) -> None:
    for title in ("Stoneware Mug", "Camping Mug", "Tea Bowl"):
        make_product(title, attributes={"Material": "stoneware", "Capacity": "350 ml"})
    job = again(services.enqueue(KIND, {"selection": {"all": True}}))
    assert engine.left == 0
    for _time in range(3):
        assert job.is_paused
        assert job.error == ("The model server does not answer. The job goes on by itself as soon as it does.")
        assert not Draft.objects.filter(status=DraftStatus.REFUSED).exists()
        assert not job.items.filter(status=ItemStatus.FAILED).exists()
        job = again(job)
    finished_before = set(Draft.objects.values_list("pk", flat=True))
    server.start()
    job = run_here(job, threads=1)
    assert (job.status, job.error, job.is_paused) == (JobStatus.DONE, "", False)
    drafts = list(Draft.objects.select_related("product"))
    assert finished_before <= {draft.pk for draft in drafts}
    assert len({draft.product_id for draft in drafts}) == len(drafts) == 3
    for draft in drafts:
        assert (draft.status, draft.model) == (DraftStatus.PENDING, engine.name)
        assert draft.text
    assert set(job.items.values_list("status", "attempts")) == {(ItemStatus.DONE, 0)}
