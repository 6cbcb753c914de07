"""A model server against the engine in the process: `python -m tests.benchmarks.served [--count 16] [--tokens 60]`.

`transformers serve` with the bundled model, plain and with `--continuous-batching`, asked through this product's remote
adapter for 1, 4 and 16 texts at once; and the same prompts through the torch adapter in this process. JSON lines.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from foundation.inference import bundled, hardware
from foundation.inference.registry import EngineSpec, build
from foundation.inference.remote import RemoteGenerator
from foundation.inference.types import Generator, Request
from tests.benchmarks.generation import Clock, where
from tests.benchmarks.prompts import requests
from tests.benchmarks.worker import _data_dir
from tests.inference.conftest import free_port, start_server

PARALLEL = (1, 4, 16)


def run(count: int, tokens: int, ways: Sequence[str]) -> Iterator[dict[str, Any]]:
    prompts = requests(count, tokens)
    if "process" in ways:
        with closing(build(EngineSpec("torch", data_dir=_data_dir()))) as engine:
            yield measured("torch in the process", engine, prompts)
    for way, options in (("plain", ()), ("continuous", ("--continuous-batching",))):
        if way in ways:
            yield from served(f"transformers serve {' '.join(options)}".strip(), prompts, options)


def served(name: str, prompts: Sequence[Request], options: Sequence[str]) -> Iterator[dict[str, Any]]:
    folder, port = bundled.torch_folder(_data_dir()), free_port()
    server = start_server(folder, port, *options, threads=hardware.cpu().cores)
    try:
        for parallel in PARALLEL:
            engine = RemoteGenerator(f"http://127.0.0.1:{port}/v1", str(folder), parallel=parallel)
            with closing(engine):
                yield measured(name, engine, prompts) | {"parallel": parallel}
    finally:
        server.kill()
        server.wait()


def measured(name: str, engine: Generator, prompts: Sequence[Request]) -> dict[str, Any]:
    list(engine.generate(requests(1, max_tokens=2)))
    with Clock() as clock:
        found = list(engine.generate(prompts))
    errors = [one.error for one in found if one.error]
    if errors or len(found) != len(prompts):
        raise RuntimeError(f"{len(prompts) - len(found)} texts are missing; errors: {errors[:3]}")
    written = sum(one.tokens_out for one in found)
    return {
        "benchmark": "served",
        "path": name,
        "texts": len(found),
        "tokens": written,
        "seconds": round(clock.wall, 1),
        "tokens_per_second": round(written / clock.wall, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=16)
    parser.add_argument("--tokens", type=int, default=60)
    parser.add_argument("--ways", nargs="+", default=["process", "plain", "continuous"])
    args = parser.parse_args()
    for line in run(args.count, args.tokens, args.ways):
        print(json.dumps(line | where()), flush=True)


if __name__ == "__main__":
    main()
