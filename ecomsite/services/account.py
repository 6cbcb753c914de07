"""As whom PostgreSQL and Valkey run: as ourselves, or, where we are root, as somebody who is not."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ecomsite.services.errors import ServicesError


@dataclass(frozen=True)
class Account:
    """The user and group ids to run as. `dropped` says that they are not our own."""

    uid: int
    gid: int
    name: str
    dropped: bool

    def popen_arguments(self) -> dict[str, Any]:
        """Keyword arguments for `subprocess` that make the child this user."""
        if not self.dropped:
            return {"cwd": "/"}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def own(self, path: Path, mode: int) -> None:
        """Makes `path` this user's with `mode`; for a file or one folder, not what is in it."""
        if self.dropped:
            os.chown(path, self.uid, self.gid)
        path.chmod(mode)

    def folder(self, path: Path, mode: int = 0o700) -> Path:
        path.mkdir(parents=True, exist_ok=True)
        self.own(path, mode)
        return path

    def can_reach(self, path: Path) -> bool:
        """Whether this user can go through every folder down to `path`."""
        if not self.dropped:
            return os.access(path, os.X_OK)
        test = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(path)], check=False, capture_output=True, **self.popen_arguments()
        )
        return test.returncode == 0


def service_account() -> Account:
    """ECOM_SERVICE_USER, else the checkout's owner, else `nobody` where we are root; ourselves otherwise."""
    uid = os.geteuid()
    if uid != 0:
        return Account(uid, os.getegid(), _name(uid), dropped=False)
    wanted = os.environ.get("ECOM_SERVICE_USER")
    try:
        if wanted:
            entry = pwd.getpwnam(wanted)
        else:
            owner = Path(__file__).stat().st_uid
            entry = pwd.getpwuid(owner) if owner and _known(owner) else pwd.getpwnam("nobody")
    except KeyError:
        raise ServicesError(
            f"PostgreSQL must not run as root and there is no user {wanted or 'nobody'!r}: "
            "set ECOM_SERVICE_USER to a user of this machine."
        ) from None
    if entry.pw_uid == 0:
        raise ServicesError("ECOM_SERVICE_USER must not be root, because PostgreSQL refuses to run as root.")
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name, dropped=True)


def _known(uid: int) -> bool:
    return any(entry.pw_uid == uid for entry in pwd.getpwall())


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
