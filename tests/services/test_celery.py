"""What the Celery application adds to a worker. `test_serve` has one running."""

from __future__ import annotations

import pytest
from celery.signals import worker_shutdown

from ecomsite.celery import SignOfLife, app
from foundation.inference import registry
from foundation.inference.fake import FakeGenerator
from foundation.inference.registry import EngineSpec


def test_a_worker_that_ends_closes_its_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []

    class Engine(FakeGenerator):
        def close(self) -> None:
            closed.append(self.name)

    monkeypatch.setattr(registry, "_built", {EngineSpec("fake"): Engine()})
    worker_shutdown.send(sender=None)
    assert closed == ["fake"]
    assert registry._built == {}


def test_every_worker_gives_signs_of_life() -> None:
    assert SignOfLife in app.steps["consumer"]
