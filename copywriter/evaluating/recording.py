"""An engine that remembers. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from foundation.inference.types import Completion, Generator, Request, Stop, never


class Recorder:
    """Passes everything through to an engine, and remembers what was asked and what it wrote for which sample."""

    def __init__(self, engine: Generator) -> None:
        self.engine, self.name = engine, engine.name
        self.asked: list[Request] = []
        self.wrote: dict[int, list[Completion]] = defaultdict(list)

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        for completion in self.engine.generate(self._noted(requests), stop):
            self.wrote[int(completion.key.partition("/")[0])].append(completion)
            yield completion

    def _noted(self, requests: Iterable[Request]) -> Iterator[Request]:
        for request in requests:
            self.asked.append(request)
            yield request

    def stream(self, request: Request, stop: Stop = never) -> Iterator[str]:
        return self.engine.stream(request, stop)

    def close(self) -> None:
        self.engine.close()
