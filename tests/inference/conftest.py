"""The engines under test. Models are built once per machine, into ECOM_DATA_DIR or the repository's `var`."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from foundation.inference import bundled
from foundation.inference.types import Generator, Message, Request

REPOSITORY = Path(__file__).resolve().parents[2]
SERVER_SECONDS = 400


def data_dir() -> Path:
    return Path(os.environ.get("ECOM_DATA_DIR") or REPOSITORY / "var")


def ask(key: str = "a", text: str = "Write about a blue mug.", **settings) -> Request:
    values = {"max_tokens": 8} | settings
    return Request(key=key, messages=(Message("user", text),), **values)


def fake(_: pytest.TempPathFactory) -> Iterator[Generator]:
    from foundation.inference.fake import FakeGenerator

    yield FakeGenerator()


def torch_local(_: pytest.TempPathFactory) -> Iterator[Generator]:
    from foundation.inference.torch_local import TorchGenerator

    # One thread: tests run beside others, and OpenMP's threads wait for each other at every small step.
    engine = TorchGenerator(str(bundled.torch_folder(data_dir())), threads=1)
    yield engine
    engine.close()


def openvino_local(_: pytest.TempPathFactory) -> Iterator[Generator]:
    from foundation.inference.openvino_local import OpenVinoGenerator

    engine = OpenVinoGenerator(bundled.openvino_folder(data_dir()))
    yield engine
    engine.close()


def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generator]:
    from foundation.inference.remote import RemoteGenerator

    folder = tmp_path_factory.mktemp("served")
    for path in bundled.torch_folder(data_dir()).iterdir():
        (folder / path.name).symlink_to(path.resolve())
    # This server samples only where the model's own settings say so, whatever temperature it is asked for.
    settings = folder / "generation_config.json"
    changed = json.loads(settings.read_text()) | {"do_sample": True}
    settings.unlink()
    settings.write_text(json.dumps(changed))
    with serving(folder) as url:
        # One request at a time: this server draws all texts from one random stream.
        engine = RemoteGenerator(url, str(folder), parallel=1)
        yield engine
        engine.close()


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """A real OpenAI-compatible server, `transformers serve`, on a free port; yields its base address."""
    port = free_port()
    server = start_server(folder, port, *options)
    try:
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(folder: Path, port: int, *options: str, threads: int = 1) -> subprocess.Popen[bytes]:
    """Returns once it answers. Whoever starts it ends it."""
    program = str(Path(sys.executable).with_name("transformers"))
    where = ["--host", "127.0.0.1", "--port", str(port), "--device", "cpu", "--dtype", "float32"]
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": str(threads), "OMP_WAIT_POLICY": "PASSIVE"}
    server = subprocess.Popen([program, "serve", str(folder), *where, *options], env=environment)
    until = time.monotonic() + SERVER_SECONDS
    try:
        while not _healthy(port):
            assert server.poll() is None, "the model server ended by itself"
            assert time.monotonic() < until, "the model server does not answer"
            time.sleep(0.3)
    except BaseException:
        server.kill()
        server.wait()
        raise
    return server


def _healthy(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200
    except httpx.HTTPError:
        return False


ENGINES: dict[str, Callable[[pytest.TempPathFactory], Iterator[Generator]]] = {
    "fake": fake,
    "torch_local": torch_local,
    "openvino_local": openvino_local,
    "remote": remote,
}


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generator]:
    """Each engine in turn, one in memory at a time."""
    yield from ENGINES[request.param](tmp_path_factory)


@pytest.fixture(scope="module")
def torch_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generator]:
    yield from torch_local(tmp_path_factory)
