"""One product whose text takes its worker down: it fails with the reason, all others get their draft."""

from __future__ import annotations

import pytest

from tests.faults.stack import Stack

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("faults")]  # one installation for all of them
COUNT = 300
POISON = 137
GIVEN_UP = "Given up after 3 attempts. The last one: The worker stopped while this was in work."


def test_a_poisonous_product_is_found_and_no_innocent_pays(
    installation: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    deaths = installation.deaths
    job = installation.describe("poisoned", count=COUNT, poison=POISON)
    seconds = installation.wait_done(job, 180)
    products = "SELECT p.id::text FROM catalog_product p JOIN jobs_job j USING (merchant_id) WHERE j.id=%s AND key=%s"
    product = installation.value(products, job, f"mug-{POISON}")
    failed = installation.rows("SELECT key, attempts, error FROM jobs_jobitem WHERE job_id=%s AND status='failed'", job)
    assert failed == [(product, 3, GIVEN_UP)]
    made = "SELECT count(*), count(DISTINCT product_id) FROM copywriter_draft WHERE job_id = %s AND product_id <> %s"
    assert installation.rows(made, job, int(product)) == [(COUNT - 1, COUNT - 1)]
    blamed = "SELECT count(*) FROM jobs_jobitem WHERE job_id = %s AND attempts > 0 AND key <> %s"
    assert installation.value(blamed, job, product) == 0
    crashes = installation.deaths - deaths
    assert 4 <= crashes <= 6, "in the crowd, among eight, and three times alone"
    with capsys.disabled():
        print(f"\npoison: {crashes} crashes, {COUNT - 1} drafts, job over after {seconds:.1f} s")
