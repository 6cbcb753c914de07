"""Many texts at once with one engine: each round asks for the next sentence of every text that is not done. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from copywriter.writing import writer
from copywriter.writing.answers import readable
from copywriter.writing.writer import Work
from foundation.inference.types import Completion, Generator, Request, Stop, never


@dataclass(slots=True)
class _Asked:
    """A work's requests that are under way, and what is there of their answers."""

    requests: tuple[Request, ...]
    answers: list[Completion] = field(default_factory=list)


def finished(engine: Generator, begun: Mapping[str, Work], stop: Stop = never) -> Iterator[tuple[str, Work]]:
    """Each work by its key as soon as it has nothing more to ask; after `stop()` no more. Raises `InferenceError`."""
    works = dict(begun)
    while works and not stop():
        asked = {key: _Asked(writer.requests(work)) for key, work in works.items()}
        for key in [key for key, one in asked.items() if not one.requests]:
            yield key, works.pop(key)
        sent = [replace(r, key=f"{key}/{r.key}") for key, one in asked.items() for r in one.requests]
        for completion in engine.generate(sent, stop) if sent else ():
            key, _slash, own = completion.key.partition("/")
            request = next(one for one in asked[key].requests if one.key == own)
            asked[key].answers.append(readable(replace(completion, key=own), request))
            if len(asked[key].answers) == len(asked[key].requests):  # checked while the engine writes those of others
                works[key] = writer.taken(works[key], asked[key].answers)
                if not writer.requests(works[key]):  # kept now: the engine may not come to the end of the round
                    yield key, works.pop(key)
        if any(len(one.answers) < len(one.requests) for one in asked.values()):
            return  # told to stop
