from __future__ import annotations

import threading

import pytest
import torch

from foundation.inference import torch_local
from foundation.inference.torch_decode import draw
from foundation.inference.torch_local import TorchGenerator
from tests.inference.conftest import ask

pytestmark = [pytest.mark.xdist_group("inference"), pytest.mark.timeout(600)]


def test_out_of_memory_halves_the_batch_and_loses_nothing(
    torch_engine: TorchGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    real = torch_local.decode

    def tight(model, rows, *rest):
        sizes.append(len(rows))
        if len(rows) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory (injected)")
        yield from real(model, rows, *rest)

    requests = [ask(f"k{n}", f"Title: mug {n}", max_tokens=3) for n in range(5)]
    expected = {c.key: c.text for c in torch_engine.generate(requests)}
    monkeypatch.setattr(torch_local, "decode", tight)
    monkeypatch.setattr(torch_engine, "tokens_per_batch", torch_engine.tokens_per_batch)
    assert {c.key: c.text for c in torch_engine.generate(requests)} == expected
    assert sizes == [5, 3, 2, 1, 2]


def test_out_of_memory_in_the_middle_of_a_batch_yields_no_text_twice(
    torch_engine: TorchGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = torch_local.decode, [1]

    def breaks(model, rows, *rest):
        for step, stepped in enumerate(real(model, rows, *rest)):
            if step == 2 and failures and failures.pop():
                raise torch.OutOfMemoryError("injected after the short text had ended")
            yield stepped

    requests = [ask("short", "Title: cup", max_tokens=2), *(ask(f"k{n}", f"Title: mug {n}") for n in range(3))]
    expected = {c.key: c.text for c in torch_engine.generate(requests)}
    monkeypatch.setattr(torch_local, "decode", breaks)
    monkeypatch.setattr(torch_engine, "tokens_per_batch", torch_engine.tokens_per_batch)
    found = list(torch_engine.generate(requests))
    assert sorted(c.key for c in found) == sorted(expected)
    assert {c.key: c.text for c in found} == expected


def test_one_text_that_never_fits_is_an_error(torch_engine: TorchGenerator, monkeypatch: pytest.MonkeyPatch) -> None:
    def never_fits(*rest):
        raise torch.OutOfMemoryError("injected")

    monkeypatch.setattr(torch_local, "decode", never_fits)
    monkeypatch.setattr(torch_engine, "tokens_per_batch", 4096)
    found = list(torch_engine.generate([ask("a"), ask("b")]))
    assert {c.key for c in found} == {"a", "b"}
    assert all("more memory" in (c.error or "") for c in found)


def test_another_failure_of_the_model_is_each_texts_error(
    torch_engine: TorchGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*rest):
        raise RuntimeError("device-side assert")

    monkeypatch.setattr(torch_local, "decode", breaks)
    assert [c.error for c in torch_engine.generate([ask()])] == ["The local model failed: device-side assert"]


def test_a_batch_gives_the_texts_of_one_at_a_time(torch_engine: TorchGenerator) -> None:
    """Padding, the shared beginning and rows leaving the batch must not show in the texts."""
    rules = "Write one plain sentence about this product and use only what is known about it, nothing else."
    requests = [ask(f"k{n}", f"{rules}\nTitle: {'blue ' * n}mug", max_tokens=4 + 2 * n) for n in range(4)]
    requests.append(ask("again", requests[2].messages[0].content, max_tokens=8))
    together = {c.key: c.text for c in torch_engine.generate(requests)}
    alone = {r.key: next(iter(torch_engine.generate([r]))).text for r in requests}
    assert together == alone


def test_it_agrees_with_transformers_own_generate(torch_engine: TorchGenerator) -> None:
    request = ask(text="Title: Wool blanket\nMaterial: wool\nSize: 130 cm", max_tokens=16, repetition_penalty=1.1)
    ids = torch.tensor([torch_engine._tokenizer.encode(request.messages)])
    out = torch_engine._model.generate(
        ids, attention_mask=torch.ones_like(ids), max_new_tokens=16, do_sample=False, repetition_penalty=1.1
    )
    expected = torch_engine._tokenizer.decode(out[0, ids.shape[1] :].tolist())
    assert next(iter(torch_engine.generate([request]))).text == expected


def test_drawing_follows_the_probabilities() -> None:
    logits = torch.tensor([[2.0, 1.0, 0.0, -1.0]]).expand(4000, 4)
    one, uniform = torch.ones(4000), torch.linspace(0, 1, 4001)[:-1]
    counts = torch.bincount(draw(logits, one, one, uniform), minlength=4) / 4000
    assert torch.allclose(counts, logits[0].softmax(-1), atol=2e-3)


def test_the_nucleus_keeps_the_likeliest_and_cuts_the_tail() -> None:
    logits = torch.tensor([[0.5, 0.3, 0.15, 0.05]]).log().expand(100, 4)
    one, uniform = torch.ones(100), torch.linspace(0, 0.999, 100)
    assert set(draw(logits, one, torch.full((100,), 0.7), uniform).tolist()) == {0, 1}
    assert set(draw(logits, one, torch.full((100,), 0.1), uniform).tolist()) == {0}
    assert set(draw(logits, torch.full((100,), 0.01), one, uniform).tolist()) == {0}


def test_the_number_of_threads_is_a_setting(torch_engine: TorchGenerator) -> None:
    assert torch.get_num_threads() == 1, "the fixture asks for one"


def test_a_closed_engine_says_so() -> None:
    from foundation.inference.types import InferenceError

    engine = object.__new__(TorchGenerator)
    engine._model, engine._turn = None, threading.Lock()
    with pytest.raises(InferenceError, match="closed"):
        engine._steps([], lambda: False)


def test_a_model_that_is_none_is_named(tmp_path) -> None:
    from foundation.inference.types import InferenceError

    with pytest.raises(InferenceError, match="Check COPY_MODEL"):
        TorchGenerator(str(tmp_path))
