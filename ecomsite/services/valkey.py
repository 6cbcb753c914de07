"""The embedded Valkey: the broker's and the cache's server, on a unix socket only."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

import redis

from ecomsite.services import orphans
from ecomsite.services.account import Account
from ecomsite.services.child import Program


@dataclass(frozen=True)
class Valkey:
    """One server. Database 0 is the broker's, 1 the cache's (settings.py)."""

    binary: Path
    data: Path
    sockets: Path
    account: Account
    password: str
    fsync: bool = True

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """What REDIS_URL becomes."""
        return f"unix://:{self.password}@{self.socket}"

    def program(self) -> Program:
        return Program(
            name="valkey",
            argv=[str(self.binary), str(self._configuration)],
            popen=self.account.popen_arguments(),
            grace=15,
            server=True,
            prepare=self.prepare,
        )

    def prepare(self) -> None:
        """Folders and configuration, written before every start: the data may have been deleted under us."""
        self.account.folder(self.sockets)
        self.account.folder(self.data)
        orphans.end_all_in(self.data, ("valkey-server",))
        self.socket.unlink(missing_ok=True)
        lines = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "requirepass": self.password,
            "dir": str(self.data),
            "databases": "4",
            "daemonize": "no",
            "save": '""',
            "appendonly": "yes",
            "appendfsync": "everysec" if self.fsync else "no",
            "maxmemory-policy": "noeviction",  # a broker that forgets messages is none
        }
        # In a file, not in the arguments, which everybody on the machine can read.
        self._configuration.touch(0o600)
        self.account.own(self._configuration, 0o600)
        self._configuration.write_text("".join(f"{name} {_quoted(value)}\n" for name, value in lines.items()))

    def ready(self) -> bool:
        with contextlib.closing(redis.Redis(unix_socket_path=str(self.socket), password=self.password)) as client:
            try:
                return bool(client.ping())
            except redis.exceptions.RedisError:  # not listening yet, or still reading its append-only file
                return False

    @property
    def _configuration(self) -> Path:
        return self.sockets / "valkey.conf"


def _quoted(value: str) -> str:
    return value if value.startswith('"') else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
