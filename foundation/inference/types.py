"""What every engine takes and gives: requests, completions, and the three protocols that apps program against."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np

Role = Literal["system", "user", "assistant"]
Finish = Literal["stop", "length", "error"]
Stop = Callable[[], bool]
"""Polled between decoding steps; once it answers True the caller wants nothing more."""


def never() -> bool:
    """The `Stop` of a caller who always wants everything."""
    return False


class InferenceError(Exception):
    """An engine cannot be built or used at all. The message is a plain sentence that says what to do.

    What is wrong with a single request is never raised: it is a `Completion` with `error`.
    """


class EngineAway(InferenceError):
    """The engine cannot be reached just now; no request and no setting is to blame, and later it may answer."""


class EngineFailing(InferenceError):
    """The engine is there, but answered nothing that was asked of it. Nobody can tell whether that passes."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation. `content` is untrusted text: an adapter never reads control tokens out of it."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One text to write.

    `key` is the caller's name for it, unique within one `generate()` call. `temperature` 0 is greedy decoding;
    `seed` matters above 0 only. `repetition_penalty` 1 is none (Keskar et al., 2019, CTRL: logits of tokens already
    seen in the prompt or the text are divided by it). `begun` are words that the answer begins with: a local engine
    goes on from there, and the text holds them; a server has no one way to be told so and writes an answer of its own.
    """

    key: str
    messages: tuple[Message, ...]
    max_tokens: int = 128
    temperature: float = 0.0
    top_p: float = 1.0
    repetition_penalty: float = 1.0
    seed: int = 0
    begun: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """What became of one request: a text, or the reason why there is none.

    `finish` is `stop` (the model ended it), `length` (max_tokens was reached) or `error` (then `error` is a plain
    sentence and `text` is empty). Tokens are counted by the model's own tokenizer.
    """

    key: str
    text: str
    tokens_in: int
    tokens_out: int
    finish: Finish
    error: str | None = None


def failed(key: str, error: str, tokens_in: int = 0) -> Completion:
    """A completion without a text."""
    return Completion(key=key, text="", tokens_in=tokens_in, tokens_out=0, finish="error", error=error)


@runtime_checkable
class Generator(Protocol):
    """Writes texts. Safe to call from several threads at once."""

    name: str

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        """Yield one completion for each request, in any order, as each is ready.

        `requests` is read lazily, from the calling thread. After `stop()` answers True nothing more is yielded and
        the work in flight is dropped within one decoding step. A request that cannot be served is yielded with
        `error`. Raises `InferenceError` only where the engine as a whole cannot work.
        """
        ...

    def stream(self, request: Request, stop: Stop = never) -> Iterator[str]:
        """Yield the text of one request in pieces. Raises `InferenceError` where `generate` would give `error`."""
        ...

    def close(self) -> None:
        """Release the model and its threads. Calling it twice is fine; the generator is of no use afterwards."""
        ...


@runtime_checkable
class Embedder(Protocol):
    """Turns texts into vectors."""

    name: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        """[n, dimensions], float32, rows L2-normalised."""
        ...


@runtime_checkable
class Classifier(Protocol):
    """Turns texts into probabilities of labels."""

    name: str
    labels: tuple[str, ...]

    def classify(self, texts: Sequence[str]) -> np.ndarray:
        """[n, len(labels)], float32, rows sum to 1."""
        ...
