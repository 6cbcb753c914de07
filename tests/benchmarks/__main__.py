"""`make bench`: every benchmark in one run, a table on the screen, JSON lines in a file.

Ratios are of one run on one machine; compare those, not seconds of different machines.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks import catalog, classifying, generation, reviewing, worker

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("describe", "generation", "catalog", "review", "sentiment")
QUIET = {"benchmark", "device", "cores", "features", "model", "commit"}


def lines(parts: list[str], products: int, rows: int, drafts: int) -> Iterator[dict[str, Any]]:
    if "describe" in parts:
        yield from worker.run(products)
    if "generation" in parts:
        yield from generation.run()
    if "catalog" in parts:
        yield from catalog.run(rows)
    if "review" in parts:
        yield from reviewing.run(drafts)
    if "sentiment" in parts:
        yield from classifying.run()


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--products", type=int, default=96, help="products of the description job")
    parser.add_argument("--rows", type=int, default=200_000, help="rows of the import")
    parser.add_argument("--drafts", type=int, default=50_000, help="drafts that wait in the review")
    parser.add_argument("--out", type=Path, help="where the JSON lines go")
    args = parser.parse_args()
    out = args.out or ROOT / "var" / "bench" / time.strftime("%Y%m%d-%H%M%S.jsonl")
    out.parent.mkdir(parents=True, exist_ok=True)
    where = generation.where()
    print(", ".join([where["device"], f"{where['cores']} cores", *where["features"], where["model"], where["commit"]]))
    with out.open("w", encoding="utf-8") as target:
        for line in lines(args.parts, args.products, args.rows, args.drafts):
            target.write(json.dumps({**where, **line}) + "\n")
            target.flush()
            shown = "  ".join(f"{name} {value}" for name, value in line.items() if name not in QUIET | {"path"})
            print(f"{line.get('benchmark', ''):<12}{line.get('path', ''):<16}{shown}", flush=True)
    print(out)


if __name__ == "__main__":
    main()
