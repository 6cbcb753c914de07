"""How alike the two local engines write: `python -m tests.benchmarks.engines_agree [--count 20]`, one JSON line.

Greedy, same prompts. The engines hold the same weights at different precision (8-bit blocks against fp32), so a text
may turn at a near tie; `same_beginning` is the mean share of tokens up to the first difference, `first_token` the
share of texts whose first token is the same.
"""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from typing import Any

from foundation.inference import bundled
from foundation.inference.chat import ChatTokenizer
from foundation.inference.registry import EngineSpec, build
from tests.benchmarks.generation import _data_dir, where
from tests.benchmarks.prompts import requests

ENGINES = ("openvino", "torch")


def compare(count: int, tokens: int) -> dict[str, Any]:
    """Write with both engines and count what is equal."""
    texts: dict[str, dict[str, str]] = {}
    for engine in ENGINES:
        with closing(build(EngineSpec(engine, data_dir=_data_dir()))) as generator:
            texts[engine] = {one.key: one.text for one in generator.generate(requests(count, tokens))}
    tokenizer = ChatTokenizer.from_folder(bundled.openvino_folder(_data_dir())).tokenizer
    pairs = [
        (tokenizer.encode(texts["openvino"][key]).ids, tokenizer.encode(text).ids)
        for key, text in texts["torch"].items()
    ]
    shares = [_same(left, right) / max(len(left), len(right), 1) for left, right in pairs]
    return {
        "benchmark": "engines_agree",
        "texts": count,
        "identical": sum(share == 1 for share in shares),
        "same_beginning": round(sum(shares) / len(shares), 3),
        "first_token": round(sum(left[:1] == right[:1] for left, right in pairs) / len(pairs), 3),
        **where(),
    }


def _same(left: list[int], right: list[int]) -> int:
    return next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--tokens", type=int, default=60)
    args = parser.parse_args()
    print(json.dumps(compare(args.count, args.tokens)))


if __name__ == "__main__":
    main()
