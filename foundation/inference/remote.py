"""Any OpenAI-compatible server (vLLM, SGLang, llama.cpp, `transformers serve`): how a shop outgrows one machine."""

from __future__ import annotations

import json
import logging
import random
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Any

from foundation.inference.chat import neutralised
from foundation.inference.prompts import unusable
from foundation.inference.types import Completion, Finish, InferenceError, Request, Stop, failed, never

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)
RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
TRIES = 5
FIRST_WAIT, LONGEST_WAIT = 0.5, 20.0  # seconds between tries, doubling, each with some chance in it
POLL_SECONDS = 0.1
CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 300.0


class RemoteGenerator:
    """A model behind HTTP. See `foundation.inference.types.Generator` for the contract.

    A stopped caller gets nothing more at once; requests already on the wire run out on the server unseen.
    """

    def __init__(
        self, url: str, model: str, *, api_key: str = "", parallel: int = 16, first_wait: float = FIRST_WAIT
    ) -> None:
        """`url` is the API's base, usually ending in /v1; `parallel` bounds the requests on the wire at once."""
        import httpx

        self.name = f"remote:{model}"
        self._model, self._parallel, self._first_wait = model, parallel, first_wait
        headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._client = httpx.Client(
            base_url=url.rstrip("/") + "/",
            headers=headers,
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=parallel, max_keepalive_connections=parallel),
        )
        self._pool = ThreadPoolExecutor(max_workers=parallel, thread_name_prefix="remote-model")
        self._closing = threading.Event()
        self._knows_penalty = True

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        """See the protocol."""
        waiting, in_flight, stopped = iter(requests), set[Future[Completion]](), threading.Event()
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
        """See the protocol: the server's event stream, closed as soon as the caller stops."""
        import httpx

        if error := unusable(request):
            raise InferenceError(error)
        try:
            with self._client.stream("POST", "chat/completions", json=self._body(request, stream=True)) as response:
                if response.status_code >= 400:
                    response.read()
                    if self._learns(response):
                        yield from self.stream(request, stop)
                        return
                    raise InferenceError(_refusal(response))
                for line in response.iter_lines():
                    if stop():
                        return
                    if piece := _piece(line):
                        yield piece
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
            if stopped.is_set() or self._closing.is_set():
                return failed(request.key, "The request was stopped.")
            try:
                response = self._client.post("chat/completions", json=self._body(request))
            except httpx.HTTPError as problem:
                error, asked = self._unreachable(problem), None
            else:
                if response.status_code < 400:
                    return _completion(request.key, response)
                error = _refusal(response)
                if self._learns(response):
                    return self._complete(request, stopped)
                if response.status_code not in RETRIED:
                    return failed(request.key, error)
                asked = response.headers.get("retry-after")
            if attempt < TRIES - 1:
                self._pause(attempt, asked, stopped)
        return failed(request.key, f"{error} Tried {TRIES} times.")

    def _pause(self, attempt: int, asked: str | None, stopped: threading.Event) -> None:
        """Wait as long as the server asks, else twice as long each time; a caller who stops is not kept."""
        seconds = min(LONGEST_WAIT, self._first_wait * 2**attempt) * random.uniform(0.7, 1.3)  # noqa: S311 - no secret
        if asked and asked.isdigit():
            seconds = min(LONGEST_WAIT, float(asked))
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._closing.is_set():
            if stopped.wait(min(POLL_SECONDS, max(0.0, until - time.monotonic()))):
                return

    def _body(self, request: Request, stream: bool = False) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": neutralised(request.messages),
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
            "top_p": request.top_p,
            "seed": request.seed,
            "stream": stream,
        }
        if request.repetition_penalty != 1 and self._knows_penalty:
            body["repetition_penalty"] = request.repetition_penalty  # not OpenAI's, but vLLM's and SGLang's
        return body

    def _learns(self, response: httpx.Response) -> bool:
        """Whether the server refused a field that is not OpenAI's; it is not sent again."""
        if not self._knows_penalty or response.status_code not in (400, 422):
            return False
        if "repetition_penalty" not in response.text:
            return False
        log.warning("The model server takes no repetition_penalty; texts are written without one")
        self._knows_penalty = False
        return True

    def _unreachable(self, problem: Exception) -> str:
        return (
            f"The model server at {self._client.base_url} does not answer ({type(problem).__name__}). "
            "Check COPY_URL and that the server runs."
        )


def _completion(key: str, response: httpx.Response) -> Completion:
    try:
        body = response.json()
        choice = body["choices"][0]
        text = choice["message"]["content"] or ""
    except (ValueError, LookupError, TypeError):
        return failed(
            key, "The model server gave an answer that is no chat completion. Check COPY_URL (it ends in /v1)."
        )
    usage = body.get("usage") or {}
    finish: Finish = "length" if choice.get("finish_reason") == "length" else "stop"
    return Completion(key, text, usage.get("prompt_tokens") or 0, usage.get("completion_tokens") or 0, finish)


def _piece(line: str) -> str:
    """The text in one line of a server-sent event stream; the end and what is no text give nothing."""
    if not line.startswith("data:"):
        return ""
    data = line.removeprefix("data:").strip()
    if not data or data == "[DONE]":
        return ""
    try:
        event: Mapping[str, Any] = json.loads(data)
    except ValueError:
        return ""
    if "error" in event:
        raise InferenceError(f"The model server broke off: {_said(event)}")
    choices = event.get("choices") or [{}]
    return (choices[0].get("delta") or {}).get("content") or ""


def _refusal(response: httpx.Response) -> str:
    """What a server's error means, in a plain sentence. Never the request's headers: they hold the key."""
    status = response.status_code
    if status in (401, 403):
        return "The model server refused the key. Check COPY_API_KEY."
    try:
        said = _said(response.json())
    except ValueError:
        said = response.text
    said = " ".join(said.split())[:300]
    if status == 404:
        return f"The model server does not know this model or address. Check COPY_MODEL and COPY_URL. It said: {said}"
    if status == 429:
        return "The model server is too busy."
    return f"The model server answered with an error ({status}): {said}"


def _said(body: Any) -> str:
    """The message in an error body: OpenAI's {"error": {"message"}}, or FastAPI's {"detail"}."""
    if not isinstance(body, dict):
        return str(body)
    error = body.get("error", body.get("detail", body.get("message", "")))
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)
