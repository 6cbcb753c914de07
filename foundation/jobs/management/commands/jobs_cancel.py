from __future__ import annotations

from foundation.jobs import services
from foundation.jobs.commands import JobCommand


class Command(JobCommand):
    help = "Cancels active jobs; what is finished stays."
    verb = staticmethod(services.cancel)
