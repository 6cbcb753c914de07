"""How fast a server is asked: fewer at once as soon as it is too busy, slowly more for as long as it answers. Pure.

Additive increase and multiplicative decrease (Chiu and Jain 1989, "Analysis of the Increase and Decrease Algorithms
for Congestion Avoidance"), after an outage with a slow start (Jacobson 1988, "Congestion Avoidance and Control").
Every time is in seconds of one clock that never goes back, which the caller reads.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST_WAIT = 20.0
"""Between two tries of one request."""
LONGEST_ASKED = 60.0
"""A server that asks for more is asked again after this; what it says then ends the waiting or pauses the job."""


class Pace:
    """How many requests may be on the wire at once: at most `most`, as few as 1. Not safe for several threads."""

    def __init__(self, most: int) -> None:
        self._most = max(1, most)
        self._limit = self._threshold = float(self._most)
        self._on_wire = 0
        self._not_before = self._cut_at = float("-inf")

    @property
    def limit(self) -> int:
        return int(self._limit)

    def wait(self, now: float) -> float | None:
        """Seconds until one more may be sent, 0 for now; None for "not before another has ended"."""
        if now < self._not_before:
            return self._not_before - now
        return 0.0 if self._on_wire < self.limit else None

    def sent(self) -> None:
        self._on_wire += 1

    def ended(self) -> None:
        self._on_wire -= 1

    def answered(self) -> None:
        """One more for each answer up to half of where it went wrong, from there on one more for a limit's worth."""
        step = 1.0 if self._limit < self._threshold else 1.0 / self._limit
        self._limit = min(float(self._most), self._limit + step)

    def refused(self, now: float, sent_at: float, asked: float | None) -> None:
        """Too busy. One cut for all that were on the wire together; nothing is sent for as long as the server asks."""
        if asked is not None:
            self._not_before = max(self._not_before, now + asked)
        if sent_at >= self._cut_at:
            self._limit = self._threshold = max(1.0, self._limit / 2)
            self._cut_at = now

    def lost(self) -> None:
        """The server is away: whoever asks first when it is back asks alone."""
        self._threshold = max(1.0, self._threshold / 2)
        self._limit = 1.0


def backoff(attempt: int, first: float, chance: Callable[[float, float], float]) -> float:
    """Seconds before the try after `attempt` (0, 1, …): doubling, a chance half of it taken off, so that requests
    refused together do not come back together."""
    return min(LONGEST_WAIT, first * 2.0**attempt) * chance(0.5, 1.0)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds from `now` that a Retry-After header asks for (RFC 9110, 10.2.3: a number of seconds or a date), at most
    `LONGEST_ASKED`; None where it says nothing that can be read."""
    value = (value or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST_ASKED)
    try:
        until = parsedate_to_datetime(value)
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
        return min(max(0.0, (until - now).total_seconds()), LONGEST_ASKED)
    except (ValueError, TypeError, OverflowError):
        return None
