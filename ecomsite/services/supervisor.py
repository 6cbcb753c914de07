"""Starts children, copies their output to the logs, starts again what died, and ends everything in order.

One thread does it all: the kernel's parent-death signal is tied to the thread that forks.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

from ecomsite.services import child, orphans, state
from ecomsite.services.child import Program
from ecomsite.services.console import Logs, say
from ecomsite.services.errors import ServicesError
from ecomsite.services.layout import Layout
from ecomsite.services.silence import Silence

_FIRST_DELAY, _LONGEST_DELAY = 0.2, 10.0
_SETTLED_SECONDS = 30.0
_TICK = 0.1


class Interrupted(Exception):
    """SIGINT or SIGTERM arrived while something was being waited for."""


@dataclass
class _Child:
    program: Program
    process: subprocess.Popen[bytes]
    pipe: int
    since: float
    rest: bytes = b""
    deaths: int = 0
    silence: Silence | None = None


@dataclass
class Supervisor:
    """Runs programs until it is told to stop. Use it from the main thread only."""

    layout: Layout
    logs: Logs
    published: state.State = field(default_factory=state.State)
    stopping: bool = False

    def __post_init__(self) -> None:
        self._children: dict[str, _Child] = {}
        self._due: list[tuple[float, Program, int]] = []
        self._selector = selectors.DefaultSelector()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    # --- starting -----------------------------------------------------------------------------------------------------

    def start(self, program: Program, deaths: int = 0) -> None:
        """Starts it and keeps it running from now on."""
        self._children[program.name] = self._spawn(program, deaths)
        self.publish()

    def wait_ready(self, name: str, ready: Callable[[], bool], seconds: float) -> None:
        """Raises ServicesError if `name` is not ready in time, Interrupted if we are told to stop."""
        end = time.monotonic() + seconds
        while not ready():
            self.tick()
            if time.monotonic() > end or self._died_often(name):
                raise ServicesError(f"{name} does not start; {self.layout.logs / (name + '.log')} says why.")

    def run(self, program: Program) -> int:
        """Runs a program that ends by itself while the others are looked after; its exit status."""
        one = self._spawn(program, 0)
        try:
            while one.process.poll() is None:
                self.tick()
        finally:
            child.stop(one.process, program)
            self._drain(one)
        return one.process.returncode

    def _spawn(self, program: Program, deaths: int) -> _Child:
        reading, writing = os.pipe2(os.O_CLOEXEC)
        try:
            process = child.start(program, writing)
        finally:
            os.close(writing)
        os.set_blocking(reading, False)
        silence = Silence(program.sign, program.silence) if program.sign and program.silence else None
        one = _Child(program, process, reading, time.monotonic(), deaths=deaths, silence=silence)
        self._selector.register(reading, selectors.EVENT_READ, one)
        return one

    def _died_often(self, name: str) -> bool:
        counts = [one.deaths for one in self._children.values() if one.program.name == name]
        counts += [deaths for _, program, deaths in self._due if program.name == name]
        return max(counts, default=0) >= 4

    # --- running ------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """One round: output, deaths, silence, restarts that are due. Raises Interrupted once we are told to stop."""
        self._pump(_TICK)
        for one in list(self._children.values()):
            if one.process.poll() is not None:
                self._bury(one)
            elif one.silence and one.silence.too_long():
                self._end_hung(one)
        self._restart()
        if self.stopping:
            raise Interrupted

    def forever(self) -> None:
        """Returns when told to stop."""
        try:
            while True:
                self.tick()
        except Interrupted:
            return

    def _pump(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            self._read(key.data)

    def _read(self, one: _Child) -> bool:
        """Copies what is there to the logs; False when there is nothing (for now or for good)."""
        try:
            chunk = os.read(one.pipe, 65536)
        except BlockingIOError:
            return False
        if not chunk:
            self._close(one)
            return False
        *lines, one.rest = (one.rest + chunk).split(b"\n")
        for line in lines:
            self.logs.line(one.program.name, line.decode(errors="replace").rstrip())
        return True

    def _drain(self, one: _Child) -> None:
        """The last words of a child that ended; what it forked may hold the pipe open, so no waiting for its end."""
        while one.pipe >= 0 and self._read(one):
            pass
        self._close(one)

    def _close(self, one: _Child) -> None:
        if one.pipe < 0:
            return
        self._selector.unregister(one.pipe)
        os.close(one.pipe)
        one.pipe = -1
        if one.rest:
            self.logs.line(one.program.name, one.rest.decode(errors="replace").rstrip())

    def _end_hung(self, one: _Child) -> None:
        """It may not even take a signal that can be caught. The next round finds it dead."""
        say(f"gave no sign of life for {one.program.silence:.0f} s; ending it", one.program.name)
        one.silence = None
        child.kill_group(one.process.pid)

    def _bury(self, one: _Child) -> None:
        name = one.program.name
        child.kill_group(one.process.pid)
        self._drain(one)
        del self._children[name]
        deaths = 1 if time.monotonic() - one.since > _SETTLED_SECONDS else one.deaths + 1
        delay = min(_LONGEST_DELAY, _FIRST_DELAY * 2 ** (deaths - 1))
        say(f"ended ({_ending(one.process.returncode)}); starting again in {delay:.1f} s", name)
        self._due.append((time.monotonic() + delay, one.program, deaths))
        self.publish()

    def _restart(self) -> None:
        now = time.monotonic()
        ready = [entry for entry in self._due if entry[0] <= now]
        self._due = [entry for entry in self._due if entry[0] > now]
        for _, program, deaths in ready:
            if not self.stopping:
                self.start(program, deaths)

    # --- stopping -----------------------------------------------------------------------------------------------------

    def stop_all(self) -> None:
        """Ends web and workers side by side, then the servers they used, the last started first."""
        self.stopping = True
        servers = [one for one in self._children.values() if one.program.server]
        others = [one for one in self._children.values() if not one.program.server]
        self._stop(others)
        for one in reversed(servers):
            self._stop([one])
        self._children.clear()
        self._due.clear()

    def _stop(self, group: list[_Child]) -> None:
        for one in group:
            child.ask(one.process, one.program.stop)
        begun = time.monotonic()
        while running := [one for one in group if one.process.poll() is None]:
            self._pump(_TICK)
            for one in running:
                if time.monotonic() - begun > one.program.grace:
                    child.kill_group(one.process.pid)
        for one in group:
            child.kill_group(one.process.pid)
            self._drain(one)

    def publish(self) -> None:
        """Tells other processes where the servers are and which processes run."""
        self.published.processes = {
            name: (one.process.pid, orphans.start_time(one.process.pid)) for name, one in self._children.items()
        }
        state.write(self.layout, self.published)


def _ending(status: int) -> str:
    return f"killed by {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
