"""Writing speed: `python -m tests.benchmarks.generation [--count 64] [--tokens 120]`, JSON lines on standard output.

`tutorial` is transformers as a tutorial shows it: fp32, one product at a time, five beams. `torch_bare` and
`openvino_bare` are scripts that hand all prompts to the engine's own interface in one batch; `torch` and `openvino`
are this product's adapters with the same prompts. Each line has tokens per second and its ratio to `tutorial`.
`tokens_per_cpu_second` tells a busy machine from a slow engine: other programs' work is not in it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foundation.inference import bundled, hardware, openvino_settings
from foundation.inference.chat import ChatTokenizer
from foundation.inference.registry import EngineSpec, build
from foundation.inference.types import Request
from tests.benchmarks.prompts import requests

ROOT = Path(__file__).resolve().parents[2]
PATHS = ("tutorial", "torch_bare", "torch", "openvino_bare", "openvino")
BEAMS = 5
TUTORIAL_COUNT = 3  # products: it takes minutes, and each takes the same


@dataclass(frozen=True, slots=True)
class Measured:
    """One timed run, loading the model not counted."""

    texts: int
    tokens: int
    """New tokens written, end-of-text tokens among them."""
    seconds: float
    cpu_seconds: float

    @property
    def tokens_per_second(self) -> float:
        return self.tokens / self.seconds


class Clock:
    """Wall and CPU time of a block."""

    def __enter__(self) -> Clock:
        self.wall, self.cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *problem: object) -> None:
        self.wall, self.cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu


def tutorial(prompts: Sequence[Request], folder: Path) -> Measured:
    """transformers with its defaults: fp32, one prompt at a time, five beams."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    tokens = 0
    with Clock() as clock:
        for prompt in prompts:
            ids = torch.tensor([_ids(prompt, folder)])
            out = model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=prompt.max_tokens,
                num_beams=BEAMS,
                do_sample=False,
                pad_token_id=tokenizer.pad_token_id,
            )
            tokens += out.shape[1] - ids.shape[1]
    return Measured(len(prompts), tokens, clock.wall, clock.cpu)


def bare(prompts: Sequence[Request], engine: str, data_dir: Path | None = None) -> Measured:
    """The same prompts handed to an engine's own interface in one batch: `openvino` or `torch`, greedy."""
    made = {"openvino": _bare_openvino, "torch": _bare_torch}[engine]
    return made(prompts, data_dir or _data_dir())


def adapter(prompts: Sequence[Request], engine: str, data_dir: Path | None = None) -> Measured:
    """The same prompts through this product's adapter, in this process."""
    with closing(build(EngineSpec(engine, data_dir=data_dir or _data_dir()))) as generator:
        _warm_up(generator)
        with Clock() as clock:
            found = list(generator.generate(prompts))
    errors = [one.error for one in found if one.error]
    if errors or len(found) != len(prompts):
        raise RuntimeError(f"{len(prompts) - len(found)} texts are missing; errors: {errors[:3]}")
    return Measured(len(found), sum(one.tokens_out for one in found), clock.wall, clock.cpu)


def _warm_up(generator: Any) -> None:
    list(generator.generate(requests(1, max_tokens=2)))


def _bare_openvino(prompts: Sequence[Request], data_dir: Path) -> Measured:
    import openvino_genai

    folder = bundled.openvino_folder(data_dir)
    settings = openvino_settings.choose()
    model = folder / bundled.GGUF_FILE
    scheduler = openvino_genai.SchedulerConfig()
    scheduler.cache_size, scheduler.max_num_seqs = settings.cache_gb, settings.max_sequences
    scheduler.max_num_batched_tokens, scheduler.enable_prefix_caching = settings.batched_tokens, True
    pipeline = openvino_genai.LLMPipeline(str(model), "CPU", scheduler_config=scheduler, **settings.properties())
    config = openvino_genai.GenerationConfig()
    config.max_new_tokens, config.eos_token_id, config.apply_chat_template = prompts[0].max_tokens, 2, False
    tokenizer = ChatTokenizer.from_folder(folder)
    texts = [tokenizer.tokenizer.decode(tokenizer.encode(p.messages), skip_special_tokens=False) for p in prompts]
    warm = openvino_genai.GenerationConfig()
    warm.max_new_tokens, warm.eos_token_id, warm.apply_chat_template = 2, 2, False
    pipeline.generate(texts[:1], warm)
    with Clock() as clock:
        out = pipeline.generate(texts, config)
    return Measured(len(prompts), out.perf_metrics.get_num_generated_tokens(), clock.wall, clock.cpu)


