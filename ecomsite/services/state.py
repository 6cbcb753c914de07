"""What the running supervisor tells others: the servers' addresses and its processes, in a file of `var/run`."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field

from ecomsite.services.layout import Layout
from ecomsite.services.locks import FileLock


@dataclass
class State:
    """`environment` holds DATABASE_URL and REDIS_URL; `processes` maps a name to [pid, start time]."""

    environment: dict[str, str] = field(default_factory=dict)
    processes: dict[str, tuple[int, str]] = field(default_factory=dict)
    address: str = ""
    pid: int = field(default_factory=os.getpid)


def write(layout: Layout, state: State) -> None:
    """Replaces the file in one step. It holds passwords, so only its owner may read it."""
    fresh = layout.state.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        json.dump(asdict(state), handle)
    os.replace(fresh, layout.state)


def read(layout: Layout) -> State | None:
    """The state left by the last supervisor, alive or not; None if there is none or it is cut short."""
    try:
        raw = json.loads(layout.state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    processes = {name: (int(pid), str(started)) for name, (pid, started) in raw["processes"].items()}
    return State(raw["environment"], processes, raw["address"], raw["pid"])


def remove(layout: Layout) -> None:
    layout.state.unlink(missing_ok=True)


def running_environment(layout: Layout) -> dict[str, str] | None:
    """The addresses of running servers, or None where nobody runs them (a state file alone proves nothing)."""
    if FileLock(layout.lock).holder() is None:
        return None
    state = read(layout)
    return state.environment if state else None
