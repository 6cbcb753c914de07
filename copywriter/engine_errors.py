"""What a job makes of an engine that does not answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from foundation.inference.types import EngineAway, EngineFailing, InferenceError
from foundation.jobs.errors import Away, JobFailed, TryAgain


@contextmanager
def as_job_errors() -> Iterator[None]:
    """Raises `Away` where the engine is away (what is finished stays, the rest waits), `TryAgain` where it answers
    nothing, and `JobFailed` where it never will."""
    try:
        yield
    except EngineAway as error:
        raise Away(_("%(reason)s The job goes on by itself as soon as it does.") % {"reason": error}) from error
    except EngineFailing as error:
        raise TryAgain(str(error)) from error
    except InferenceError as error:
        raise JobFailed(str(error)) from error
