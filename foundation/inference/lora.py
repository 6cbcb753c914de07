"""LoRA on the bundled model (Hu et al. 2021, arXiv:2106.09685), loss on the answer only; goes on where a kill left it.

The same on a CPU and a GPU, but for the dtype: bf16 where the chip computes it, else fp32.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from foundation.inference import bundled, hardware
from foundation.inference.adapters import CONFIG, WEIGHTS, seal, shape
from foundation.inference.lora_plan import Diverged, Encoded, Plan, available, check_memory
from foundation.inference.whole import replaced_folder, restored

if TYPE_CHECKING:
    import torch

CHECKPOINT, EVENTS, LOCK = "checkpoint", "events", "training.lock"
Batches = Sequence[Sequence[Encoded]]
Report = Callable[["Progress"], None]


@dataclass(frozen=True, slots=True)
class Progress:
    """After one step. `loss` of that step in nats a token, `kept_loss` of the kept examples where just measured."""

    step: int
    steps: int
    loss: float
    tokens_per_second: float
    kept_loss: float | None = None


@dataclass(slots=True)
class State:
    """Where a training stands: batches of this epoch that were learnt, steps altogether, the best loss so far."""

    epoch: int = 0
    batch: int = 0
    step: int = 0
    best: float = math.inf


class Trainer:
    """One training into `folder`: `checkpoint/` to go on from, `events/` for TensorBoard, `adapter/` the best so far.

    It begins with the adapter `start` where one is given, of the plan's rank. Raises `TooLittleMemory` before anything
    is loaded.
    """

    def __init__(
        self, model: Path, folder: Path, plan: Plan, report: Report, stop: Callable[[], bool], start: Path | None = None
    ) -> None:
        self.model_folder, self.folder, self.plan, self.report, self.stop = model, folder, plan, report, stop
        self.start = start
        self.state = State()

    def run(self, batches_of: Callable[[int], Batches], held: Batches) -> State:
        """Learns until the plan's epochs are done or `stop()`; returns where it stands.

        `batches_of(epoch)` has to give the same for the same epoch, or a resumed training is another one. `held` are
        the kept examples: the adapter with the lowest loss on them is the one that stays. Raises `Diverged`, and
        ValueError where another training writes into the folder or has left its checkpoint there.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(str(self.folder / LOCK), timeout=0):  # goes with its process
                return self._run(batches_of, held)
        except Timeout:
            raise ValueError(f"Another training writes into {self.folder}. Wait for its end, or use --out.") from None

    def _run(self, batches_of: Callable[[int], Batches], held: Batches) -> State:
        self._load()
        with self._writer() as writer:
            while self.state.epoch < self.plan.epochs and not self.stop():
                batches = batches_of(self.state.epoch)
                steps = len(batches) * self.plan.epochs
                self._epoch(batches, steps, writer)
                if self.state.batch < len(batches):
                    break  # told to stop
                self._end_of_epoch(held, steps, writer)
        return self.state

    def _load(self) -> None:
        hardware.calm_threads()
        import torch
        from peft import LoraConfig, get_peft_model
        from transformers import AutoConfig, AutoModelForCausalLM

        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        dtype = torch.bfloat16 if self.device == "cuda" or hardware.cpu().fast_bf16 else torch.float32
        config = AutoConfig.from_pretrained(self.model_folder)
        if self.device == "cpu":
            weights = sum(path.stat().st_size for path in self.model_folder.glob("*.safetensors")) // 2
            size = 2 if dtype == torch.bfloat16 else 4
            layers, width, inner = config.num_hidden_layers, config.hidden_size, config.intermediate_size
            needed = self.plan.memory(weights, layers, width, inner, config.vocab_size, size)
            check_memory(needed, available(), self.plan.budget)
        torch.manual_seed(self.plan.seed)
        base = AutoModelForCausalLM.from_pretrained(self.model_folder, dtype=dtype, attn_implementation="sdpa")
        lora = LoraConfig(
            r=self.plan.rank,
            lora_alpha=2 * self.plan.rank,
            target_modules=list(self.plan.targets),
            task_type="CAUSAL_LM",
        )
        self.model = get_peft_model(base, lora).to(self.device)
        self.weights = [weight for weight in self.model.parameters() if weight.requires_grad]
        self.optimizer = torch.optim.AdamW(self.weights, lr=self.plan.rate, betas=(0.9, 0.99), weight_decay=0.01)
        if self.start is not None:
            self._begin_with(self.start)
        self._resume()

    def _begin_with(self, adapter: Path) -> None:
        """Raises ValueError for an adapter of another rank or of other matrices."""
        from peft import set_peft_model_state_dict
        from safetensors.torch import load_file

        if shape(adapter) != self.plan.shape:
            rank, layers = shape(adapter)
            raise ValueError(
                f"{adapter} has rank {rank} and matrices for {', '.join(sorted(layers)) or 'nothing'}; a training that"
                " begins with it needs the same."
            )
        set_peft_model_state_dict(self.model, load_file(adapter / WEIGHTS))

    def _epoch(self, batches: Batches, steps: int, writer: Any) -> None:
        self.model.train()
        for batch in batches[self.state.batch :]:
            if self.stop():
                self._save()
                return
            begun = time.perf_counter()
            loss = self._learn(batch, steps)
            if not math.isfinite(loss):
                raise Diverged(f"In step {self.state.step + 1} the loss is no number any more. Use a lower rate.")
            self.state.batch += 1
            self.state.step += 1
            speed = sum(len(one.ids) for one in batch) / (time.perf_counter() - begun)
            writer.add_scalar("loss", loss, self.state.step)
            writer.add_scalar("tokens_per_second", speed, self.state.step)
            self.report(Progress(self.state.step, steps, loss, speed))
            if self.state.step % self.plan.save_every == 0:
                self._save()

    def _end_of_epoch(self, held: Batches, steps: int, writer: Any) -> None:
        loss = self._kept_loss(held)
        writer.add_scalar("kept_loss", loss, self.state.step)
        self.report(Progress(self.state.step, steps, math.nan, 0.0, loss))
        if loss <= self.state.best:
            self.state.best = loss
            replaced_folder(self.folder / "adapter", self._write_small_adapter)
        self.state.epoch, self.state.batch = self.state.epoch + 1, 0
        self._save()

    def _learn(self, batch: Sequence[Encoded], steps: int) -> float:
        import torch

        for group in self.optimizer.param_groups:
            group["lr"] = self.plan.rate * rate_share(self.state.step, steps, self.plan.warm_up)
        loss = self._loss(batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return float(loss.detach())

    def _loss(self, batch: Sequence[Encoded]) -> torch.Tensor:
        """Mean over the answers' tokens, in nats."""
        told, tokens = self._told(batch)
        return -told.sum() / tokens.sum()

    def _told(self, batch: Sequence[Encoded]) -> tuple[torch.Tensor, torch.Tensor]:
        """Log-probability of each one's answers, and how many tokens they have; two tensors [len(batch)].

        Logits of other tokens are not even computed.
        """
        import torch

        length = max(len(one.ids) for one in batch)
        ids = torch.zeros(len(batch), length, dtype=torch.long)
        there, answers = torch.zeros_like(ids), torch.zeros_like(ids, dtype=torch.bool)
        for row, one in enumerate(batch):
            ids[row, : len(one.ids)] = torch.tensor(one.ids)
            there[row, : len(one.ids)] = 1
            for start, end in one.answers:
                answers[row, start:end] = True
        ids, there, answers = ids.to(self.device), there.to(self.device), answers.to(self.device)
        inner: Any = self.model.get_base_model()
        hidden = inner.model(input_ids=ids, attention_mask=there, use_cache=False).last_hidden_state
        logits = inner.lm_head(hidden[:, :-1][answers[:, 1:]]).float()
        surprise = torch.nn.functional.cross_entropy(logits, ids[:, 1:][answers[:, 1:]], reduction="none")
        rows = answers[:, 1:].nonzero()[:, 0]
        return torch.zeros(len(batch), device=self.device).index_add(0, rows, -surprise), answers[:, 1:].sum(dim=1)

    def _kept_loss(self, held: Batches) -> float:
        import torch

        self.model.eval()
        total, tokens = 0.0, 0
        with torch.inference_mode():
            for batch in held:
                count = sum(one.learnt for one in batch)
                total, tokens = total + float(self._loss(batch)) * count, tokens + count
        return total / tokens if tokens else math.inf

    def _writer(self) -> Any:
        from tensorboardX import SummaryWriter

        return SummaryWriter(str(self.folder / EVENTS), purge_step=self.state.step + 1)

    def _write_adapter(self, folder: Path) -> None:
        self.model.save_pretrained(str(folder), safe_serialization=True)

    def _write_small_adapter(self, folder: Path) -> None:
        """In fp16, which the merged weights have too; without the model card of which peft fills in nothing."""
        import torch
        from safetensors.torch import load_file, save_file

        self._write_adapter(folder)
        (folder / "README.md").unlink(missing_ok=True)
        weights = load_file(folder / WEIGHTS)
        save_file({name: tensor.to(torch.float16).contiguous() for name, tensor in weights.items()}, folder / WEIGHTS)
        config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
        config["base_model_name_or_path"] = bundled.NAME  # not the folder where it lies on this machine
        (folder / CONFIG).write_text(f"{json.dumps(config, indent=1, sort_keys=True)}\n", encoding="utf-8")
        seal(folder)

    def _save(self) -> None:
        replaced_folder(self.folder / CHECKPOINT, self._write_checkpoint)

    def _write_checkpoint(self, folder: Path) -> None:
        import torch

        self._write_adapter(folder)
        torch.save(self.optimizer.state_dict(), folder / "optimizer.pt")
        self.plan.write(folder / "plan.json")
        (folder / "state.json").write_text(json.dumps(asdict(self.state)), encoding="utf-8")

    def _resume(self) -> None:
        """Goes on from the checkpoint where there is one of the same plan; another plan's is refused."""
        import torch
        from peft import set_peft_model_state_dict
        from safetensors.torch import load_file

        folder = restored(self.folder / CHECKPOINT)
        if not (folder / "state.json").exists():
            return
        if not self.plan.is_in(folder / "plan.json"):
            raise ValueError(f"{folder} is of a training with other settings. Choose another folder, or delete it.")
        set_peft_model_state_dict(self.model, load_file(folder / WEIGHTS))
        self.optimizer.load_state_dict(torch.load(folder / "optimizer.pt", map_location=self.device, weights_only=True))
        self.state = State(**json.loads((folder / "state.json").read_text(encoding="utf-8")))


def rate_share(step: int, steps: int, warm_up: float) -> float:
    """Of the highest learning rate: linear to 1 in the first steps, then half a cosine down to a twentieth."""
    first = max(1, round(steps * warm_up))
    if step < first:
        return (step + 1) / first
    done = min(1.0, (step - first) / max(1, steps - first))
    return 0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done))
