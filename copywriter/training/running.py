"""A training in a thread of its own, told slice by slice: `process` of a job yields while the trainer calls back."""

from __future__ import annotations

import math
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from copywriter.training.dataset import DATA
from copywriter.training.place import ADAPTER, SLICES, Figures, Place
from copywriter.training.teaching import Lesson, learn, lesson
from foundation.inference import adapters
from foundation.inference.likelihood import mean_loss
from foundation.inference.lora import CHECKPOINT, Progress
from foundation.inference.lora_plan import Plan


class Running:
    """Learns up to the end of slice `last`, or goes on with what stands in `place`. Touches no database.

    The place's `start` is the adapter that was in use when it began: what it knows, and what the new one is compared
    with.
    """

    def __init__(self, place: Place, plan: Plan, data_dir: Path, last: int, stop: Callable[[], bool]) -> None:
        self.place, self.plan, self.data_dir, self.last = place, plan, data_dir, last
        self.figures = Figures.of(place.run) or Figures()
        self._stop = stop
        self._left = threading.Event()
        self._reached = 0
        self._told: SimpleQueue[int | None] = SimpleQueue()  # None: the thread has ended

    def slices(self) -> Iterator[int]:
        """How many slices are learnt, again and again; ends with the training, or early where it was stopped.

        Raises what `lesson` and `learn` do. Whoever leaves it early waits for the end of a step.
        """
        with ThreadPoolExecutor(1, thread_name_prefix="training") as pool:
            training = pool.submit(self._train)
            training.add_done_callback(lambda _training: self._told.put(None))
            try:
                yield from iter(self._told.get, None)
                training.result()
            finally:
                self._left.set()

    def _train(self) -> None:
        this = lesson(DATA, self.plan, self.data_dir, self.place.examples, self._start())
        _forget_another(self.place.run, this.plan)
        state = learn(this, self.place.run, self._report, self._is_over)
        if state.epoch == this.plan.epochs:
            self._compare(this)
            self.place.install()
            self._told.put(SLICES)

    def _start(self) -> Path | None:
        """What the model knows already shortens the training; one of another shape can't be begun with."""
        start = self.place.start
        return start if start and adapters.shape(start) == self.plan.shape else None

    def _is_over(self) -> bool:
        return self._stop() or self._left.is_set() or self.last <= self._reached < SLICES

    def _report(self, progress: Progress) -> None:
        part = min(1.0, progress.step / progress.steps)
        if progress.kept_loss is not None:
            self.figures.add_kept(part, progress.kept_loss)
        elif not math.isnan(progress.loss):
            self.figures.add_loss((progress.step - 1) / progress.steps, progress.loss, progress.tokens_per_second)
        self.figures.write(self.place.run)
        self._reached = min(SLICES - 1, int(part * SLICES))  # the last one is learnt once its adapter lies there
        self._told.put(self._reached)

    def _compare(self, this: Lesson) -> None:
        """On what was kept of the shop's own texts; nothing to tell where chance kept none of them."""
        if not this.own_held:
            return
        self.figures.own_kept = len(this.own_held)
        self.figures.before = mean_loss(this.model, self.place.start, this.own_held)
        self.figures.after = mean_loss(this.model, self.place.run / ADAPTER, this.own_held)
        self.figures.write(self.place.run)


def _forget_another(run: Path, plan: Plan) -> None:
    """A checkpoint of other settings or of another training set: the program was updated while the job waited."""
    for checkpoint in (run / CHECKPOINT, (run / CHECKPOINT).with_suffix(".old")):
        written = checkpoint / "plan.json"
        if written.exists() and not plan.is_in(written):
            shutil.rmtree(checkpoint)
