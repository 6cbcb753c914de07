"""The job kind that teaches the bundled model with a shop's own texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from filelock import FileLock, Timeout

from copywriter.model_in_use import is_bundled
from copywriter.training import own_texts
from copywriter.training.dataset import BadExample
from copywriter.training.place import SLICES, Figures, Place
from copywriter.training.running import Running
from copywriter.training.teaching import NothingToLearn
from foundation.inference.lora_plan import Diverged, Plan, TooLittleMemory
from foundation.inference.types import InferenceError
from foundation.jobs import services
from foundation.jobs.errors import JobError, JobFailed, Later
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue
from foundation.tenancy.models import User
from foundation.tenancy.scope import current_merchant

KIND = "copy.train"
ONLY_ONE = "own-texts"
"""The dedup key: of one shop's trainings one is active."""
PLAN = Plan(epochs=2, budget=2048, save_every=10)
WAIT = 30.0  # seconds between two looks at whether another training has ended


class TooFewTexts(JobError):
    def __init__(self, usable: int) -> None:
        super().__init__(
            _(
                "Only %(usable)s of your descriptions can be learnt from, and %(fewest)s are needed. Import or write"
                " more descriptions, and fill in the fields that prove what they say."
            )
            % {"usable": usable, "fewest": own_texts.FEWEST}
        )


class AnotherModel(JobError):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Only the bundled model can be taught here, and this installation writes with another one. Unset"
                " COPY_MODEL and COPY_ENGINE, restart, and try again."
            )
        )


def start(by: User | None = None) -> Job:
    """Queue the training of the scope's shop. Raises `TooFewTexts`, `AnotherModel`, and `AlreadyQueued`."""
    return services.enqueue(KIND, {}, by=by, dedup_key=ONLY_ONE)


class TeachModel:
    """Its items are slices of one training, all in one chunk: it goes on where the last checkpoint stands."""

    kind, queue, chunk_size = KIND, Queue.BULK, SLICES
    icon = "wand-sparkles"
    owners_only = True

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        if not is_bundled():
            raise AnotherModel
        found = own_texts.quick_survey()
        if found.whole and found.usable < own_texts.FEWEST:  # of a larger catalog the job itself looks at the rest
            raise TooFewTexts(found.usable)
        return [str(number) for number in range(1, SLICES + 1)]

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """Raises `JobFailed`, and `Later` while another training runs on this machine."""
        place = Place.of(job)
        left = sorted(int(item.key) for item in items)
        used = settings.INFERENCE_ROLES["copy"].get("adapter")
        with _alone():
            _prepare(place, used)
            running = Running(place, PLAN, Path(settings.DATA_DIR), left[-1], stop)
            try:
                for learnt in running.slices():
                    while left and left[0] <= learnt:
                        yield Outcome(str(left.pop(0)))
            except (TooLittleMemory, Diverged, NothingToLearn, BadExample, InferenceError) as error:
                raise JobFailed(str(error)) from error

    def title(self, job: Job) -> str:
        return _("Teach the model your texts")

    def results(self, job: Job) -> tuple[str, str]:
        return _("What it learns"), reverse("copywriter:teach", kwargs={"slug": current_merchant().slug})

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        return {key: _("Part %(n)s of %(all)s") % {"n": key, "all": SLICES} for key in keys}


@contextmanager
def _alone() -> Iterator[None]:
    """Two trainings at once, whichever shops', would take memory and cores from each other and from all writing."""
    folder = Path(settings.DATA_DIR) / "training"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(str(folder / "one.lock"), timeout=0, thread_local=False):  # goes with its process
            yield
    except Timeout:
        raise Later(
            _("Another model is being taught on this machine. This training begins when that one has ended."), WAIT
        ) from None


def _prepare(place: Place, used: Path | None) -> None:
    """The shop's examples and the adapter in use as they are now, once: a training that goes on has to learn the same,
    from the same, even where the one in use is the shop's own and was changed since. Raises `JobFailed`."""
    if place.examples.exists():
        return
    place.forget_others()
    if used:
        place.begin_with(used)
    found = own_texts.write(place.examples)
    if found.usable < own_texts.FEWEST:
        place.examples.unlink()
        raise JobFailed(str(TooFewTexts(found.usable)))
    Figures(texts=found.looked, usable=found.usable).write(place.run)
