"""A generator whose texts a test writes: it answers each request by the last message that it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from foundation.inference.types import Completion, Request, Stop, never

Answer = Callable[[str, Request], str]


class ScriptedGenerator:
    name = "scripted"

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[Request] = []

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        for request in requests:
            if stop():
                return
            self.asked.append(request)
            text = self.answer(request.messages[-1].content, request)
            yield Completion(request.key, text, 10, len(text.split()), "stop")

    def stream(self, request: Request, stop: Stop = never) -> Iterator[str]:
        yield self.answer(request.messages[-1].content, request)

    def close(self) -> None:
        pass


def truthful(facts: str, _request: Request) -> str:
    """A sentence that uses the facts as a good model would; the last line is what is asked for."""
    pairs = dict(line.split(": ", 1) for line in facts.splitlines()[:-1])
    name = pairs.pop("Product", "")
    told = " and ".join(f"a {label.lower()} of {value}" for label, value in pairs.items())
    return f"The {name} has {told}." if name else f"It has {told}."