def _bare_torch(prompts: Sequence[Request], data_dir: Path) -> Measured:
    """`model.generate()` on one left-padded batch in the dtype that the adapter takes on this machine."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder = bundled.torch_folder(data_dir)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    fast = device == "cuda" or hardware.cpu().fast_bf16
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.bfloat16 if fast else torch.float32).to(device)
    batch = tokenizer.pad({"input_ids": [_ids(p, folder) for p in prompts]}, return_tensors="pt").to(device)
    with torch.inference_mode():
        model.generate(input_ids=batch["input_ids"][:1], attention_mask=batch["attention_mask"][:1], max_new_tokens=2)
        with Clock() as clock:
            out = model.generate(**batch, max_new_tokens=prompts[0].max_tokens, do_sample=False)
    new = out[:, batch["input_ids"].shape[1] :]
    ends = (new == tokenizer.eos_token_id).int()
    lengths = torch.where(ends.any(1), ends.argmax(1) + 1, new.shape[1])  # what follows a text's end is padding
    return Measured(len(prompts), int(lengths.sum()), clock.wall, clock.cpu)


def run(
    count: int = 64, tokens: int = 120, paths: Sequence[str] = PATHS, tutorial_count: int = TUTORIAL_COUNT
) -> Iterator[dict[str, Any]]:
    """One line for each path, as it is measured; each in a process of its own, so that no engine slows the next."""
    slow = None
    for path in paths:
        many = tutorial_count if path == "tutorial" else count
        command = [sys.executable, "-m", "tests.benchmarks.generation", "--one", path]
        command += ["--count", str(many), "--tokens", str(tokens)]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        line = json.loads(done.stdout.splitlines()[-1])
        slow = line["tokens_per_second"] if path == "tutorial" else slow
        yield line | ({"times_tutorial": round(line["tokens_per_second"] / slow, 1)} if slow else {})


def measure(path: str, count: int, tokens: int) -> dict[str, Any]:
    """Measure one path in this process."""
    if path != "tutorial":  # which knows nothing of it: its threads spin, fast on an idle machine, absurd on a busy one
        hardware.calm_threads()
    from transformers.utils import logging

    logging.disable_progress_bar()
    prompts = requests(count, tokens)
    if path == "tutorial":
        found = tutorial(prompts, bundled.torch_folder(_data_dir()))
    elif path.endswith("_bare"):
        found = bare(prompts, path.removesuffix("_bare"))
    else:
        found = adapter(prompts, path)
    return {
        "benchmark": "generation",
        "path": path,
        "texts": found.texts,
        "tokens": found.tokens,
        "seconds": round(found.seconds, 2),
        "tokens_per_second": round(found.tokens_per_second, 1),
        "tokens_per_cpu_second": round(found.tokens / found.cpu_seconds, 1),
        **where(),
    }


def where() -> dict[str, Any]:
    """The machine, the model and the commit that a figure belongs to."""
    chip = hardware.cpu()
    return {
        "device": _gpu() or chip.model,
        "cores": chip.cores,
        "features": list(chip.features),
        "model": bundled.NAME,
        "commit": _commit(),
    }


def _gpu() -> str | None:
    if not hardware.has_cuda():
        return None
    import torch

    return torch.cuda.get_device_name() if torch.cuda.is_available() else None


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return found.stdout.strip() or "no repository"


def _data_dir() -> Path:
    return Path(os.environ.get("ECOM_DATA_DIR") or ROOT / "var")


def _ids(request: Request, folder: Path) -> list[int]:
    return _tokenizer(folder).encode(request.messages)


def _tokenizer(folder: Path, known: dict[Path, ChatTokenizer] = {}) -> ChatTokenizer:  # noqa: B006 - a cache
    if folder not in known:
        known[folder] = ChatTokenizer.from_folder(folder)
    return known[folder]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=64)
    parser.add_argument("--tokens", type=int, default=120)
    parser.add_argument("--paths", nargs="+", choices=PATHS, default=list(PATHS))
    parser.add_argument("--tutorial-count", type=int, default=TUTORIAL_COUNT)
    parser.add_argument("--one", choices=PATHS, help="measure one path in this process")
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.one, args.count, args.tokens)))
        return
    for line in run(args.count, args.tokens, args.paths, args.tutorial_count):
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
