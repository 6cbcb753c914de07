"""The pace at which a server is asked, with a clock that a test moves."""

from __future__ import annotations

from datetime import UTC, datetime
from heapq import heappop, heappush

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.inference.pace import LONGEST_ASKED, LONGEST_WAIT, Pace, backoff, retry_after

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_as_many_as_allowed_and_no_more() -> None:
    pace = Pace(3)
    for _number in range(3):
        assert pace.wait(0.0) == 0
        pace.sent()
    assert pace.wait(0.0) is None
    pace.ended()
    assert pace.wait(0.0) == 0


def test_requests_refused_together_halve_the_pace_once() -> None:
    pace = Pace(16)
    for _number in range(16):
        pace.refused(now=1.0, sent_at=0.5, asked=None)
    assert pace.limit == 8
    pace.refused(now=2.0, sent_at=1.5, asked=None)
    assert pace.limit == 4


def test_refused_for_ever_one_request_is_still_sent() -> None:
    pace = Pace(16)
    for second in range(50):
        pace.refused(now=float(second), sent_at=float(second), asked=None)
    assert pace.limit == 1
    assert pace.wait(100.0) == 0


def test_it_grows_by_one_for_as_many_answers_as_the_pace() -> None:
    pace = Pace(16)
    pace.refused(1.0, 0.5, None)
    for _answer in range(9):
        pace.answered()
    assert pace.limit == 9
    for _answer in range(1000):
        pace.answered()
    assert pace.limit == 16


def test_after_an_outage_one_asks_and_the_next_answers_open_it_quickly() -> None:
    pace = Pace(16)
    pace.lost()
    assert pace.limit == 1
    for _answer in range(7):
        pace.answered()
    assert pace.limit == 8


def test_nothing_is_sent_for_as_long_as_the_server_asks() -> None:
    pace = Pace(4)
    pace.refused(now=10.0, sent_at=9.0, asked=5.0)
    pace.refused(now=10.0, sent_at=9.0, asked=2.0)
    assert pace.wait(12.0) == 3.0
    assert pace.wait(15.0) == 0


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a machine that is busy with other tests
@given(st.lists(st.sampled_from(["answered", "refused", "lost"]), max_size=200), st.integers(1, 64))
def test_the_pace_stays_between_one_and_most(deeds: list[str], most: int) -> None:
    pace = Pace(most)
    for now, deed in enumerate(deeds):
        if deed == "refused":
            pace.refused(float(now), float(now), None)
        else:
            getattr(pace, deed)()
        assert 1 <= pace.limit <= most


def simulated(pace: Pace, room: int, seconds: float) -> tuple[int, int]:
    """(answered, refused) by a server that writes `room` texts at once, a second each, and refuses what is beyond."""
    now, busy, answered, refused = 0.0, 0, 0, 0
    ends: list[tuple[float, float, bool]] = []
    while now < seconds:
        while pace.wait(now) == 0:
            pace.sent()
            taken = busy < room
            busy += taken
            heappush(ends, (now + (1.0 if taken else 0.05), now, taken))
        now, sent_at, taken = heappop(ends)
        pace.ended()
        busy -= taken
        if taken:
            answered += 1
            pace.answered()
        else:
            refused += 1
            pace.refused(now, sent_at, None)
    return answered, refused


def test_an_overloaded_server_is_kept_busy_and_seldom_asked_in_vain() -> None:
    answered, refused = simulated(Pace(64), room=8, seconds=120.0)
    assert answered >= 0.7 * 8 * 120
    assert refused <= 64 + 0.1 * answered, "the first 64 came before anybody could know"


def test_the_waits_double_have_a_chance_in_them_and_an_end() -> None:
    assert [backoff(n, 0.5, lambda low, high: high) for n in range(4)] == [0.5, 1.0, 2.0, 4.0]
    assert backoff(1, 0.5, lambda low, high: low) == 0.5
    assert backoff(1000, 0.5, lambda low, high: high) == LONGEST_WAIT


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0), (" 7 ", 7.0), ("999999999999999999999", LONGEST_ASKED),
        ("Mon, 23 Nov 2026 12:00:30 GMT", 30.0), ("Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        ("Tue, 24 Nov 2026 12:00:00 GMT", LONGEST_ASKED), ("Monday, 23-Nov-26 12:00:05 GMT", 5.0),
        (None, None), ("", None), ("-3", None), ("soon", None), ("1.5", None), ("\u0663", None),
        ("Mon, 99 Nov 2026", None),
    ],
)  # fmt: skip
def test_what_retry_after_asks_for(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds
