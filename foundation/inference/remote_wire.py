"""What goes over the wire to an OpenAI-compatible server, and what comes back, in our own terms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foundation.inference.chat import neutralised
from foundation.inference.types import Completion, InferenceError, Request

if TYPE_CHECKING:
    import httpx

OPTIONAL = frozenset({"repetition_penalty", "stream_options", "seed"})
"""Fields that not every server takes; one that refuses a field by name is asked without it."""


class Unreadable(InferenceError):
    """The server's answer is no chat completion."""


@dataclass
class Answer:
    """A chat completion as its events arrive."""

    pieces: list[str] = field(default_factory=list)
    finish: str | None = None
    tokens_in: int = 0
    tokens_out: int = 0

    def take(self, event: dict[str, Any]) -> str:
        """Add one event (or a whole completion); returns the text in it. Raises InferenceError, Unreadable."""
        if "error" in event:
            raise InferenceError(f"The model server broke off: {said(event)}")
        usage = event.get("usage") or {}
        self.tokens_in = usage.get("prompt_tokens") or self.tokens_in
        self.tokens_out = usage.get("completion_tokens") or self.tokens_out
        choices = event.get("choices")
        if not isinstance(choices, list):
            raise Unreadable("The model server's answer is no chat completion. Check COPY_URL (it ends in /v1).")
        if not choices:
            return ""  # the last event of some servers holds the usage only
        self.finish = choices[0].get("finish_reason") or self.finish
        piece = (choices[0].get("delta") or choices[0].get("message") or {}).get("content") or ""
        if piece:
            self.pieces.append(piece)
        return piece

    def completion(self, key: str) -> Completion:
        """The whole text. Raises Unreadable where the answer ended before the text did."""
        if self.finish is None:
            raise Unreadable("The model server's answer is no chat completion. Check COPY_URL (it ends in /v1).")
        # A server that counts nothing sends about one token an event.
        count = self.tokens_out or len(self.pieces)
        return Completion(
            key, "".join(self.pieces), self.tokens_in, count, "length" if self.finish == "length" else "stop"
        )


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


def events(response: httpx.Response) -> Iterator[dict[str, Any]]:
    """The JSON objects of a server-sent event stream, or the one of a plain answer. Raises Unreadable."""
    if "json" in response.headers.get("content-type", ""):
        response.read()
        yield _parsed(response.text)
        return
    for line in response.iter_lines():
        data = line.removeprefix("data:").strip() if line.startswith("data:") else ""
        if data and data != "[DONE]":
            yield _parsed(data)


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Unreadable("The model server's answer is no chat completion. Check COPY_URL (it ends in /v1).")
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
    return f"The model server answered with an error ({status}): {words}"


def said(found: Any) -> str:
    """The message in an error body: OpenAI's {"error": {"message"}}, or FastAPI's {"detail"}."""
    if not isinstance(found, dict):
        return str(found)
    error = found.get("error", found.get("detail", found.get("message", "")))
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)
