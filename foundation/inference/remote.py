"""Any OpenAI-compatible server (vLLM, SGLang, llama.cpp, `transformers serve`): how a shop outgrows one machine."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from foundation.inference import remote_wire
from foundation.inference.prompts import unusable
from foundation.inference.types import Completion, InferenceError, Request, Stop, failed, never

log = logging.getLogger(__name__)
RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
TRIES = 5
FIRST_WAIT, LONGEST_WAIT = 0.5, 20.0  # seconds between tries, doubling, each with some chance in it
POLL_SECONDS = 0.1
CONNECT_SECONDS, SILENCE_SECONDS = 10.0, 300.0


class _Refused(Exception):
    """The server answered with an error status."""

    def __init__(self, status: int, text: str, wait: str | None) -> None:
        super().__init__(remote_wire.refusal(status, text))
        self.status, self.text, self.wait = status, text, wait


class RemoteGenerator:
    """A model behind HTTP. See `foundation.inference.types.Generator` for the contract.

    Texts are streamed even where the whole is wanted, because a server goes on with a text that nobody streams after
    its reader has left: closing the stream is what stops it. How the seed is honoured is the server's affair.
    """

    def __init__(
        self, url: str, model: str, *, api_key: str = "", parallel: int = 16, first_wait: float = FIRST_WAIT
    ) -> None:
        """`url` is the API's base, usually ending in /v1; `parallel` bounds the requests on the wire at once."""
        import httpx

        self.name = f"remote:{model}"
        self._model, self._parallel, self._first_wait = model, parallel, first_wait
        self._url = url.rstrip("/") + "/"
        self._client = httpx.Client(
            base_url=self._url,
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            timeout=httpx.Timeout(SILENCE_SECONDS, connect=CONNECT_SECONDS),
            # Streams have connections of their own, so that a chat never waits for a batch's.
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=parallel),
        )
        self._pool = ThreadPoolExecutor(max_workers=parallel, thread_name_prefix="remote-model")
        self._closing = threading.Event()
        self._without: frozenset[str] = frozenset()

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        """See the protocol."""
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
        import httpx

        if error := unusable(request):
            raise InferenceError(error)
        answer = remote_wire.Answer()
        try:
            for event in self._events(request):
                if stop():
                    return
                if piece := answer.take(event):
                    yield piece
        except _Refused as problem:
            raise InferenceError(str(problem)) from problem
        except httpx.HTTPError as problem:
            raise InferenceError(self._unreachable(problem)) from problem

    def close(self) -> None:
        """See the protocol."""
        self._closing.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._client.close()

    def _complete(self, request: Request, stopped: threading.Event) -> Completion:
        """One request with its tries; whatever goes wrong becomes the completion's error."""
        import httpx

        if error := unusable(request):
            return failed(request.key, error)
        for attempt in range(TRIES):
            asked = None
            try:
                return self._once(request, stopped)
            except _Refused as problem:
                error, asked = str(problem), problem.wait
                if problem.status not in RETRIED:
                    return failed(request.key, error)
            except httpx.HTTPError as problem:
                error = self._unreachable(problem)
            except InferenceError as problem:
                return failed(request.key, str(problem))
            if stopped.is_set() or self._closing.is_set():
                break
            if attempt < TRIES - 1:
                self._pause(attempt, asked, stopped)
        return failed(request.key, f"{error} Tried {TRIES} times.")

    def _once(self, request: Request, stopped: threading.Event) -> Completion:
        answer = remote_wire.Answer()
        for event in self._events(request):
            if stopped.is_set() or self._closing.is_set():
                return failed(request.key, "The request was stopped.")
            answer.take(event)
        return answer.completion(request.key)

    def _events(self, request: Request) -> Iterator[dict[str, Any]]:
        """The server's events; asked again without a field that it refuses by name. Raises _Refused, httpx errors."""
        without = self._without
        made = remote_wire.body(request, self._model, without)
        with self._client.stream("POST", "chat/completions", json=made) as response:
            if response.status_code < 400:
                yield from remote_wire.events(response)
                return
            response.read()
            refused = _Refused(response.status_code, response.text, response.headers.get("retry-after"))
        unknown = {name for name in remote_wire.OPTIONAL & set(made) if name in refused.text}
        if refused.status not in (400, 422) or not unknown:
            raise refused
        log.warning("The model server takes no %s: it is asked without", ", ".join(sorted(unknown)))
        self._without = self._without | unknown
        yield from self._events(request)

    def _pause(self, attempt: int, asked: str | None, stopped: threading.Event) -> None:
        """Wait as long as the server asks, else twice as long each time; a caller who stops is not kept."""
        seconds = min(LONGEST_WAIT, self._first_wait * 2**attempt) * random.uniform(0.7, 1.3)  # noqa: S311 - no secret
        if asked and asked.isdigit():
            seconds = min(LONGEST_WAIT, float(asked))
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._closing.is_set():
            if stopped.wait(min(POLL_SECONDS, left)):
                return

    def _unreachable(self, problem: Exception) -> str:
        return (
            f"The model server at {self._url} does not answer ({type(problem).__name__}). "
            "Check COPY_URL and that the server runs."
        )
