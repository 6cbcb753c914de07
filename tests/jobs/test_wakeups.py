from __future__ import annotations

import logging

import pytest
from celery import current_app
from django.conf import settings
from kombu import Connection

from foundation.jobs import tasks
from foundation.jobs.queues import Queue
from foundation.jobs.wakeups import ENOUGH, TASK, wake


@pytest.fixture
def memory_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    app = current_app._get_current_object()
    monkeypatch.setattr(app, "connection_for_write", lambda: Connection("memory://"))


@pytest.mark.usefixtures("memory_broker")
def test_a_queue_is_topped_up_and_not_flooded() -> None:
    with current_app.connection_for_write() as connection:
        queue = connection.SimpleQueue("chat")
        queue.clear()
        wake(Queue.CHAT)
        wake(Queue.CHAT)
        assert queue.qsize() == ENOUGH
        message = queue.get(block=False)
        assert message.headers["task"] == TASK
        message.ack()
        wake(Queue.CHAT)
        assert queue.qsize() == ENOUGH
        queue.clear()


def test_a_broker_that_is_away_is_logged_and_nothing_raised(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = "redis+socket:///nonexistent/valkey.sock?virtual_host=0"
    app = current_app._get_current_object()
    monkeypatch.setattr(app, "connection_for_write", lambda: Connection(nowhere))
    with caplog.at_level(logging.WARNING):
        wake(Queue.BULK)
    assert "The broker can't be reached" in caplog.text


def test_every_task_is_routed_to_a_queue_that_exists() -> None:
    current_app.loader.import_default_modules()
    ours = {name for name in current_app.tasks if not name.startswith("celery.")}
    assert tasks.run_chunk.name in ours
    assert settings.CELERY_TASK_ROUTES.keys() == ours, "a task without a route, or a route without its task"
    assert {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()} <= set(Queue.values)


def test_everything_on_the_clock_names_its_queue_and_does_not_pile_up() -> None:
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["options"]["queue"] in Queue.values
        assert entry["options"]["expires"] <= 60
        assert entry["task"] in current_app.tasks


def test_settings_and_code_name_the_same_queues() -> None:
    assert set(settings.QUEUES) == set(Queue.values)
    assert {queue.name for queue in settings.CELERY_TASK_QUEUES} == set(Queue.values)
