"""Any OpenAI-compatible server (vLLM, SGLang, llama.cpp, `transformers serve`): how a shop outgrows one machine."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Any

from foundation.inference import remote_trouble, remote_wire
from foundation.inference.pace import backoff
from foundation.inference.prompts import unusable
from foundation.inference.remote_gate import POLL_SECONDS, Gate
from foundation.inference.remote_trouble import Blame, Trouble
from foundation.inference.types import (
    Completion,
    EngineAway,
    EngineFailing,
    InferenceError,
    Request,
    Stop,
    failed,
    never,
)

log = logging.getLogger(__name__)
TRIES = 5
MOST_TRIES = 20
"""Of a request that is refused while others are answered: the server is busy, not away."""
SILENCE_COUNTS = 3
"""Tries that one counts as in which the server let the whole time pass: two are enough."""
FIRST_WAIT = 0.5
STOPPED = "The request was stopped."
CONNECT_SECONDS, SILENCE_SECONDS = 10.0, 120.0
FEW, MANY = 4, 64
"""Where a server that never answered anything refuses so many requests, all of one call or of a longer one the first,
the settings are to blame, not the requests."""


class RemoteGenerator:
    """A model behind HTTP. See `foundation.inference.types.Generator` for the contract.

    Texts are streamed even where the whole is wanted, because a server goes on with a text that nobody streams after
    its reader has left: closing the stream is what stops it. How the seed is honoured is the server's affair.

    `generate` raises `EngineAway` where the server is away or too busy through all tries, `EngineFailing` where it
    answers but serves nothing, and `InferenceError` where the settings are wrong; what else goes wrong is the
    completion's error.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        api_key: str = "",
        parallel: int = 16,
        silence: float = SILENCE_SECONDS,
        first_wait: float = FIRST_WAIT,
    ) -> None:
        """`url` is the API's base, usually ending in /v1; `parallel` bounds the texts that are written at once, over
        all threads; `silence` is for how many seconds the server may say nothing while it writes."""
        import httpx

        self.name = f"remote:{model}"
        self._model, self._silence, self._first_wait = model, silence, first_wait
        self._parallel = max(1, parallel)
        base = url.rstrip("/") + "/"
        self._url = str(httpx.URL(base).copy_with(userinfo=b""))  # as it is told: a password stays where it was written
        self._client = httpx.Client(
            base_url=base,
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            timeout=httpx.Timeout(silence, connect=CONNECT_SECONDS),
            # Streams have connections of their own, so that a chat never waits for a batch's.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=self._parallel),
        )
        self._pool = ThreadPoolExecutor(max_workers=self._parallel, thread_name_prefix="remote-model")
        self._gate = Gate(self._parallel)
        self._closing, self._is_away = threading.Event(), threading.Event()
        self._without: frozenset[str] = frozenset()

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        """See the protocol."""
        self._look_if_it_was_away()
        unanswered: list[Completion] = []
        for completion in self._completions(requests, stop):
            if completion.error and not self._gate.answers:
                unanswered.append(completion)
                if len(unanswered) == MANY:
                    break
                continue
            yield from unanswered
            unanswered.clear()
            yield completion
        if len(unanswered) >= FEW and not stop():
            raise InferenceError(f"{unanswered[0].error} It refused each of {len(unanswered)} requests.")
        if not stop():
            yield from unanswered

    def _completions(self, requests: Iterable[Request], stop: Stop) -> Iterator[Completion]:
        waiting, stopped = iter(requests), threading.Event()
        in_flight: set[Future[Completion]] = set()
        try:
            while not stop():
                while len(in_flight) < self._parallel and (request := next(waiting, None)) is not None:
                    in_flight.add(self._pool.submit(self._complete, request, stopped))
                if not in_flight:
                    return
                done, in_flight = wait(in_flight, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
                for future in done:
                    if stop():
                        return
                    yield future.result()
        finally:
            stopped.set()
            for future in in_flight:
                future.cancel()

    def stream(self, request: Request, stop: Stop = never) -> Iterator[str]:
        """See the protocol. The server is asked once: a person waits, and can ask again."""
        if error := unusable(request):
            raise InferenceError(error)
        answer = remote_wire.Answer.to(request)
        try:
            for event in self._events(request):
                if stop():
                    return
                if piece := answer.take(event):
                    yield piece
                if answer.is_full:
                    return
        except Trouble as problem:
            away = problem.blame in (Blame.SERVER_AWAY, Blame.SERVER_BUSY)
            raise (EngineAway if away else InferenceError)(str(problem)) from problem

    def close(self) -> None:
        """See the protocol."""
        self._closing.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    def _look_if_it_was_away(self) -> None:
        """One small request instead of many that all wait for a server that is still away. Raises `EngineAway`."""
        if self._is_away.is_set():
            if not remote_trouble.answers(self._client):
                raise EngineAway(remote_trouble.away(self._url))
            self._is_away.clear()
            log.info("The model server at %s answers again", self._url)

    def _complete(self, request: Request, stopped: threading.Event) -> Completion:
        """One request with its tries. Raises what `generate` does."""
        if error := unusable(request):
            return failed(request.key, error)
        ended = partial(_any, stopped, self._closing)
        in_vain, answers_before = 0, self._gate.answers
        for number in range(MOST_TRIES):
            answers = self._gate.answers
            try:
                return self._try(request, ended)
            except Trouble as problem:
                trouble = problem
            if ended():
                return failed(request.key, STOPPED)
            if trouble.blame is Blame.SETTINGS:
                raise InferenceError(str(trouble))
            if trouble.blame is Blame.REQUEST:
                return failed(request.key, str(trouble))
            busy_with_others = trouble.blame is Blame.SERVER_BUSY and self._gate.answers > answers
            in_vain = 0 if busy_with_others else in_vain + (SILENCE_COUNTS if trouble.was_silence else 1)
            if in_vain >= TRIES:
                break
            self._pause(backoff(number, self._first_wait, random.uniform), ended)
        return self._given_up(request, trouble, answered_others=self._gate.answers > answers_before)

    def _try(self, request: Request, ended: Callable[[], bool]) -> Completion:
        with self._gate.turn(ended) as begun:
            if begun is None:
                return failed(request.key, STOPPED)
            try:
                completion = self._once(request, ended)
            except Trouble as trouble:
                if trouble.blame is Blame.SERVER_BUSY:
                    self._gate.refused(begun, trouble.asked)
                raise
            self._gate.answered()
            return completion

    def _given_up(self, request: Request, trouble: Trouble, *, answered_others: bool) -> Completion:
        """After the last try: who is to blame? Raises `EngineAway`, `EngineFailing`."""
        tried = f"{trouble} It was asked several times."
        if trouble.blame is Blame.UNCLEAR:
            if answered_others:
                return failed(request.key, tried)
            if remote_trouble.answers(self._client):
                raise EngineFailing(tried)
        if not self._is_away.is_set():
            self._is_away.set()
            self._gate.lost()
            log.warning("%s (%r)", tried, trouble.__cause__)
        raise EngineAway(str(trouble))

    def _once(self, request: Request, ended: Callable[[], bool]) -> Completion:
        """Raises `Trouble`."""
        answer = remote_wire.Answer.to(request)
        try:
            for event in self._events(request):
                if ended():
                    return failed(request.key, STOPPED)
                answer.take(event)
                if answer.is_full:
                    break
            return answer.completion(request.key)
        except InferenceError as problem:
            raise Trouble(str(problem), Blame.UNCLEAR) from problem

    def _events(self, request: Request) -> Iterator[dict[str, Any]]:
        """The server's events; asked again without a field that it refuses by name. Raises Trouble, InferenceError."""
        import httpx

        without = self._without
        made = remote_wire.body(request, self._model, without)
        try:
            with self._client.stream("POST", "chat/completions", json=made) as response:
                if response.status_code < 400:
                    yield from remote_wire.events(response, self._silence)
                    return
                text = remote_wire.beginning(response)
        except httpx.HTTPError as problem:
            raise remote_trouble.of_failure(problem, self._url) from problem
        unknown = {name for name in remote_wire.OPTIONAL & set(made) if name in text}
        if response.status_code not in (400, 422) or not unknown:
            raise remote_trouble.of_status(response.status_code, text, response.headers, self._model)
        log.warning("The model server takes no %s: it is asked without", ", ".join(sorted(unknown)))
        self._without = self._without | unknown
        yield from self._events(request)

    def _pause(self, seconds: float, ended: Callable[[], bool]) -> None:
        """A caller who stops is not kept."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not ended():
            time.sleep(min(POLL_SECONDS, left))


def _any(*events: threading.Event) -> bool:
    return any(event.is_set() for event in events)
