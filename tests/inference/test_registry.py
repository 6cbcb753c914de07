from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.inference import registry
from foundation.inference.fake import FakeGenerator
from foundation.inference.registry import EngineSpec, configure, generator
from foundation.inference.types import InferenceError


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = dict(registry._roles)
    yield
    registry.close()
    configure(before)


def test_a_role_gets_one_engine_for_all_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(spec: EngineSpec) -> FakeGenerator:
        time.sleep(0.05)
        return FakeGenerator()

    monkeypatch.setattr(registry, "build", slow)
    configure({"copy": EngineSpec("fake"), "chat": EngineSpec("fake")})
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(generator("copy"))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 5
    assert {id(one) for one in found} == {id(generator("chat"))}, "equal specs share one model"


def test_close_lets_the_next_call_build_anew() -> None:
    configure({"copy": EngineSpec("fake")})
    first = generator("copy")
    registry.close()
    assert generator("copy") is not first


def test_an_adapter_that_a_kill_left_beside_its_place_is_brought_back(tmp_path: Path) -> None:
    (tmp_path / "adapter.old").mkdir()
    configure({"copy": EngineSpec("torch", adapter=tmp_path / "adapter")})
    assert (tmp_path / "adapter").is_dir()


def test_an_unknown_role_is_named() -> None:
    configure({"copy": EngineSpec("fake")})
    with pytest.raises(InferenceError, match=r"'chat'.*copy"):
        generator("chat")


def test_wrong_settings_are_refused_at_once() -> None:
    with pytest.raises(InferenceError, match="choose one of"):
        configure({"copy": EngineSpec("gpt")})
    with pytest.raises(InferenceError, match="COPY_URL"):
        configure({"copy": EngineSpec("remote", model="m")})


@pytest.mark.parametrize("model", ["/nope/model", "./nope", "../nope/model", "~/nope", "models/of/mine", "nope/"])
@pytest.mark.parametrize("engine", ["auto", "torch", "openvino"])
def test_a_path_where_no_model_is_is_refused_at_once(engine: str, model: str) -> None:
    with pytest.raises(InferenceError, match=r"COPY_MODEL is .*where nothing is"):
        configure({"copy": EngineSpec(engine, model=model)})


def test_a_folder_a_name_on_the_hub_and_a_remote_servers_path_are_taken(tmp_path: Path) -> None:
    configure({"copy": EngineSpec("torch", model=str(tmp_path)), "chat": EngineSpec("torch", model="owner/name")})
    configure({"copy": EngineSpec("remote", model="/models/theirs", url="http://gpu:8000/v1")})


def test_the_key_is_not_in_what_gets_printed() -> None:
    assert "geheim" not in repr(EngineSpec("remote", api_key="geheim"))


def test_a_hub_model_on_a_cpu_goes_to_transformers(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []
    monkeypatch.setattr(registry.hardware, "choose_engine", lambda: "openvino")
    for name in ("_torch", "_openvino"):
        monkeypatch.setattr(registry, name, lambda spec, name=name: built.append(name))
    registry.build(EngineSpec("auto", model="Qwen/Qwen3-0.6B"))
    registry.build(EngineSpec("auto"))
    assert built == ["_torch", "_openvino"]


def test_configuring_loads_no_engine() -> None:
    code = (
        "import sys; from foundation.inference import registry, hardware, build, bundled; "
        "registry.configure({'copy': registry.EngineSpec()}); hardware.choose_engine(); "
        "sys.exit(bool({'torch', 'transformers', 'openvino', 'openvino_genai', 'django'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
