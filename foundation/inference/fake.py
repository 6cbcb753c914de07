"""FAKE engine for tests of everything around a model: no model runs, the text is put together from the prompt's facts.

Settings refuse it in production unless ECOM_ALLOW_FAKE=1. It never stands in for a model in the running product.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator

from foundation.inference.chat import neutralised
from foundation.inference.prompts import unusable
from foundation.inference.types import Completion, InferenceError, Request, Stop, failed, never

CRASH = "FAKE-CRASH"  # a prompt that holds it kills the process as the kernel's out-of-memory killer would
RAISE = "FAKE-RAISE"  # … makes generate() itself raise
ERROR = "FAKE-ERROR"  # … is answered with an error completion
DELAY_VARIABLE = "ECOM_FAKE_DELAY"  # seconds that each text takes
CONTEXT = 4096
FACT = re.compile(r"^(?!Write:)[\s*-]*([A-Za-z][A-Za-z ]{1,40}):[ \t]*(\S.*)$")


class FakeGenerator:
    """Deterministic: equal requests give equal texts. Words stand in for tokens."""

    name = "fake"

    def __init__(self, delay: float | None = None) -> None:
        """`delay` is the seconds that each text takes (environment ECOM_FAKE_DELAY, else none)."""
        self._delay = float(os.environ.get(DELAY_VARIABLE, "0")) if delay is None else delay

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        """See the protocol."""
        for request in requests:
            if stop():
                return
            yield self._complete(request)

    def stream(self, request: Request, stop: Stop = never) -> Iterator[str]:
        """See the protocol: word by word."""
        completion = self._complete(request)
        if completion.error:
            raise InferenceError(completion.error)
        for piece in re.findall(r"\s*\S+", completion.text):
            if stop():
                return
            yield piece

    def close(self) -> None:
        """Nothing is held."""

    def _complete(self, request: Request) -> Completion:
        if error := unusable(request):
            return failed(request.key, error)
        prompt = "\n".join(message["content"] for message in neutralised(request.messages))
        tokens_in = len(prompt.split())
        if CRASH in prompt:
            os._exit(137)
        if RAISE in prompt:
            raise InferenceError(f"The fake engine was told to raise by {RAISE} in the prompt.")
        if ERROR in prompt:
            return failed(request.key, f"The fake engine was told to fail by {ERROR} in the prompt.", tokens_in)
        if tokens_in >= CONTEXT:
            return failed(request.key, f"The text given to the fake engine is too long: {tokens_in} words.", tokens_in)
        time.sleep(self._delay)
        words = _text(request).split()
        kept = words[: request.max_tokens]
        ended = len(kept) == len(words)
        return Completion(request.key, " ".join(kept), tokens_in, len(kept), "stop" if ended else "length")


def _text(request: Request) -> str:
    """The facts of the last user message, each a sentence that holds its value as it was; sampling turns the order."""
    said = [m["content"] for m in neutralised(request.messages) if m["role"] == "user"]
    lines = said[-1].splitlines() if said else []
    facts = [(m[1].strip(), m[2].strip()) for line in lines if (m := FACT.match(line))]
    if request.temperature > 0 and facts:
        turn = request.seed % len(facts)
        facts = facts[turn:] + facts[:turn]
    sentences = [f"{label}: {value.rstrip('.')}." for label, value in facts]
    return " ".join(sentences) or "Nothing is known."
