"""When a process that gives no sign of life counts as hung."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ecomsite.services import processes, silence
from ecomsite.services.errors import ServicesError
from ecomsite.services.layout import Layout
from ecomsite.services.silence import Silence


class Clock:
    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(silence, "time", clock)
    return clock


def pass_time(clock: Clock, watched: Silence, seconds: int) -> bool:
    """Looked at ten times a second, as the supervisor does; whether it counted as hung in the end."""
    hung = False
    for _ in range(seconds * 10):
        clock.now += 0.1
        hung = watched.too_long()
        if hung:
            break
    return hung


def test_who_never_gives_a_sign_is_hung_after_the_limit(clock: Clock, tmp_path: Path) -> None:
    watched = Silence(tmp_path / "sign", 60)
    assert not pass_time(clock, watched, 59)
    assert pass_time(clock, watched, 3)


def test_who_gives_signs_slowly_is_not(clock: Clock, tmp_path: Path) -> None:
    watched = Silence(tmp_path / "sign", 60)
    (tmp_path / "sign").touch()
    for number in range(4):
        os.utime(tmp_path / "sign", ns=(number, number))
        assert not pass_time(clock, watched, 55)
    assert pass_time(clock, watched, 10)


def test_a_watcher_that_was_stopped_himself_starts_to_count_again(clock: Clock, tmp_path: Path) -> None:
    watched = Silence(tmp_path / "sign", 60)
    clock.now += 3600
    assert not watched.too_long()
    assert not pass_time(clock, watched, 59)
    assert pass_time(clock, watched, 3)


def test_the_limit_is_a_variable_and_a_wrong_one_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text, seconds in [("", 300.0), ("45", 45.0), ("0", 0.0)]:
        monkeypatch.setenv("WORKER_SILENCE_SECONDS", text)
        assert [program.silence for program in processes.workers(Layout(tmp_path), {}) if program.sign] == [seconds] * 2
    monkeypatch.setenv("WORKER_SILENCE_SECONDS", "soon")
    with pytest.raises(ServicesError, match="WORKER_SILENCE_SECONDS is 'soon'; write a whole number of seconds"):
        processes.workers(Layout(tmp_path), {})
