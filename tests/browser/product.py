"""The whole product as `make run` starts it, for the browser to look at: databases, web, workers, beat, real model."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from ecomsite.services import secret_file, state
from ecomsite.services.layout import REPOSITORY, Layout
from ecomsite.services.serve import DEMO_EMAIL, DEMO_PASSWORD

START_SECONDS = 150
STOP_SECONDS = 60
OURS = ("DATABASE_URL", "REDIS_URL", "TEST_DB_NAME", "DJANGO_SETTINGS_MODULE")


def models() -> Path:
    """Where the bundled model was built: by the set-up, or where BROWSER_MODELS says."""
    return Path(os.environ.get("BROWSER_MODELS") or REPOSITORY / "var" / "models").resolve()


@dataclass
class Product:
    data: Path
    port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls, data: Path, *, demo: bool = False) -> Product:
        """Returns once the page answers. Raises `AssertionError` with the output where it does not.

        Without the demo shop, whose forty descriptions would be written before those that a test waits for.
        """
        (data / "models").symlink_to(models())
        port = _free_port()
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        environment |= {"ECOM_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"}
        with (data / "serve.out").open("wb") as out:
            process = subprocess.Popen(
                [
                    sys.executable,
                    str(REPOSITORY / "manage.py"),
                    "serve",
                    "--port",
                    str(port),
                    *([] if demo else ["--no-demo"]),
                ],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        product = cls(data, port, process)
        end = time.monotonic() + START_SECONDS
        while not product.healthy():
            assert process.poll() is None, product.output()
            assert time.monotonic() < end, product.output()
            time.sleep(0.3)
        return product

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def demo(self) -> tuple[str, str]:
        """E-mail and password of the demo shop's owner."""
        return DEMO_EMAIL, secret_file.read(self.data / "secrets.env")[DEMO_PASSWORD]

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def output(self) -> str:
        logs = [self.data / "serve.out", *sorted((self.data / "logs").glob("*.log"))]
        return "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}" for log in logs if log.exists())

    def query(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        found = state.read(Layout(self.data.resolve()))
        assert found
        with psycopg.connect(found.environment["DATABASE_URL"], autocommit=True, connect_timeout=10) as session:
            return session.execute(text, values).fetchall()  # type: ignore[arg-type]

    def value(self, text: str, *values: Any) -> Any:
        return self.query(text, *values)[0][0]

    def letter_to(self, email: str) -> str:
        """The newest letter: without a mail server they are files."""
        letters = [path.read_text() for path in sorted((self.data / "mail").glob("*.log"))]
        return next(text for text in reversed(letters) if f"To: {email}" in text)

    def stop(self) -> int:
        """As Ctrl-C does. The exit status; whatever happens nothing of it goes on running."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            self.process.wait(STOP_SECONDS)
            raise AssertionError(f"It still ran {STOP_SECONDS} s after SIGINT.\n{self.output()}") from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
