"""What can go wrong with a job, each a sentence for the person who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from foundation.jobs.models import Job


class JobError(Exception):
    """A sentence that says what to do; nothing was changed."""


class AlreadyQueued(JobError):
    """The same work is queued or running; `job` is it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        super().__init__(_("This is already queued or running. Wait until it has finished, or cancel it first."))


class NothingToDo(JobError):
    def __init__(self) -> None:
        super().__init__(_("Nothing was selected, so there is nothing to do. Select at least one and try again."))


class NotCancellable(JobError):
    def __init__(self) -> None:
        super().__init__(_("This job has already ended, so there is nothing to cancel."))


class NotRetryable(JobError):
    def __init__(self) -> None:
        super().__init__(_("There is nothing to retry: the job is still active, or every item of it is done."))


class UnknownKind(JobError):
    def __init__(self, kind: str) -> None:
        super().__init__(
            _("This installation has no job of the kind “%(kind)s”. Update the worker and retry.") % {"kind": kind}
        )


class JobFailed(Exception):
    """Raised by a kind's `process` where no item of the job can succeed; the sentence becomes the job's error."""


class TryAgain(Exception):
    """Raised by a kind's `process` for passing trouble that no item is to blame for (a model server is away).

    The items go back to the queue and the job pauses a little; the sentence is kept in case it never passes.
    """


class Away(Exception):
    """Raised by a kind's `process` where what the work needs (a model server) is away and may come back by itself.

    The items go back to the queue and the job pauses, longer each time (`guilt.pause`), however long that lasts;
    nothing is counted, and the sentence is shown meanwhile.
    """


class Later(Exception):
    """Raised by a kind's `process` where something else has to end first; nothing went wrong, nothing is counted.

    The items go back to the queue and the job gets no chunk for `seconds`; the sentence is shown meanwhile.
    """

    def __init__(self, sentence: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(sentence)
