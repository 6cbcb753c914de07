from __future__ import annotations

from foundation.jobs import services
from foundation.jobs.commands import JobCommand


class Command(JobCommand):
    help = "Queues the unfinished items of ended jobs again."
    verb = staticmethod(services.retry)
