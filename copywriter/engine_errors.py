"""What a job makes of an engine that does not answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from foundation.inference.types import EngineAway, EngineFailing, InferenceError
from foundation.jobs.errors import Away, JobFailed, TryAgain

log = logging.getLogger(__name__)


@contextmanager
def as_job_errors() -> Iterator[None]:
    """Raises `Away` where the engine is away (what is finished stays, the rest waits), `TryAgain` where it answers
    nothing, and `JobFailed` where it never will. Of a server that is away only the log names the address: the words
    of a paused job are a merchant's to read."""
    try:
        yield
    except EngineAway as error:
        log.warning("Waiting for the model: %s", error)
        raise Away(_("The model server does not answer. The job goes on by itself as soon as it does.")) from error
    except EngineFailing as error:
        raise TryAgain(str(error)) from error
    except InferenceError as error:
        raise JobFailed(str(error)) from error
