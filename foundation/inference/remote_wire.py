"""What goes over the wire to an OpenAI-compatible server, and what comes back, in our own terms."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foundation.inference.chat import neutralised
from foundation.inference.types import Completion, InferenceError, Request

if TYPE_CHECKING:
    import httpx

LONGEST_LINE, LONGEST_REFUSAL = 4_194_304, 65_536
"""Bytes of one event (or of a whole plain answer), and of what is read of a refusal."""
CHARACTERS_A_TOKEN = 64
"""More than any tokenizer's longest token of text."""
REFUSAL_SECONDS = 30.0
SILENT_EVENTS = 1_000
"""Events without a text (of a role, of what a model thinks, of the usage) beside as many as there may be characters."""
MOST_TOKENS = 10_000_000
"""A count above it is none."""
OPTIONAL = frozenset({"repetition_penalty", "stream_options", "seed"})
"""Fields that not every server takes; one that refuses a field by name is asked without it."""


NO_COMPLETION = "The model server's answer is no chat completion. Check COPY_URL (it ends in /v1)."


class Unreadable(InferenceError):
    """The server's answer is no chat completion."""


@dataclass
class Answer:
    """A chat completion as its events arrive, no longer than `most` characters, nor many more events."""

    most: int
    events: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    finish: str | None = None
    tokens_in: int = 0
    tokens_out: int = 0

    @classmethod
    def to(cls, request: Request) -> Answer:
        """An answer that ends where a server writes on and on, whatever it was asked."""
        return cls(CHARACTERS_A_TOKEN * request.max_tokens)

    @property
    def is_full(self) -> bool:
        return self.length >= self.most

    def take(self, event: dict[str, Any]) -> str:
        """Add one event (or a whole completion); returns the text in it. Raises InferenceError, Unreadable."""
        if "error" in event:
            raise InferenceError(f"The model server broke off: {said(event)}")
        self.events += 1
        if self.events > self.most + SILENT_EVENTS:
            raise Unreadable(NO_COMPLETION)
        usage = found if isinstance(found := event.get("usage"), dict) else {}
        self.tokens_in = _count(usage.get("prompt_tokens")) or self.tokens_in
        self.tokens_out = _count(usage.get("completion_tokens")) or self.tokens_out
        choices = event.get("choices")
        if not isinstance(choices, list) or not all(isinstance(one, dict) for one in choices):
            raise Unreadable(NO_COMPLETION)
        if not choices:
            return ""  # the last event of some servers holds the usage only
        self.finish = choices[0].get("finish_reason") or self.finish
        message = choices[0].get("delta") or choices[0].get("message") or {}
        piece = message.get("content") if isinstance(message, dict) else None
        if not isinstance(piece, str) or not piece:
            return ""
        piece = piece[: self.most - self.length]
        self.pieces.append(piece)
        self.length += len(piece)
        if self.is_full:
            self.finish = "length"
        return piece

    def completion(self, key: str) -> Completion:
        """The whole text. Raises Unreadable where the answer ended before the text did."""
        if self.finish is None:
            raise Unreadable(NO_COMPLETION)
        # A server that counts nothing sends about one token an event.
        count = self.tokens_out or len(self.pieces)
        return Completion(
            key, "".join(self.pieces), self.tokens_in, count, "length" if self.finish == "length" else "stop"
        )


def _count(told: Any) -> int:
    """Tokens as the server counts them; 0 for what is no such number."""
    return told if type(told) is int and 0 < told <= MOST_TOKENS else 0


def body(request: Request, model: str, without: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON of a request, always streamed: a server drops a stream's text as soon as its reader leaves."""
    made: dict[str, Any] = {
        "model": model,
        "messages": neutralised(request.messages),
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "top_p": request.top_p,
        "seed": request.seed,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if request.repetition_penalty != 1:
        made["repetition_penalty"] = request.repetition_penalty  # not OpenAI's, but vLLM's and SGLang's
    return {name: value for name, value in made.items() if name not in without}


def events(response: httpx.Response, silence: float) -> Iterator[dict[str, Any]]:
    """The JSON objects of a server-sent event stream, or the one of a plain answer.

    Raises Unreadable, and httpx.ReadTimeout after `silence` seconds without an event: bytes alone (comments that keep
    a connection open) are no sign of a text.
    """
    if "json" in response.headers.get("content-type", ""):
        yield _parsed(beginning(response, LONGEST_LINE, silence))
        return
    for line in _lines(response, silence):
        data = line.removeprefix("data:").strip() if line.startswith("data:") else ""
        if data and data != "[DONE]":
            yield _parsed(data)


def _lines(response: httpx.Response, silence: float) -> Iterator[str]:
    """Raises as `events` does; no line grows beyond `LONGEST_LINE`."""
    import httpx

    rest, event_at = b"", time.monotonic()
    for chunk in response.iter_bytes():
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.decode("utf-8", errors="replace").rstrip("\r")
            if line.startswith(b"data:"):
                event_at = time.monotonic()
        if len(rest) > LONGEST_LINE:
            raise Unreadable(NO_COMPLETION)
        if time.monotonic() - event_at > silence:
            raise httpx.ReadTimeout(f"no event for {silence:.0f} seconds", request=response.request)
    if rest:
        yield rest.decode("utf-8", errors="replace")


def beginning(response: httpx.Response, most: int = LONGEST_REFUSAL, seconds: float = REFUSAL_SECONDS) -> str:
    """At most so many bytes of the body, as text. Raises httpx.ReadTimeout where they take longer."""
    import httpx

    found, begun = bytearray(), time.monotonic()
    for chunk in response.iter_bytes():
        found += chunk
        if len(found) >= most:
            break
        if time.monotonic() - begun > seconds:
            raise httpx.ReadTimeout(f"an answer that takes over {seconds:.0f} seconds", request=response.request)
    return bytes(found[:most]).decode("utf-8", errors="replace")


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Unreadable(NO_COMPLETION)
    return found


def refusal(status: int, text: str) -> str:
    """What a server's error means, in a plain sentence."""
    if status in (401, 403):
        return "The model server refused the key. Check COPY_API_KEY."
    try:
        words = said(json.loads(text))
    except ValueError:
        words = text
    words = " ".join(words.split())[:300]
    if status == 404:
        return f"The model server does not know this model or address. Check COPY_MODEL and COPY_URL. It said: {words}"
    if status == 429:
        return "The model server is too busy."
    return f"The model server answered with an error ({status}){f': {words}' if words else '.'}"


def said(found: Any) -> str:
    """The message in an error body: OpenAI's {"error": {"message"}}, or FastAPI's {"detail"}."""
    if not isinstance(found, dict):
        return str(found)
    error = found.get("error", found.get("detail", found.get("message", "")))
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)
