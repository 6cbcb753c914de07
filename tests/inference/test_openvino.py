"""What is the OpenVINO engine's own, beyond the contract: one loop for all callers, and a loop that survives."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from foundation.inference import bundled
from foundation.inference.openvino_local import OpenVinoGenerator
from foundation.inference.types import InferenceError
from tests.inference.conftest import ask, data_dir

pytestmark = [pytest.mark.model, pytest.mark.xdist_group("inference"), pytest.mark.timeout(600)]


class Watched:
    """The real pipeline, with what happens before each step in a test's hands."""

    def __init__(self, pipeline: Any, before_step: Any) -> None:
        self._pipeline, self._before_step = pipeline, before_step

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pipeline, name)

    def step(self) -> None:
        self._before_step()
        self._pipeline.step()


@pytest.fixture(scope="module")
def engine() -> Iterator[OpenVinoGenerator]:
    made = OpenVinoGenerator(bundled.openvino_folder(data_dir()))
    yield made
    made.close()


def test_two_callers_share_one_batch(engine: OpenVinoGenerator, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[set[str]] = []

    def look() -> None:
        seen.append({task.request.key[0] for task in engine._running})

    monkeypatch.setattr(engine, "_pipeline", Watched(engine._pipeline, look))
    both = [threading.Thread(target=lambda n=n: list(engine.generate([ask(f"{n}1", max_tokens=40)]))) for n in "ab"]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert {"a", "b"} in seen


def test_a_failed_step_is_each_texts_error_and_the_engine_goes_on(
    engine: OpenVinoGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures = [RuntimeError("no memory for the cache")]

    def fail_once() -> None:
        if failures:
            raise failures.pop()

    monkeypatch.setattr(engine, "_pipeline", Watched(engine._pipeline, fail_once))
    found = list(engine.generate([ask("a"), ask("b", "Title: chair")]))
    assert sorted(one.key for one in found) == ["a", "b"]
    assert all("no memory for the cache" in (one.error or "") for one in found)
    assert next(iter(engine.generate([ask("c")]))).text


def test_candidates_of_one_product_wait_for_the_first_ones_prompt(
    engine: OpenVinoGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: list[int] = []
    monkeypatch.setattr(engine, "_pipeline", Watched(engine._pipeline, lambda: running.append(len(engine._running))))
    text = "Title: a prompt of its own, long enough for a block of the cache. " * 5
    twins = [ask(f"k{n}", text, temperature=0.8, seed=n, max_tokens=6) for n in range(4)]
    assert len(list(engine.generate(twins))) == 4
    assert running[0] == 1
    assert max(running) == 4


def test_a_caller_who_leaves_frees_the_engine(engine: OpenVinoGenerator) -> None:
    pieces = engine.stream(ask(max_tokens=4000))
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    assert next(iter(engine.generate([ask()]))).text
    assert all(task.cancelled for task in engine._running)


def test_a_closed_engine_says_so_and_may_be_closed_again() -> None:
    engine = OpenVinoGenerator(bundled.openvino_folder(data_dir()))
    engine.close()
    engine.close()
    with pytest.raises(InferenceError, match="closed"):
        list(engine.generate([ask()]))


def test_a_folder_without_a_model_is_named(tmp_path) -> None:
    folder = bundled.openvino_folder(data_dir())
    for name in ("tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).symlink_to((folder / name).resolve())
    with pytest.raises(InferenceError, match="no OpenVINO model"):
        OpenVinoGenerator(tmp_path)
