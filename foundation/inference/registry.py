"""Which engine does which role in this process. Apps ask for `generator("copy")`, never for a model's name."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foundation.inference import hardware
from foundation.inference.types import Generator, InferenceError
from foundation.inference.whole import restored

ENGINES = ("auto", "openvino", "torch", "remote", "fake")
BUNDLED = "bundled"


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """How to build a role's engine. Two roles with equal specs share one model in memory.

    `model` is `bundled`, a folder, or (torch, remote) the name that the hub or the server knows. `tokens_per_batch`
    bounds a CPU batch of transformers (prompt and new tokens of all its texts); None takes the default.
    `threads` None takes the cores that this process may use.
    """

    engine: str = "auto"
    model: str = BUNDLED
    url: str = ""
    api_key: str = field(default="", repr=False)
    data_dir: Path = Path("var")
    parallel: int = 16
    """Texts that a remote server is asked for at once, over all threads of this process."""
    silence: float = 120.0
    """Seconds for which a remote server may say nothing while it writes."""
    tokens_per_batch: int | None = None
    threads: int | None = None
    adapter: Path | None = None
    """A LoRA adapter merged into the bundled model; of no use to another."""


_lock = threading.RLock()
_roles: dict[str, EngineSpec] = {}
_built: dict[EngineSpec, Generator] = {}


def configure(roles: Mapping[str, EngineSpec]) -> None:
    """Set the engines of all roles; settings call it once. Builds nothing, so it is safe before a fork.

    Raises InferenceError for an engine that does not exist, a remote one without its address, or a local one whose
    model or adapter is a path where nothing is: found out now, not by the first job.
    """
    for role, spec in roles.items():
        if spec.engine not in ENGINES:
            raise InferenceError(f"COPY_ENGINE is {spec.engine!r} for {role!r}; choose one of {', '.join(ENGINES)}.")
        if spec.engine == "remote" and not (spec.url and spec.model):
            raise InferenceError("COPY_ENGINE=remote needs COPY_URL (like http://gpu:8000/v1) and COPY_MODEL.")
        if spec.parallel < 1 or spec.silence <= 0:
            raise InferenceError("COPY_PARALLEL and COPY_TIMEOUT are numbers above 0.")
        if spec.engine not in ("remote", "fake") and _is_path(spec.model) and not Path(spec.model).exists():
            raise InferenceError(
                f"COPY_MODEL is {spec.model!r}, where nothing is: write the folder of a model, its name on the hub, or"
                " bundled."
            )
        if spec.adapter is not None and not restored(spec.adapter).is_dir():
            raise InferenceError(f"COPY_ADAPTER is {str(spec.adapter)!r}, where nothing is: write a folder, or none.")
    with _lock:
        _roles.clear()
        _roles.update(roles)


def _is_path(model: str) -> bool:
    """Unlike a name on the hub, which is `name` or `owner/name`."""
    return model.startswith(("/", ".", "~", "\\")) or model.count("/") > 1 or model.endswith("/")


def generator(role: str) -> Generator:
    """The role's engine, built on the first call: one long-lived engine a process, safe from several threads.

    Call it in the process that does the work, never before a fork: engines hold threads and maybe a GPU.
    Raises InferenceError where the role is not configured or the engine cannot be built.
    """
    with _lock:
        spec = _roles.get(role)
        if spec is None:
            raise InferenceError(f"No engine is configured for {role!r}. Configured: {', '.join(_roles) or 'none'}.")
        if spec not in _built:
            _built[spec] = build(spec)
        return _built[spec]


def close() -> None:
    """Release every engine of this process. The next `generator()` builds anew."""
    with _lock:
        engines = list(_built.values())
        _built.clear()
    for engine in engines:
        engine.close()


def build(spec: EngineSpec) -> Generator:
    """A new engine of a spec, not shared with anybody."""
    engine = hardware.choose_engine() if spec.engine == "auto" else spec.engine
    if spec.engine == "auto" and engine == "openvino" and not _openvino_reads(spec):
        engine = "torch"
    return {"openvino": _openvino, "torch": _torch, "remote": _remote, "fake": _fake}[engine](spec)


def _openvino_reads(spec: EngineSpec) -> bool:
    """OpenVINO takes the bundled model or an exported folder, not a name on the hub."""
    return spec.model == BUNDLED or (Path(spec.model) / "openvino_model.xml").is_file()


def _openvino(spec: EngineSpec) -> Generator:
    from foundation.inference import bundled, openvino_settings
    from foundation.inference.openvino_local import OpenVinoGenerator

    folder = bundled.openvino_folder(spec.data_dir, adapter=spec.adapter) if spec.model == BUNDLED else Path(spec.model)
    return OpenVinoGenerator(folder, openvino_settings.choose(threads=spec.threads))


def _torch(spec: EngineSpec) -> Generator:
    from foundation.inference import bundled
    from foundation.inference.torch_local import TorchGenerator

    model = str(bundled.torch_folder(spec.data_dir, adapter=spec.adapter)) if spec.model == BUNDLED else spec.model
    return TorchGenerator(model, tokens_per_batch=spec.tokens_per_batch, threads=spec.threads)


def _remote(spec: EngineSpec) -> Generator:
    from foundation.inference.remote import RemoteGenerator

    return RemoteGenerator(spec.url, spec.model, api_key=spec.api_key, parallel=spec.parallel, silence=spec.silence)


def _fake(spec: EngineSpec) -> Generator:
    from foundation.inference.fake import FakeGenerator

    return FakeGenerator()
