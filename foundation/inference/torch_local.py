"""The GPU's engine and the reference: transformers + torch, batches sorted by length and packed to fit memory."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from foundation.inference import hardware
from foundation.inference.chat import ChatTokenizer, TextPieces
from foundation.inference.prompts import pack, too_long, unusable
from foundation.inference.torch_decode import Row, decode
from foundation.inference.types import Completion, InferenceError, Request, Stop, failed, never

log = logging.getLogger(__name__)
CPU_TOKENS = 24_576  # of one batch: about 64 product texts, 1.1 GB of cache for the bundled model in fp32
CPU_ROWS, GPU_ROWS = 64, 256
WINDOW = 4  # batches' worth of requests taken ahead, to have lengths to sort
MEMORY_SHARE = 0.7  # of the GPU's free memory; the rest is for activations and fragmentation


class TorchGenerator:
    """Any causal chat model that transformers loads. See `foundation.inference.types.Generator` for the contract."""

    def __init__(
        self, model: str, *, tokens_per_batch: int | None = None, threads: int | None = None, dtype: str | None = None
    ) -> None:
        """`model` is a folder or a name on the hub; `dtype` a torch dtype's name (else what the chip is fast in).

        Raises InferenceError where it cannot be loaded.
        """
        hardware.calm_threads()
        import torch

        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        if self.device.type == "cpu":
            torch.set_num_threads(threads or hardware.usable_cores())
        self.dtype = getattr(torch, dtype) if dtype else _dtype(self.device)
        path = Path(model)
        self.name = f"torch:{path.parent.name if path.name == 'torch' else model}"
        self._model, self._tokenizer = _load(model, self.device, self.dtype)
        self._turn = threading.Lock()
        self.rows = CPU_ROWS if self.device.type == "cpu" else GPU_ROWS
        self.tokens_per_batch = tokens_per_batch or self._budget()

    def generate(self, requests: Iterable[Request], stop: Stop = never) -> Iterator[Completion]:
        """See the protocol. Callers on several threads take turns by decoding step."""
        waiting = iter(requests)
        while window := list(islice(waiting, self.rows * WINDOW)):
            rows: list[Row] = []
            for request in window:
                row = self._row(request)
                if isinstance(row, Row):
                    rows.append(row)
                elif not stop():
                    yield row
            for batch in pack(rows, lambda r: len(r.prompt) + r.max_tokens, self.tokens_per_batch, self.rows):
                for completion in self._write(batch, stop):
                    if stop():
                        return
                    yield completion
            if stop():
                return

    def stream(self, request: Request, stop: Stop = never) -> Iterator[str]:
        """See the protocol."""
        row = self._row(request)
        if isinstance(row, Completion):
            raise InferenceError(row.error or "")
        pieces, eos = TextPieces(self._tokenizer), self._tokenizer.eos_ids
        if request.begun:
            yield request.begun
        for _ in self._steps([row], stop):
            if piece := pieces.push(i for i in row.written[-1:] if i not in eos):
                yield piece
        if row.finish and (rest := pieces.rest()):
            yield rest

    def close(self) -> None:
        """See the protocol."""
        import torch

        with self._turn:
            self._model = None
        gc.collect()
        if self.device.type == "cuda":
            torch.cuda.empty_cache()

    def _row(self, request: Request) -> Row | Completion:
        if error := unusable(request):
            return failed(request.key, error)
        try:
            ids = self._tokenizer.encode(request.messages, request.begun)
        except Exception as problem:  # noqa: BLE001 - a template may raise anything on messages it does not take
            return failed(request.key, f"The model's chat template does not take these messages: {problem}")
        if error := too_long(len(ids), self._tokenizer.context):
            return failed(request.key, error, len(ids))
        room = (self._tokenizer.context or 1 << 30) - len(ids)
        return Row(request, ids, min(request.max_tokens, room))

    def _write(self, rows: Sequence[Row], stop: Stop) -> Iterator[Completion]:
        """Write one batch; out of memory it is halved and the unfinished half-batches are written again."""
        done: set[str] = set()
        try:
            for stepped in self._steps(rows, stop):
                for row in stepped:
                    if row.finish is not None:
                        done.add(row.request.key)
                        yield self._completion(row)
            return
        except Exception as problem:
            if not _is_out_of_memory(problem):
                log.exception("A batch of %d failed", len(rows))
                yield from (failed(r.request.key, f"The local model failed: {problem}") for r in _left(rows, done))
                return
        yield from self._write_halves(_left(rows, done), stop)

    def _write_halves(self, rows: list[Row], stop: Stop) -> Iterator[Completion]:
        self._free()
        if len(rows) == 1:
            row = rows[0]
            error = f"The text needs more memory than there is: {len(row.prompt) + row.max_tokens} tokens in all."
            yield failed(row.request.key, error, len(row.prompt))
            return
        half = (len(rows) + 1) // 2
        self.tokens_per_batch = max(1, self.tokens_per_batch // 2)  # the next batches are smaller from the start
        log.warning("Out of memory with %d texts at once: trying %d", len(rows), half)
        for row in rows:
            row.restart()
        for part in (rows[:half], rows[half:]):
            yield from self._write(part, stop)

    def _steps(self, rows: Sequence[Row], stop: Stop) -> Iterator[list[Row]]:
        if self._model is None:
            raise InferenceError("The model was closed. Start the worker again.")
        return decode(self._model, rows, self._tokenizer.eos_ids, self._tokenizer.pad_id, stop, self._turn)

    def _completion(self, row: Row) -> Completion:
        text = self._tokenizer.decode([i for i in row.written if i not in self._tokenizer.eos_ids])
        ended = row.finish == "stop"
        return Completion(
            row.request.key, row.request.begun + text, len(row.prompt), len(row.written), "stop" if ended else "length"
        )

    def _budget(self) -> int:
        """Tokens whose cache fits: a setting on a CPU, a share of what is free on a GPU."""
        import torch

        if self.device.type == "cpu":
            return CPU_TOKENS
        config = self._model.config.get_text_config()
        heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
        size = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
        cache = 2 * config.num_hidden_layers * heads * size * self.dtype.itemsize
        working = 8 * config.hidden_size * self.dtype.itemsize  # activations of a prompt's token, roughly
        free, _ = torch.cuda.mem_get_info()
        return max(config.max_position_embeddings // 4, int(free * MEMORY_SHARE) // (2 * cache + working))

    def _free(self) -> None:
        import torch

        gc.collect()
        if self.device.type == "cuda":
            torch.cuda.empty_cache()


def _left(rows: Sequence[Row], done: set[str]) -> list[Row]:
    return [row for row in rows if row.request.key not in done]


def _is_out_of_memory(problem: Exception) -> bool:
    import torch

    if isinstance(problem, (torch.OutOfMemoryError, MemoryError)):
        return True
    return isinstance(problem, RuntimeError) and "can't allocate memory" in str(problem)  # the CPU's allocator


def _dtype(device: Any) -> Any:
    """bfloat16 where the chip computes it; without that a CPU is several times slower in it than in fp32."""
    import torch

    if device.type == "cuda":
        return torch.bfloat16 if torch.cuda.is_bf16_supported(including_emulation=False) else torch.float16
    return torch.bfloat16 if hardware.cpu().fast_bf16 else torch.float32


def _load(model: str, device: Any, dtype: Any) -> tuple[Any, ChatTokenizer]:
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    try:
        tokenizer = AutoTokenizer.from_pretrained(model)
        loaded = AutoModelForCausalLM.from_pretrained(model, dtype=dtype).to(device).eval()
    except (OSError, ValueError, RuntimeError) as problem:
        raise InferenceError(
            f"The model {model!r} cannot be loaded: {problem} "
            "Check COPY_MODEL: a folder with a model, or the name of one on the Hugging Face hub."
        ) from problem
    return loaded, ChatTokenizer.from_transformers(tokenizer, loaded)
