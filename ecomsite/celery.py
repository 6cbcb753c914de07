"""The Celery application: `celery -A ecomsite worker -P threads -c 2 -Q bulk`."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery, bootsteps
from celery.signals import worker_shutdown

from foundation.inference import registry
from foundation.jobs import signs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsite.settings")

app = Celery("ecomsite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class SignOfLife(bootsteps.StartStopStep):
    """The main loop's timer gives it, so that a loop which no longer turns is noticed.

    Stopped and started again with each new connection to the broker, which empties the timer.
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def start(self, parent: Any) -> None:
        signs.give()
        self._turn = parent.timer.call_repeatedly(signs.EVERY, signs.give)

    def stop(self, parent: Any) -> None:
        self._turn.cancel()


app.steps["consumer"].add(SignOfLife)


@worker_shutdown.connect
def close_engines(**_signal: Any) -> None:
    """After the last chunk has ended. With `-P threads` the engines are this process's own."""
    registry.close()
