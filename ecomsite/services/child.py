"""One child process: started in its own process group, tied to our life, waited for."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Program:
    """What to run and how to end it.

    `stop` is the signal that asks for an orderly end, `grace` the seconds it is given before SIGKILL. `orphaned` is
    what the kernel sends if we ourselves are killed. A `server` ends after everything that uses it. `prepare` runs
    before every start (folders may have vanished). `sign` is a file that it touches as long as it lives: without that
    for `silence` seconds it hangs, and is killed and started again.
    """

    name: str
    argv: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    popen: Mapping[str, Any] = field(default_factory=dict)
    stop: signal.Signals = signal.SIGTERM
    grace: float = 10.0
    orphaned: signal.Signals = signal.SIGTERM
    server: bool = False
    prepare: Callable[[], None] | None = None
    sign: Path | None = None
    silence: float = 0.0


def start(program: Program, output: int | IO[bytes]) -> subprocess.Popen[bytes]:
    """Starts it with stdout and stderr going to `output`.

    Call it from the main thread: the kernel's parent-death signal follows the thread that forked, not the process.
    """
    if program.prepare:
        program.prepare()
    parent = os.getpid()

    def tie_to_parent() -> None:
        # After Popen's setuid, which would have cleared it.
        _libc.prctl(_PR_SET_PDEATHSIG, int(program.orphaned))
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        list(program.argv),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env={**os.environ, **program.environment},
        start_new_session=True,
        preexec_fn=tie_to_parent,
        **program.popen,
    )


def stop(process: subprocess.Popen[bytes], program: Program) -> None:
    """Asks it to end, waits `grace` seconds, then kills its whole group. Returns when it is reaped."""
    ask(process, program.stop)
    try:
        process.wait(program.grace)
    except subprocess.TimeoutExpired:
        kill_group(process.pid)
        process.wait()


def ask(process: subprocess.Popen[bytes], what: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(what)


def kill_group(pid: int) -> None:
    """SIGKILL to the group that `start` made for the child, so that nothing it forked stays behind."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def wait_until(ready: Callable[[], bool], seconds: float, alive: Callable[[], bool]) -> bool:
    """Polls `ready` until it is true; False after `seconds` or as soon as `alive` is false."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        if not alive():
            return False
        time.sleep(0.03)
    return False
