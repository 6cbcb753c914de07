"""What the evidence check costs: `python -m tests.benchmarks.checking [--products 20]`, a JSON line.

The bundled engine describes products in chunks, as the job does; each call of the check, and each judgement of a
candidate (the check and how it reads), is timed in the thread that makes it. Shares of processor time are of the whole
process, so that other programs' work is not in them; shares of the wall clock hold waiting on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import Any

from copywriter.kinds import Parts
from copywriter.writing import describing, writer
from copywriter.writing.parts import FORMS
from copywriter.writing.rounds import finished
from foundation.evidence import Fact
from foundation.inference.registry import EngineSpec, build
from tests.benchmarks.generation import Clock, where
from tests.benchmarks.prompts import COLOURS, KINDS
from tests.benchmarks.worker import ADAPTER, _data_dir

WARM_UP = 2
CHUNK = 8
"""Products at once, as the job has them (its module is Django's, which is not set up here)."""


class Timed:
    """A function that adds up how long it ran."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.calls, self.wall, self.cpu = 0, 0.0, 0.0

    def __call__(self, *args: Any) -> Any:
        wall, cpu = time.perf_counter(), time.thread_time()
        try:
            return self._function(*args)
        finally:
            self.calls += 1
            self.wall += time.perf_counter() - wall
            self.cpu += time.thread_time() - cpu


def facts(number: int) -> tuple[Fact, ...]:
    """Of one product, with as many fields as a well-kept shop has."""
    title, category, vendor, material, size, about = KINDS[number % len(KINDS)]
    colour = COLOURS[number // len(KINDS) % len(COLOURS)]
    return (
        Fact("title", "Product", f"{vendor} {title} {colour.title()}"),
        Fact("description", "Description", f"{about}."),
        Fact("vendor", "Brand", vendor),
        Fact("type", "Type", category),
        Fact("attribute:Material", "Material", material),
        Fact("attribute:Size", "Size", size),
        Fact("attribute:Color", "Color", colour),
        Fact("attribute:Made for", "Made for", "everyday"),
    )


def hooked() -> tuple[Timed, Timed]:
    """The check as the writer makes it, rules and campaigns with it; and what a candidate is worth."""
    describing.judged = check = Timed(describing.judged)  # type: ignore[assignment]
    form = FORMS[Parts.SENTENCES]
    candidate = Timed(form.read)
    FORMS[Parts.SENTENCES] = replace(form, read=candidate)
    return check, candidate


def measure(products: int) -> dict[str, Any]:
    check, candidate = hooked()
    with closing(build(EngineSpec("openvino", data_dir=_data_dir(), adapter=ADAPTER))) as engine:
        dict(finished(engine, {str(n): writer.begin(facts(n)) for n in range(WARM_UP)}))
        check.calls, check.wall, check.cpu, candidate.wall, candidate.cpu = 0, 0.0, 0.0, 0.0, 0.0
        tokens = 0
        with Clock() as clock:
            for first in range(0, products, CHUNK):
                begun = {str(n): writer.begin(facts(n), seed=n) for n in range(first, min(first + CHUNK, products))}
                tokens += sum(work.sofar.tokens for _key, work in finished(engine, begun))
    return {
        "benchmark": "checking",
        "products": products,
        "tokens": tokens,
        "seconds": round(clock.wall, 1),
        "tokens_per_second": round(tokens / clock.wall, 1),
        "checks": check.calls,
        "milliseconds_a_check": round(1000 * check.cpu / check.calls, 2),
        "check_share_of_cpu": round(check.cpu / clock.cpu, 4),
        "check_share_of_wall": round(check.wall / clock.wall, 4),
        "judging_share_of_cpu": round(candidate.cpu / clock.cpu, 4),
        "judging_share_of_wall": round(candidate.wall / clock.wall, 4),
        **where(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=20)
    args = parser.parse_args()
    print(json.dumps(measure(args.products)))


if __name__ == "__main__":
    main()
