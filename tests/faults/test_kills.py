"""`kill -9` in the middle of a job of 300 products: after the restart every product has exactly one draft.

Beside it runs a job whose results have no unique key that could hide a second one.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from tests.faults.stack import LIMIT, Stack

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]  # one installation for all of them
COUNT = 300
BEGUN = 40


def kill_worker(stack: Stack) -> None:
    stack.kill("worker-bulk")


def kill_all_workers(stack: Stack) -> None:
    stack.kill("worker-bulk", "worker-light", "beat")


def kill_valkey_and_delete_its_data(stack: Stack) -> None:
    assert stack.servers.valkey
    stack.kill("valkey")
    shutil.rmtree(stack.servers.valkey.data)


def kill_postgres(stack: Stack) -> None:
    stack.kill_postmaster()


def kill_everything(stack: Stack) -> None:
    """A power cut."""
    stack.kill(*stack.running)


@pytest.mark.parametrize(
    "kill", [kill_worker, kill_all_workers, kill_valkey_and_delete_its_data, kill_postgres, kill_everything]
)
def test_after_a_kill_every_product_has_exactly_one_draft(
    installation: Stack, kill: Callable[[Stack], None], capsys: pytest.CaptureFixture[str]
) -> None:
    drafts = installation.describe(kill.__name__.replace("_", "-"), count=COUNT)
    plain = installation.enqueue("plain", count=COUNT, seconds=0.005)
    installation.wait("a part of the first", lambda: installation.done(drafts) >= BEGUN)  # the older job goes first
    done_before = installation.done(drafts), installation.done(plain)
    kill(installation)
    assert max(done_before) < COUNT, "the kill came too late to prove anything"
    restart(installation)
    seconds = installation.wait(
        "both done", lambda: {installation.status(drafts), installation.status(plain)} == {"done"}
    )
    assert seconds < LIMIT
    made = "SELECT count(*), count(DISTINCT product_id) FROM copywriter_draft WHERE job_id = %s"
    assert installation.rows(made, drafts) == [(COUNT, COUNT)]
    results = installation.rows("SELECT key, count(*) FROM faults_result WHERE job_id = %s GROUP BY key", plain)
    assert sorted(results) == [(f"{number:05}", 1) for number in range(COUNT)]
    assert installation.value("SELECT count(*) FROM jobs_jobitem WHERE status <> 'done'") == 0
    assert installation.value("SELECT count(*) FROM jobs_lease") == 0
    with capsys.disabled():
        print(f"\n{kill.__name__}: {done_before[0]} of {COUNT} drafts at the restart, all {seconds:.1f} s after it")


def restart(stack: Stack) -> None:
    """Servers first, as the supervisor does."""
    for server in stack.servers.servers():
        program = server.program()
        if program.name not in stack.running:
            stack.start(program)
            stack.wait(f"{program.name} ready", server.ready)
    stack.start(*[program for program in stack.workers() if program.name not in stack.running])
