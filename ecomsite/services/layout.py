"""Where a checkout keeps its data, sockets, locks and logs."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

# sockaddr_un holds 107 characters and a NUL; the longest name we put into the folder is PostgreSQL's.
_LONGEST_SOCKET_NAME = "/.s.PGSQL.5432.lock"
_SOCKET_PATH_LIMIT = 107


@dataclass(frozen=True)
class Layout:
    """The folders of one installation. `data` is what ECOM_DATA_DIR names, by default `var` in the checkout."""

    data: Path

    @classmethod
    def from_environment(cls) -> Layout:
        return cls(Path(os.environ.get("ECOM_DATA_DIR") or REPOSITORY / "var").resolve())

    @property
    def key(self) -> str:
        """Tells one installation's folders outside `data` from another's."""
        return hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]

    @property
    def run(self) -> Path:
        return self.data / "run"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    @property
    def secrets(self) -> Path:
        return self.data / "secrets.env"

    @property
    def lock(self) -> Path:
        return self.run / "supervisor.lock"

    @property
    def users_lock(self) -> Path:
        return self.run / "users.lock"

    @property
    def state(self) -> Path:
        return self.run / "services.json"

    def short(self, folder: Path) -> Path:
        """`folder` if a socket in it has a legal path, else a short folder that belongs to this installation only."""
        if len(os.fsencode(folder)) + len(_LONGEST_SOCKET_NAME) <= _SOCKET_PATH_LIMIT:
            return folder
        return Path(tempfile.gettempdir() if len(tempfile.gettempdir()) < 40 else "/tmp") / f"ecomsite-{self.key}"  # noqa: S108

    def make(self) -> None:
        """Creates the folders. A full or read-only disk raises OSError, which the launcher turns into a sentence."""
        for folder in (self.data, self.run):
            folder.mkdir(parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)  # they name people and their files
