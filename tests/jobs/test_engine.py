from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language, override

from foundation.jobs import engine, guilt, services
from foundation.jobs.errors import Away, JobFailed, Later, TryAgain
from foundation.jobs.inline import run_here
from foundation.jobs.keeper import keeper
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus, Lease
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import current_merchant
from tests.jobs.kinds import Scripted

pytestmark = pytest.mark.usefixtures("merchant", "no_pauses")
KEYS = [f"k{n}" for n in range(10)]


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guilt, "LONGEST_PAUSE", 0.0)
    monkeypatch.setattr("foundation.jobs.inline.LOOK", 0.0)


def enqueue(keys: list[str] = KEYS) -> Job:
    return services.enqueue(Scripted.kind, {"keys": keys})


def statuses(job: Job) -> dict[str, str]:
    return dict(job.items.values_list("key", "status"))


def test_a_job_is_done_chunk_by_chunk_with_each_result_saved_in_the_shops_scope(
    scripted: Scripted, merchant: Merchant
) -> None:
    saved: list[tuple[str, int]] = []
    scripted.deeds = {key: (lambda key=key: saved.append((key, current_merchant().pk))) for key in KEYS}
    job = run_here(enqueue(), threads=1)
    assert job.status == JobStatus.DONE
    assert saved == [(key, merchant.pk) for key in KEYS]
    assert [len(chunk) for chunk in scripted.chunks] == [4, 4, 2]
    assert set(statuses(job).values()) == {ItemStatus.DONE}
    assert scripted.finished == [job.pk]
    assert job.started_at is not None
    assert job.finished_at is not None
    assert Lease.objects.count() == 0


def test_an_error_outcome_fails_its_item_only(scripted: Scripted) -> None:
    scripted.deeds = {"k3": "Too little is known."}
    job = run_here(enqueue(), threads=1)
    assert job.status == JobStatus.DONE
    item = job.items.get(key="k3")
    assert (item.status, item.error) == (ItemStatus.FAILED, "Too little is known.")
    assert list(statuses(job).values()).count(ItemStatus.DONE) == 9


def test_a_job_has_failed_when_all_its_items_have(scripted: Scripted) -> None:
    scripted.deeds = dict.fromkeys(KEYS, "The file cannot be read.")
    job = run_here(enqueue(), threads=1)
    assert (job.status, job.error) == (JobStatus.FAILED, "The file cannot be read.")
    assert scripted.finished == [job.pk]


