"""Servers that the operator brings (DATABASE_URL, REDIS_URL): asked once at start, so that a mistake is told then."""

from __future__ import annotations

import os
import re

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from ecomsite.services.errors import ServicesError

SECONDS = 2


def check() -> None:
    """Raises `ServicesError` where a server that the environment names does not answer. The addresses are not told
    whole: they hold passwords."""
    if url := os.environ.get("DATABASE_URL"):
        _postgres(url)
    if url := os.environ.get("REDIS_URL"):
        _redis(url)


def _postgres(url: str) -> None:
    try:
        # Settings take other names of the scheme too ("postgis"); libpq knows this one.
        psycopg.connect(re.sub(r"^\w+://", "postgresql://", url), connect_timeout=SECONDS).close()
    except (psycopg.Error, ValueError) as error:
        raise ServicesError(
            f"DATABASE_URL names a database that can't be used: {_reason(error, url)}. Correct it, or remove it to use"
            " the database that comes with this."
        ) from None


def _redis(url: str) -> None:
    try:
        with redis.Redis.from_url(
            url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS, retry=Retry(NoBackoff(), 0)
        ) as server:
            server.ping()
    except (redis.RedisError, OSError, ValueError) as error:
        raise ServicesError(
            f"REDIS_URL names a server that can't be used: {_reason(error, url)}. Correct it, or remove it to use the"
            " one that comes with this."
        ) from None


def _reason(error: Exception, url: str) -> str:
    """The first line of what the driver says, without the address that it may quote."""
    line = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return line.replace(url, "the address").rstrip(" .")
