"""One product whose text takes its worker down: it fails with the reason, all others are done."""

from __future__ import annotations

import pytest

from tests.faults.stack import Stack

pytestmark = pytest.mark.faults
COUNT = 300
POISON = "00137"
GIVEN_UP = "Given up after 3 attempts. The last one: The worker stopped while this was in work."


def test_a_poisonous_item_is_found_and_no_innocent_pays(
    installation: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    deaths = installation.deaths
    job = installation.enqueue("poisoned", count=COUNT, seconds=0.005, poison=[POISON])
    seconds = installation.wait_done(job, 120)
    failed = installation.rows("SELECT key, attempts, error FROM jobs_jobitem WHERE job_id=%s AND status='failed'", job)
    assert failed == [(POISON, 3, GIVEN_UP)]
    others = installation.rows("SELECT key, count(*) FROM faults_result WHERE job_id = %s GROUP BY key", job)
    assert sorted(others) == [(key, 1) for key in (f"{number:05}" for number in range(COUNT)) if key != POISON]
    blamed = "SELECT count(*) FROM jobs_jobitem WHERE job_id = %s AND attempts > 0 AND key <> %s"
    assert installation.value(blamed, job, POISON) == 0
    crashes = installation.deaths - deaths
    assert 4 <= crashes <= 6
    with capsys.disabled():
        print(f"\npoison: {crashes} crashes, {COUNT - 1} others done, job over after {seconds:.1f} s")
