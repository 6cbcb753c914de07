"""Reading the environment: typed, with one plain sentence when a value cannot be used."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value == "":
        return default
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    try:
        return int(value.replace("_", ""))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from None


def words(name: str, *, default: list[str]) -> list[str]:
    """Comma-separated values."""
    value = os.environ.get(name, "")
    return [word.strip() for word in value.split(",") if word.strip()] or default


def folder(name: str, default: Path) -> Path | None:
    """A folder's path; "none" is none."""
    value = os.environ.get(name, "").strip()
    return None if value.lower() == "none" else Path(value) if value else default


def private_folder(path: Path) -> str:
    """`path`, made where it lacks so that no other account of the machine can enter; who may enter an old one stays."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(path)


def secret(name: str, file: Path) -> str:
    """The variable `name`, else the line `name=…` of `file`, else a new one appended there (mode 600, outside git)."""
    if name in os.environ:
        return os.environ[name]
    found = read_secret(name, file)
    if found:
        return found
    value = secrets.token_urlsafe(50)
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as handle:
        handle.write(f"{name}={value}\n")
    # Two processes may have started at once: the first line wins for both.
    return read_secret(name, file) or value


def read_secret(name: str, file: Path) -> str:
    if not file.exists():
        return ""
    for line in file.read_text(encoding="utf-8").splitlines():
        key, separator, value = line.partition("=")
        if separator and key.strip() == name:
            return value.strip()
    return ""


def redis_database(url: str, database: int) -> str:
    """`url` (redis://…, rediss://…, unix://…) pointed at another numbered database: the cache is not the broker's."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"{url.partition('?')[0]}?db={database}"  # urlunsplit loses the slashes of an empty host
    return urlunsplit(parts._replace(path=f"/{database}"))


def celery_url(url: str) -> str:
    """Kombu's spelling of a Redis URL: a unix socket is `redis+socket://path?virtual_host=0`."""
    if not url:
        return "memory://"
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    credentials = f":{parts.password}@" if parts.password else ""
    return f"redis+socket://{credentials}{parts.path}?virtual_host=0"
