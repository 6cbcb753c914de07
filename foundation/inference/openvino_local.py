"""The CPU's engine: OpenVINO GenAI's continuous batching, one engine loop for all callers of this process.

A request joins the running batch as soon as there is room and leaves it when its text ends, whoever asked for it: two
threads that call `generate()` at once share each step instead of taking turns. Only the loop's thread touches the
pipeline, which is not thread-safe; callers hand in tasks and read their results from a queue of their own.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foundation.inference import openvino_settings
from foundation.inference.chat import ChatTokenizer, TextPieces
from foundation.inference.prefixes import PrefixGate, blocks_of
from foundation.inference.prompts import too_long, unusable
from foundation.inference.types import Completion, InferenceError, Request, Stop, failed, never

BREATH = 0.04
"""The engine rests for this part of each step's time. `step()` holds the GIL, and handing it over once a step is too
little where steps are slow (a busy machine): callers then take a step for each of a hundred small things, and leases
run out because nobody renews them. The rest is long enough for all of them to run."""

log = logging.getLogger(__name__)
POLL_SECONDS = 0.05  # how often a waiting caller asks its `stop`
Event = tuple["_Task", list[int], str | None]  # a task, its new ids, and what ended it (None: it goes on)


@dataclass(eq=False)
class _Task:
    """One request on its way through the engine."""

    request: Request
    ids: list[int]
    max_tokens: int
    events: queue.SimpleQueue[Event]
    streaming: bool = False
    handle: Any = None
    cancelled: bool = False
    written: list[int] = field(default_factory=list)
    blocks: tuple[int, ...] = ()
    reading: bool = False
    """Added to the pipeline, its first token not there yet."""


class OpenVinoGenerator:
    """A chat model on the CPU. See `foundation.inference.types.Generator` for the contract."""

    def __init__(self, folder: Path, settings: openvino_settings.Settings | None = None) -> None:
        """Load the model of a folder: a GGUF file or an OpenVINO IR, beside tokenizer.json.

        Raises InferenceError where the folder is no such model.
        """
        self.name = f"openvino:{folder.parent.name if folder.name == 'openvino' else folder.name}"
        self._settings = settings or openvino_settings.choose()
        self._tokenizer = ChatTokenizer.from_folder(folder)
        self._pipeline = openvino_settings.load_pipeline(folder, self._settings)
        self._inbox: list[_Task] = []
        self._waiting: list[_Task] = []
        self._running: list[_Task] = []
        self._gate = PrefixGate()
        self._wake = threading.Condition()
        self._closed = False
        self._number = 0
        self._loop_thread = threading.Thread(target=self._loop, name="openvino-engine", daemon=True)
        self._loop_thread.start()

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        """See the protocol. Not more than twice the batch size is taken from `requests` ahead of the results."""
        waiting, events, in_flight = iter(requests), queue.SimpleQueue[Event](), set[_Task]()
        try:
            while not stop():
                for request in self._refill(waiting, len(in_flight)):
                    task = self._task(request, events)
                    if isinstance(task, Completion):
                        yield task
                    else:
                        in_flight.add(task)
                        self._submit(task)
                if not in_flight:
                    return
                for task, _, ended in _take(events):
                    in_flight.discard(task)
                    if stop():
                        return
                    yield self._completion(task, ended or "error")
        finally:
            self._cancel(in_flight)

    def stream(self, request: Request, stop: Stop = never) -> Iterator[str]:
        """See the protocol."""
        events = queue.SimpleQueue[Event]()
        task = self._task(request, events)
        if isinstance(task, Completion):
            raise InferenceError(task.error or "")
        task.streaming = True
        self._submit(task)
        pieces = TextPieces(self._tokenizer)
        try:
            if request.begun:
                yield request.begun
            while not stop():
                for _, ids, ended in _take(events):
                    if piece := pieces.push(i for i in ids if i not in self._tokenizer.eos_ids):
                        yield piece
                    if ended in ("stop", "length"):
                        if rest := pieces.rest():
                            yield rest
                        return
                    if ended:
                        raise InferenceError(ended)
        finally:
            self._cancel({task})

    def close(self) -> None:
        """See the protocol."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        if threading.current_thread() is not self._loop_thread:
            self._loop_thread.join(timeout=30)
        self._pipeline = None

    # The caller's side

    def _refill(self, waiting: Iterator[Request], in_flight: int) -> Iterator[Request]:
        for _ in range(2 * self._settings.max_sequences - in_flight):
            request = next(waiting, None)
            if request is None:
                return
            yield request

    def _task(self, request: Request, events: queue.SimpleQueue[Event]) -> _Task | Completion:
        if error := unusable(request):
            return failed(request.key, error)
        try:
            ids = self._tokenizer.encode(request.messages, request.begun)
        except Exception as problem:  # noqa: BLE001 - a template may raise anything on messages it does not take
            return failed(request.key, f"The model's chat template does not take these messages: {problem}")
        if error := too_long(len(ids), self._tokenizer.context):
            return failed(request.key, error, len(ids))
        room = (self._tokenizer.context or 1 << 30) - len(ids)
        return _Task(request, ids, min(request.max_tokens, room), events, blocks=blocks_of(ids))

    def _submit(self, task: _Task) -> None:
        with self._wake:
            if self._closed:
                raise InferenceError("The model was closed. Start the worker again.")
            self._inbox.append(task)
            self._wake.notify()

    def _cancel(self, tasks: Iterable[_Task]) -> None:
        with self._wake:
            for task in tasks:
                task.cancelled = True
            self._wake.notify()

    def _completion(self, task: _Task, ended: str) -> Completion:
        if ended not in ("stop", "length"):
            return failed(task.request.key, ended, len(task.ids))
        text = self._tokenizer.decode([i for i in task.written if i not in self._tokenizer.eos_ids])
        return Completion(
            key=task.request.key,
            text=task.request.begun + text,
            tokens_in=len(task.ids),
            tokens_out=len(task.written),
            finish="stop" if ended == "stop" else "length",
        )

    # The loop's side: everything below runs in the engine's thread

    def _loop(self) -> None:
        while self._wait_for_work():
            begun = time.perf_counter()
            try:
                self._admit()
                if self._running:
                    self._pipeline.step()
                    self._collect()
            except Exception as problem:
                log.exception("The OpenVINO engine failed in a step")
                self._give_up(f"The local model failed: {problem}")
            time.sleep(BREATH * (time.perf_counter() - begun))
        cancelled = bool(self._running)
        self._give_up("The model was closed while it was writing.")
        if cancelled:
            self._pipeline.step()  # frees what was cancelled; the pipeline's end would call it leaked otherwise

    def _wait_for_work(self) -> bool:
        with self._wake:
            while not (self._closed or self._inbox or self._waiting or self._running):
                self._wake.wait()
            return not self._closed

    def _admit(self) -> None:
        """Add what may start, in the order it came; see `prefixes` for what is held back, never longer than needed."""
        with self._wake:
            self._waiting += self._inbox
            self._inbox = []
        held = []
        for task in self._waiting:
            if task.cancelled:
                continue
            if self._gate.may_start(task.blocks):
                self._add(task)
            else:
                held.append(task)
        self._waiting = held
        for task in self._running:
            if task.cancelled:
                task.handle.cancel()

    def _add(self, task: _Task) -> None:
        self._number += 1
        tensor = openvino_settings.tensor(task.ids)
        config = openvino_settings.generation_config(task.request, task.max_tokens, self._tokenizer.eos_ids)
        try:
            task.handle = self._pipeline.add_request(self._number, tensor, config)
        except Exception as problem:  # noqa: BLE001 - the bindings raise RuntimeError and others for one bad request
            task.events.put((task, [], f"The model does not take this request: {problem}"))
            return
        self._gate.started(task.blocks)
        task.reading = True
        self._running.append(task)

    def _note_read(self, task: _Task, finished: bool) -> None:
        """Tell the gate once a prompt is read, so that those who share its beginning start in the next step."""
        if not task.reading:
            return
        if task.handle.can_read():
            self._gate.computed(task.blocks)
        elif finished:
            self._gate.abandoned(task.blocks)
        task.reading = not (finished or task.handle.can_read())

    def _collect(self) -> None:
        still = []
        for task in self._running:
            finished, error = openvino_settings.state(task.handle)
            self._note_read(task, finished)
            if not finished:
                still.append(task)  # a cancelled one too: the pipeline frees it in its next step
            if task.cancelled or not (finished or task.streaming):
                continue
            new = openvino_settings.new_ids(task.handle)
            task.written.extend(new)
            ended = error or self._reason(task) if finished else None
            if new or ended:
                task.events.put((task, new, ended))
        self._running = still

    def _reason(self, task: _Task) -> str:
        return "stop" if task.written and task.written[-1] in self._tokenizer.eos_ids else "length"

    def _give_up(self, error: str) -> None:
        with self._wake:
            lost = self._running + self._waiting + self._inbox
            self._inbox, self._waiting, self._running, self._gate = [], [], [], PrefixGate()
        for task in lost:
            if task.handle is not None:
                task.handle.cancel()
            task.events.put((task, [], error))


def _take(events: queue.SimpleQueue[Event]) -> Iterator[Event]:
    """What is there, after waiting a moment for the first."""
    try:
        yield events.get(timeout=POLL_SECONDS)
        while True:
            yield events.get_nowait()
    except queue.Empty:
        return
