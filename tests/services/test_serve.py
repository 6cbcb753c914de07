"""`manage.py serve` whole: a worker that hangs is started again, one that is slow is not, and a stop is quick."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ecomsite.services.layout import REPOSITORY, Layout
from tests.services.folders import open_folder
from tests.services.running import Running, alive, environment, eventually, serve

SILENCE = 15
SLOW = "90"  # seconds for one text, which nothing can interrupt
LEFT = """
from foundation.jobs.models import JobItem, Lease
from foundation.jobs.repair import repair
print(repair().taken_back > 0, Lease.unscoped.count())
print(*JobItem.unscoped.filter(job__kind="copy.describe").values_list("status", "quarantine", "attempts").distinct())
"""


@pytest.fixture(scope="module")
def variables() -> Iterator[dict[str, str]]:
    fake = {"COPY_ENGINE": "fake", "ECOM_ALLOW_FAKE": "1", "ECOM_FAKE_DELAY": SLOW}
    with open_folder() as folder:
        yield environment(folder / "var", WORKER_SILENCE_SECONDS=str(SILENCE), **fake)


@pytest.fixture(scope="module")
def product(variables: dict[str, str]) -> Iterator[Running]:
    """Everything, with the demo shop's job in work."""
    data = Path(variables["ECOM_DATA_DIR"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Running(serve(data, "--port", str(port), env=variables), Layout(data))
    try:
        assert eventually(lambda: in_work(running) > 0, 120), running.process.poll()
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


def in_work(product: Running) -> int:
    if not (product.pid("worker-bulk") and product.answers()):
        return 0
    return int(product.query("SELECT count(*) FROM jobs_lease WHERE running")[0][0])


def test_a_worker_that_hangs_is_started_again_and_one_that_is_slow_is_not(
    product: Running, capsys: pytest.CaptureFixture[str]
) -> None:
    hung, slow = product.pid("worker-light"), product.pid("worker-bulk")
    sign = product.layout.run / "worker-light.alive"
    assert eventually(sign.exists, 60)
    begun = time.monotonic()
    os.kill(hung, signal.SIGSTOP)
    assert eventually(lambda: product.pid("worker-light") not in (0, hung), SILENCE + 30)
    seconds = time.monotonic() - begun
    assert not alive(hung)
    assert seconds >= SILENCE - 6  # its last sign was up to five seconds old
    with capsys.disabled():
        print(f"\na stopped worker was started again after {seconds:.1f} s; the limit was {SILENCE} s")
    for _ in range(3):  # as it starts, and again and again though it has nothing to do
        before = sign.stat().st_mtime_ns
        assert eventually(lambda before=before: sign.stat().st_mtime_ns > before, 60)
    assert product.pid("worker-bulk") == slow, "its one chunk takes longer than the limit"


def test_a_stop_in_the_middle_of_a_chunk_is_quick_and_blames_nobody(
    product: Running, variables: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert in_work(product) > 0
    pids = product.pids()
    begun = time.monotonic()
    status, output = product.stop()
    seconds = time.monotonic() - begun
    assert status == 0, output
    assert not [pid for pid in pids if alive(pid)]
    with capsys.disabled():
        print(f"\nstopped in {seconds:.1f} s, two chunks in work")
    assert seconds < 12
    command = [sys.executable, str(REPOSITORY / "manage.py"), "shell", "-v", "0", "-c", LEFT]
    left = subprocess.run(command, env=variables, capture_output=True, text=True, check=True, timeout=120)
    assert left.stdout.splitlines() == ["True 0", "('pending', 0, 0)"], left.stderr
