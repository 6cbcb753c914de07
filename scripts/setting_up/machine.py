"""What this machine is: its GPU, which decides about the build of torch, and its disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from setting_up import places
from setting_up.places import GIGABYTE, SetupError


def torch_flavour() -> tuple[str, str]:
    """`cpu` or `cuda`, and why. TORCH_BUILD decides where it is set."""
    asked = os.environ.get("TORCH_BUILD", "")
    if asked in {"cpu", "cuda"}:
        return asked, f"TORCH_BUILD={asked}"
    if asked:
        raise SetupError(f"TORCH_BUILD is {asked!r}; write cpu or cuda.")
    gpu = nvidia_gpu()
    return ("cuda", f"this machine has an NVIDIA GPU ({gpu})") if gpu else ("cpu", "this machine has no NVIDIA GPU")


def nvidia_gpu() -> str:
    """The name of the first NVIDIA GPU, or an empty string. A driver without a card does not count."""
    tool = shutil.which("nvidia-smi")
    if tool:
        command = [tool, "--query-gpu=name", "--format=csv,noheader"]
        try:
            listed = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        if listed.returncode == 0:
            return listed.stdout.strip().partition("\n")[0]
    for card in sorted(Path("/proc/driver/nvidia/gpus").glob("*/information")):
        found = re.search(r"Model:\s*(.+)", card.read_text())
        return found.group(1) if found else "unnamed"
    return ""


def check_disk(flavour: str) -> None:
    need = (9 if flavour == "cuda" else 4) * GIGABYTE
    if places.VENV.exists():
        need //= 4  # most of it may be there already
    free = shutil.disk_usage(places.ROOT).free
    if free < need:
        raise SetupError(
            f"There is too little space on the disk of {places.ROOT}: {free / GIGABYTE:.1f} GB free, "
            f"{need / GIGABYTE:.0f} GB needed."
        )
