"""What this machine has, and which engine follows from it. Looks at the machine only; loads no engine."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class Cpu:
    """The instruction sets that decide how fast a model is, and the cores this process may use."""

    model: str
    cores: int
    avx2: bool
    avx512: bool
    vnni: bool
    """8-bit dot products (AVX-512 VNNI or AVX-VNNI)."""
    avx512_bf16: bool
    amx_bf16: bool

    @property
    def fast_bf16(self) -> bool:
        """Whether bfloat16 is computed by the chip, not converted on the way."""
        return self.avx512_bf16 or self.amx_bf16

    @property
    def features(self) -> tuple[str, ...]:
        """Their names, for a benchmark's line."""
        names = ("avx2", "avx512", "vnni", "avx512_bf16", "amx_bf16")
        return tuple(name for name in names if getattr(self, name))


@cache
def cpu() -> Cpu:
    """This machine's CPU, from /proc/cpuinfo (other systems: no features known, which is safe but slow)."""
    text = CPUINFO.read_text(encoding="utf-8", errors="replace") if CPUINFO.exists() else ""
    return parse_cpuinfo(text, usable_cores())


def parse_cpuinfo(text: str, cores: int) -> Cpu:
    """Read the first processor's block of a /proc/cpuinfo (x86 names)."""
    lines = dict(line.split(":", 1) for line in text.split("\n\n", 1)[0].splitlines() if ":" in line)
    fields = {key.strip(): value.strip() for key, value in lines.items()}
    flags = set(fields.get("flags", "").split())
    return Cpu(
        model=fields.get("model name", "unknown"),
        cores=cores,
        avx2="avx2" in flags,
        avx512="avx512f" in flags,
        vnni=bool(flags & {"avx512_vnni", "avx_vnni"}),
        avx512_bf16="avx512_bf16" in flags,
        amx_bf16="amx_bf16" in flags,
    )


def usable_cores() -> int:
    """Cores that this process may run on: the affinity mask, cut by a container's quota where there is one."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return cores
    if quota == "max":
        return cores
    return max(1, min(cores, int(quota) // int(period)))


def calm_threads() -> None:
    """Let torch's threads sleep soon while they wait for each other; has to be called before the first `import torch`.

    OpenMP's default is to spin long. On a machine that also runs a database and other workers a spinning thread holds
    the core that the awaited one needs: two threads then compute 20 to 30 times less than sleeping ones (1 against
    20-29 GFLOP/s, fp32 products of 64 x 576 x 1536 at a load of 11 on 2 cores). Not to spin at all costs an idle
    machine more than a third (74 against 118 tokens/s), so they do for some 50 microseconds. What the administrator
    set stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "20000")


def has_cuda() -> bool:
    """Whether an NVIDIA GPU is there, without loading torch (a forked worker must not have touched CUDA)."""
    return Path("/proc/driver/nvidia/version").exists() or Path("/dev/nvidia0").exists()


def choose_engine(cuda: bool | None = None, openvino: bool | None = None) -> str:
    """The `auto` engine: a GPU wants torch; a CPU wants OpenVINO where it has a wheel, else torch.

    The arguments replace what would be found out, for tests.
    """
    if has_cuda() if cuda is None else cuda:
        return "torch"
    return "openvino" if (_has_openvino() if openvino is None else openvino) else "torch"


def _has_openvino() -> bool:
    return importlib.util.find_spec("openvino_genai") is not None
