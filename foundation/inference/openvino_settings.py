"""How OpenVINO is set up on this machine, and the small translations between its objects and ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foundation.inference.bundled import GGUF_FILE
from foundation.inference.hardware import Cpu, cpu
from foundation.inference.types import InferenceError, Request


@dataclass(frozen=True, slots=True)
class Settings:
    """Sizes of the continuous batch."""

    threads: int
    max_sequences: int = 64
    batched_tokens: int = 512
    """Prompt and new tokens of one step together: the length of a step, so also how fast `stop` works."""
    cache_gb: int = 1

    def properties(self) -> dict[str, str]:
        """The plugin's properties."""
        return {
            # One stream over all cores: a second stream would halve the batch and double the cache.
            "PERFORMANCE_HINT": "LATENCY",
            "NUM_STREAMS": "1",
            "INFERENCE_NUM_THREADS": str(self.threads),
            # Several workers share the cores (chat, interactive, bulk). Pinned, they would all sit on the same ones.
            "ENABLE_CPU_PINNING": "NO",
        }


def choose(chip: Cpu | None = None, threads: int | None = None) -> Settings:
    """Settings for a CPU (this one by default)."""
    chip = chip or cpu()
    return Settings(threads=threads or chip.cores)


def load_pipeline(folder: Path, settings: Settings) -> Any:
    """Build the continuous-batching pipeline of a model folder. Raises InferenceError with what to do."""
    try:
        import openvino_genai
    except ImportError as problem:
        raise InferenceError(
            "OpenVINO is not installed here. Set COPY_ENGINE=torch, or run: pip install openvino-genai==2026.4.1.0"
        ) from problem
    model = folder / GGUF_FILE if (folder / GGUF_FILE).is_file() else folder
    if model is folder and not (folder / "openvino_model.xml").is_file():
        raise InferenceError(
            f"{folder} holds no OpenVINO model (openvino_model.xml). Convert it with "
            "`optimum-cli export openvino`, or set COPY_ENGINE=torch."
        )
    config = openvino_genai.SchedulerConfig()
    config.cache_size = settings.cache_gb
    config.max_num_batched_tokens = settings.batched_tokens
    config.max_num_seqs = settings.max_sequences
    config.dynamic_split_fuse = True  # long prompts are cut up and mixed with running texts, which do not wait
    config.enable_prefix_caching = True  # the system prompt is the same for each product
    try:
        return openvino_genai.ContinuousBatchingPipeline(str(model), config, "CPU", settings.properties())
    except RuntimeError as problem:
        raise InferenceError(f"OpenVINO cannot load the model in {folder}: {problem}") from problem


def tensor(ids: Sequence[int]) -> Any:
    """Token ids as the [1, n] int64 tensor that the pipeline takes."""
    import numpy as np
    import openvino

    return openvino.Tensor(np.array([ids], dtype=np.int64))


def generation_config(request: Request, max_tokens: int, eos_ids: Iterable[int]) -> Any:
    """One request's decoding settings. The seed is the request's own, whatever else is in the batch."""
    import openvino_genai

    config = openvino_genai.GenerationConfig()
    config.max_new_tokens = max_tokens
    config.stop_token_ids = set(eos_ids)
    config.eos_token_id = min(config.stop_token_ids)
    config.repetition_penalty = request.repetition_penalty
    config.apply_chat_template = False
    if request.temperature > 0:
        config.do_sample = True
        config.temperature = request.temperature
        config.top_p = request.top_p
        config.rng_seed = request.seed & 0xFFFFFFFF
    return config


def state(handle: Any) -> tuple[bool, str | None]:
    """Whether a request has ended, and a plain sentence where it ended without a whole text."""
    import openvino_genai

    status, states = handle.get_status(), openvino_genai.GenerationStatus
    if status == states.RUNNING:
        return False, None
    if status == states.FINISHED:
        return True, None
    return True, "The text did not fit into the model's cache. Shorten the product's fields."


def new_ids(handle: Any) -> list[int]:
    """Ids written since the last call."""
    found: list[int] = []
    while handle.can_read():
        for output in handle.read().values():
            found.extend(output.generated_ids)
    return found
