"""An engine that remembers. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from foundation.inference.types import Completion, Generator, Request, Stop, never

Said = tuple[Request, Completion]


class Recorder:
    """Passes everything through to an engine, and remembers what was asked and what it wrote, by the sample: that is
    what stands before the slash in a request's key."""

    def __init__(self, engine: Generator) -> None:
        self.engine, self.name = engine, engine.name
        self.asked: list[Request] = []
        self.said: dict[str, list[Said]] = defaultdict(list)

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        asked = {request.key: request for request in requests}
        self.asked += asked.values()
        for completion in self.engine.generate(asked.values(), stop):
            self.said[completion.key.partition("/")[0]].append((asked[completion.key], completion))
            yield completion

    def stream(self, request: Request, stop: Stop = never) -> Iterator[str]:
        return self.engine.stream(request, stop)

    def close(self) -> None:
        self.engine.close()
