"""Where a shop's training keeps its files, and what it writes down about itself for people to see."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from django.conf import settings

from copywriter.training import own_texts
from foundation.inference.whole import replaced_file, replaced_folder
from foundation.jobs.models import Job

SLICES = 20
ADAPTER, START, FIGURES = "adapter", "start", "figures.json"


def shop_folder(merchant_id: int) -> Path:
    """Everything that trainings of a shop leave."""
    return Path(settings.DATA_DIR) / "training" / f"shop-{merchant_id}"


@dataclass(frozen=True, slots=True)
class Place:
    """`run` holds what one job needs to go on; `adapter` what the last training that came to its end learnt, and its
    figures."""

    shop: Path
    run: Path

    @classmethod
    def of(cls, job: Job) -> Place:
        shop = shop_folder(job.merchant_id)
        return cls(shop, shop / f"job-{job.pk}")

    @property
    def adapter(self) -> Path:
        return self.shop / ADAPTER

    @property
    def examples(self) -> Path:
        return self.run / own_texts.FILE

    def forget_others(self) -> None:
        """What older jobs of the shop left to go on with: megabytes that nobody needs any more."""
        for old in self.shop.glob("job-*"):
            if old != self.run:
                shutil.rmtree(old, ignore_errors=True)

    @property
    def start(self) -> Path | None:
        """The adapter that was in use when the run began; None without one."""
        return start if (start := self.run / START).is_dir() else None

    def begin_with(self, used: Path) -> None:
        def copied(fresh: Path) -> None:
            shutil.copytree(used, fresh, dirs_exist_ok=True)

        replaced_folder(self.run / START, copied)

    def install(self) -> None:
        """The run's adapter becomes the shop's, whole or not at all."""

        def copied(fresh: Path) -> None:
            shutil.copytree(self.run / ADAPTER, fresh, dirs_exist_ok=True)
            shutil.copy(self.run / FIGURES, fresh)

        replaced_folder(self.adapter, copied)


@dataclass(slots=True)
class Figures:
    """Of one training. Losses in nats a token; of `losses` each slice's sum and count of steps, of `kept` the place of
    the measurement (in slices) and the loss of the kept examples. `before` and `after` are of the shop's own kept
    texts, `own_kept` of them, with the adapter that was in use and with the new one."""

    texts: int = 0
    usable: int = 0
    own_kept: int = 0
    before: float | None = None
    after: float | None = None
    tokens_per_second: float = 0.0
    losses: dict[str, list[float]] = field(default_factory=dict)
    kept: list[list[float]] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> Figures | None:
        """Of a run's folder or an adapter's; None where the run has not begun, or its files are gone or damaged.

        What another version of the program wrote down besides is left out.
        """
        try:
            found = json.loads((folder / FIGURES).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        if not isinstance(found, dict):
            return None
        return cls(**{one.name: found[one.name] for one in fields(cls) if one.name in found})

    def write(self, run: Path) -> None:
        with replaced_file(run / FIGURES) as fresh:
            fresh.write_text(json.dumps(asdict(self)), encoding="utf-8")

    def add_loss(self, part: float, loss: float, speed: float) -> None:
        """After one step; `part` of 1 of the training is done."""
        told = self.losses.setdefault(str(min(SLICES, int(part * SLICES) + 1)), [0.0, 0])
        told[0], told[1] = told[0] + loss, told[1] + 1
        self.tokens_per_second = 0.9 * self.tokens_per_second + 0.1 * speed if self.tokens_per_second else speed

    def add_kept(self, part: float, loss: float) -> None:
        at = round(part * SLICES, 2)
        self.kept = [*(one for one in self.kept if one[0] < at), [at, loss]]