def test_an_item_that_raises_is_tried_three_times_alone_and_fails_with_the_id_of_the_log_line(
    scripted: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.deeds = {"k1": ZeroDivisionError("secret detail")}
    with caplog.at_level(logging.ERROR, "foundation.jobs.engine"):
        job = run_here(enqueue(), threads=1)
    assert job.status == JobStatus.DONE
    item = job.items.get(key="k1")
    assert (item.status, item.attempts) == (ItemStatus.FAILED, 3)
    assert "secret detail" not in item.error
    assert item.error.startswith("Given up after 3 attempts. The last one: An unexpected error;")
    reference = item.error.rpartition(" ")[2].rstrip(".")
    assert any(f"[{reference}]" in record.getMessage() and record.exc_info for record in caplog.records)
    assert scripted.chunks.count(["k1"]) == 3
    others = job.items.exclude(key="k1")
    assert set(others.values_list("status", "attempts")) == {(ItemStatus.DONE, 0)}


def test_a_save_that_raises_leaves_nothing_behind(scripted: Scripted) -> None:
    def save_half() -> None:
        Merchant.objects.create(name="half", slug="half")
        raise RuntimeError("the second half")

    scripted.deeds = {"k1": save_half}
    job = run_here(enqueue(), threads=1)
    assert statuses(job)["k1"] == ItemStatus.FAILED
    assert not Merchant.objects.filter(slug="half").exists()


def test_trouble_that_passes_costs_no_item_an_attempt(scripted: Scripted) -> None:
    troubles = [TryAgain("The model server is away."), OperationalError("gone"), None]

    def trouble(self: Scripted = scripted, plain: Callable = Scripted.process) -> Callable:
        def process(job, items, stop):
            if error := troubles.pop(0) if troubles else None:
                raise error
            return plain(self, job, items, stop)

        return process

    scripted.process = trouble()  # type: ignore[method-assign]
    job = run_here(enqueue(), threads=1)
    assert job.status == JobStatus.DONE
    assert job.error == ""
    assert set(job.items.values_list("status", "attempts", "quarantine")) == {(ItemStatus.DONE, 0, 0)}


def test_trouble_that_does_not_pass_ends_the_job_with_its_sentence(scripted: Scripted) -> None:
    scripted.deeds = dict.fromkeys(KEYS, TryAgain("The model server is away."))
    job = run_here(enqueue(), threads=1)
    assert job.status == JobStatus.FAILED
    assert job.error == "Stopped after 30 errors in a row. The last one: The model server is away."
    assert set(statuses(job).values()) == {ItemStatus.PENDING}
    scripted.deeds = {}
    assert run_here(services.retry(job), threads=1).status == JobStatus.DONE


def test_a_kind_can_end_the_whole_job(scripted: Scripted) -> None:
    scripted.deeds = {"k5": JobFailed("No model is installed. Run make setup.")}
    job = run_here(enqueue(), threads=1)
    assert (job.status, job.error) == (JobStatus.FAILED, "No model is installed. Run make setup.")
    assert list(statuses(job).values()).count(ItemStatus.DONE) == 5


def test_a_kind_that_is_gone_fails_its_jobs(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    job = enqueue()
    monkeypatch.setattr("foundation.jobs.registry._kinds", {})
    job = run_here(job, threads=1)
    assert job.status == JobStatus.FAILED
    assert "test.scripted" in job.error


def test_an_item_the_kind_says_nothing_of_is_not_lost(scripted: Scripted) -> None:
    scripted.process = lambda job, items, stop: iter(())  # type: ignore[method-assign]
    job = run_here(enqueue(["a"]), threads=1)
    assert job.items.get().status == ItemStatus.FAILED
    assert job.status == JobStatus.FAILED


def test_cancel_stops_within_the_chunk_and_gives_back_the_rest(scripted: Scripted) -> None:
    job = enqueue()
    scripted.deeds = {"k5": lambda: services.cancel(job)}
    run_here(job, threads=1)
    assert job.status == JobStatus.CANCELLED
    done = [key for key, status in statuses(job).items() if status == ItemStatus.DONE]
    assert set(done) >= set(KEYS[:6])
    assert len(done) <= 8, "at most the chunk in work"
    assert set(statuses(job).values()) == {ItemStatus.DONE, ItemStatus.PENDING}
    assert scripted.finished == []
    assert Lease.objects.count() == 0


def test_a_worker_that_shuts_down_gives_back_what_it_has_not_begun(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = enqueue()
    scripted.deeds = {"k1": keeper.closing.set}
    try:
        engine.run_chunk("bulk")
        assert not engine.run_chunk("bulk")
    finally:
        keeper.closing.clear()
    job.refresh_from_db()
    assert job.status == JobStatus.RUNNING
    done = {key for key, status in statuses(job).items() if status == ItemStatus.DONE}
    assert done == {"k0", "k1"}
    assert set(job.items.exclude(key__in=done).values_list("status", "attempts", "quarantine")) == {
        (ItemStatus.PENDING, 0, 0)
    }


def test_results_of_a_lost_lease_are_dropped(scripted: Scripted) -> None:
    """Another worker has the item: neither its status nor anything of `save` may be written."""
    saved: list[str] = []

    def lose() -> None:
        saved.append("k0")
        JobItem.objects.filter(key="k1").update(lease="00000000-0000-0000-0000-000000000001")

    scripted.deeds = {"k0": lose, "k1": lambda: saved.append("k1"), "k2": lambda: saved.append("k2")}
    job = enqueue()
    engine.run_chunk("bulk")
    assert saved == ["k0"]
    assert statuses(job)["k1"] == ItemStatus.LEASED


def test_a_kind_speaks_the_language_of_who_asked(scripted: Scripted) -> None:
    spoken: list[str | None] = []
    scripted.deeds = {"k0": lambda: spoken.append(get_language())}
    with override("zh-hans"):
        job = enqueue()
    run_here(job, threads=1)
    assert job.language == "zh-hans"
    assert spoken == ["zh-hans"]


def test_finish_is_tried_three_times_and_then_the_job_has_failed(scripted: Scripted) -> None:
    calls: list[int] = []

    def finish(job: Job) -> None:
        calls.append(job.pk)
        raise RuntimeError("disk full")

    scripted.finish = finish  # type: ignore[method-assign]
    job = run_here(enqueue(), threads=1)
    assert len(calls) == 3
    assert job.status == JobStatus.FAILED
    assert "wrapping it up failed" in job.error


def test_what_has_to_wait_for_something_else_is_no_error_however_often(scripted: Scripted) -> None:
    scripted.deeds = {"k0": Later("Another one runs.", 0.0)}
    job = enqueue(KEYS[:3])
    for _time in range(guilt.MAX_ERRORS_IN_A_ROW + 2):
        engine.run_chunk(job.queue, job.pk)
    job.refresh_from_db()
    assert (job.status, job.error, job.errors_in_a_row) == (JobStatus.RUNNING, "Another one runs.", 0)
    assert set(job.items.values_list("status", "attempts", "quarantine")) == {(ItemStatus.PENDING, 0, 0)}
    scripted.deeds = {}
    job = run_here(job, threads=1)
    assert (job.status, job.error) == (JobStatus.DONE, "")


def test_while_it_waits_no_chunk_of_it_is_handed_out(scripted: Scripted) -> None:
    scripted.deeds = {"k0": Later("Another one runs.", 60.0)}
    job = enqueue(KEYS[:3])
    assert engine.run_chunk(job.queue, job.pk)
    assert not engine.run_chunk(job.queue, job.pk)
    assert len(scripted.chunks) == 1


def test_what_is_away_is_waited_for_however_long(scripted: Scripted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses grow to the longest, nothing is counted, and what was done in between stays done."""
    scripted.deeds = {"k5": Away("The model server is away.")}
    job = enqueue()
    pauses = []
    for minutes in (0, 0, 1, 5, 300):
        Job.objects.update(not_before=None, paused_since=F("paused_since") - timedelta(minutes=minutes))
        begun = timezone.now()
        while engine.run_chunk(job.queue, job.pk):
            pass
        job.refresh_from_db()
        assert (job.status, job.error, job.is_paused) == (JobStatus.RUNNING, "The model server is away.", True)
        assert job.not_before is not None
        pauses.append(round((job.not_before - begun).total_seconds()))
    assert pauses == [2, 2, 15, 30, 30]
    assert job.errors_in_a_row == 0
    assert set(job.items.values_list("attempts", "quarantine")) == {(0, 0)}
    assert sorted(key for key, status in statuses(job).items() if status == ItemStatus.DONE) == KEYS[:5]
    scripted.deeds = {}
    Job.objects.update(not_before=None)
    job = run_here(job, threads=1)
    assert (job.status, job.error, job.paused_since) == (JobStatus.DONE, "", None)


def test_a_paused_job_can_be_cancelled_and_retried(scripted: Scripted) -> None:
    scripted.deeds = {"k0": Away("The model server is away.")}
    job = enqueue()
    engine.run_chunk(job.queue, job.pk)
    job = services.cancel(job)
    assert (job.status, job.error, job.is_paused) == (JobStatus.CANCELLED, "", False)
    scripted.deeds = {}
    assert run_here(services.retry(job), threads=1).status == JobStatus.DONE


def test_beside_a_paused_job_others_go_on(scripted: Scripted) -> None:
    scripted.deeds = {"a": Away("The model server is away.")}
    paused = enqueue(["a"])
    other = enqueue(["b"])
    assert engine.run_chunk(paused.queue)
    assert engine.run_chunk(paused.queue)
    assert not engine.run_chunk(paused.queue)
    assert [JobItem.objects.get(job=one).status for one in (paused, other)] == [ItemStatus.PENDING, ItemStatus.DONE]
