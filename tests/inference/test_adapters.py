"""What an adapter adds to the weights, and that both engines' files get it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from foundation.inference import bundled
from foundation.inference.adapters import CONFIG, WEIGHTS, AdapterDamaged, checksum, deltas, fitting, for_gguf, seal
from foundation.inference.gguf_files import attention_heads, requantise_to_q8
from tests.inference.conftest import data_dir

HEADS, HEADS_KV, WIDTH = 9, 3, 576
QUERY, KEY, DOWN = (
    "model.layers.0.self_attn.q_proj.weight",
    "model.layers.1.self_attn.k_proj.weight",
    "model.layers.29.mlp.down_proj.weight",
)
SHAPES = {QUERY: (WIDTH, WIDTH), KEY: (192, WIDTH), DOWN: (WIDTH, 1536)}


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    """Of rank 4, written as peft writes it."""
    from safetensors.numpy import save_file

    rng = np.random.default_rng(3)
    tensors = {}
    for name, (rows, columns) in SHAPES.items():
        module = f"base_model.model.{name.removesuffix('.weight')}"
        tensors[f"{module}.lora_A.weight"] = rng.normal(0, 0.1, (4, columns)).astype(np.float16)
        tensors[f"{module}.lora_B.weight"] = rng.normal(0, 0.1, (rows, 4)).astype(np.float16)
    folder = tmp_path / "adapter"
    folder.mkdir()
    save_file(tensors, folder / WEIGHTS)
    (folder / CONFIG).write_text(json.dumps({"peft_type": "LORA", "r": 4, "lora_alpha": 8}), encoding="utf-8")
    return folder


def test_a_delta_is_what_peft_merges(adapter: Path, tmp_path: Path) -> None:
    import torch
    from peft import LoraConfig, get_peft_model, set_peft_model_state_dict
    from safetensors.torch import load_file

    class Attention(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.q_proj = torch.nn.Linear(WIDTH, WIDTH, bias=False)

    model = torch.nn.Module()
    model.model = torch.nn.Module()
    layer = torch.nn.Module()
    layer.self_attn = Attention()
    model.model.layers = torch.nn.ModuleList([layer])
    before = layer.self_attn.q_proj.weight.detach().clone()
    wrapped = get_peft_model(model, LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj"]))
    state = {name: value.float() for name, value in load_file(adapter / WEIGHTS).items() if "layers.0." in name}
    set_peft_model_state_dict(wrapped, state)
    merged = wrapped.merge_and_unload().model.layers[0].self_attn.q_proj.weight.detach()
    np.testing.assert_allclose((merged - before).numpy(), deltas(adapter)[QUERY](), atol=1e-5)


def test_rows_of_query_and_key_are_put_as_gguf_has_them(adapter: Path) -> None:
    """Against transformers, which puts them back when it reads such a file."""
    from transformers.modeling_gguf_pytorch_utils import LlamaTensorProcessor

    plain = deltas(adapter)
    put = for_gguf(plain, HEADS, HEADS_KV)
    assert set(put) == {"blk.0.attn_q.weight", "blk.1.attn_k.weight", "blk.29.ffn_down.weight"}
    back = LlamaTensorProcessor()._reverse_permute_weights
    np.testing.assert_array_equal(back(put["blk.0.attn_q.weight"](), HEADS, HEADS), plain[QUERY]())
    np.testing.assert_array_equal(back(put["blk.1.attn_k.weight"](), HEADS, HEADS_KV), plain[KEY]())
    np.testing.assert_array_equal(put["blk.29.ffn_down.weight"](), plain[DOWN]())


def test_the_openvino_file_carries_it(adapter: Path, tmp_path: Path) -> None:
    import gguf

    source = bundled.source_path()
    assert attention_heads(source) == (HEADS, HEADS_KV)
    plain, taught = (
        {tensor.name: tensor for tensor in gguf.GGUFReader(str(folder / bundled.GGUF_FILE)).tensors}
        for folder in (bundled.openvino_folder(data_dir()), bundled.openvino_folder(tmp_path, adapter=adapter))
    )
    added = for_gguf(deltas(adapter), HEADS, HEADS_KV)
    for name in ("blk.0.attn_q.weight", "blk.29.ffn_down.weight", "blk.5.attn_q.weight"):
        before, after = (gguf.quants.dequantize(file[name].data, file[name].tensor_type) for file in (plain, taught))
        wanted = added[name]() if name in added else np.zeros_like(before)
        # 8 bits keep a 127th of a block's largest value; the deltas' own spread is 0.04.
        assert float(np.sqrt(np.mean((after - before - wanted) ** 2))) < (0.008 if name in added else 1e-9), name
    (home,) = (tmp_path / "models").iterdir()
    assert home.name == f"{bundled.NAME}-{checksum(adapter)[:12]}"


def test_another_adapter_is_another_model(adapter: Path) -> None:
    first = checksum(adapter)
    (adapter / CONFIG).write_text(json.dumps({"peft_type": "LORA", "r": 4, "lora_alpha": 4}), encoding="utf-8")
    assert checksum(adapter) != first


@pytest.mark.parametrize(
    "config", [{"peft_type": "IA3"}, {"peft_type": "LORA", "r": 4, "lora_alpha": 8, "use_dora": 1}]
)
def test_another_kind_of_adapter_is_refused(adapter: Path, config: dict) -> None:
    (adapter / CONFIG).write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(AdapterDamaged, match="no plain LoRA"):
        deltas(adapter)


def test_a_changed_file_is_found_out(adapter: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sealed"
    shutil.copytree(adapter, folder)
    seal(folder)
    assert checksum(folder) == checksum(adapter)
    (folder / WEIGHTS).write_bytes((folder / WEIGHTS).read_bytes() + b"x")
    with pytest.raises(AdapterDamaged, match="SHA256SUMS"):
        checksum(folder)


def test_a_missing_file_is_named(adapter: Path) -> None:
    (adapter / WEIGHTS).unlink()
    with pytest.raises(AdapterDamaged, match=WEIGHTS):
        checksum(adapter)


def _tampered(folder: Path, **tensors: np.ndarray | None) -> None:
    """The adapter's weights with some of another kind; None leaves one out."""
    from safetensors.numpy import load_file, save_file

    prefix = "base_model.model.model.layers.0.self_attn.q_proj."
    changed = load_file(folder / WEIGHTS) | {prefix + name.replace("__", "."): one for name, one in tensors.items()}
    save_file({name: one for name, one in changed.items() if one is not None}, folder / WEIGHTS)


@pytest.mark.parametrize(
    ("tensors", "reason"),
    [
        ({"lora_A__weight": np.full((4, WIDTH), np.nan, np.float16)}, "no number"),
        ({"lora_B__weight": np.full((WIDTH, 4), np.inf, np.float16)}, "no number"),
        ({"lora_A__weight": np.zeros((5, WIDTH), np.float16)}, "rank 4"),
        ({"lora_A__weight": np.zeros(4, np.float16)}, "rank 4"),
        ({"lora_B__weight": None}, "other half"),
        ({"weight": np.zeros((WIDTH, WIDTH), np.float16)}, "no LoRA matrix"),
        ({"lora_magnitude_vector": np.zeros(WIDTH, np.float16)}, "no LoRA matrix"),
    ],
)
def test_weights_that_would_be_merged_wrongly_are_refused(
    adapter: Path, tensors: dict[str, np.ndarray | None], reason: str
) -> None:
    _tampered(adapter, **tensors)
    with pytest.raises(AdapterDamaged, match=reason):
        deltas(adapter)


@pytest.mark.parametrize("content", [b"", b"\x80\x04garbage", b"\xff" * 100])
def test_a_file_that_is_no_safetensors_is_refused(adapter: Path, content: bytes) -> None:
    (adapter / WEIGHTS).write_bytes(content)
    with pytest.raises(AdapterDamaged, match="no safetensors file"):
        deltas(adapter)


@pytest.mark.parametrize(
    "config",
    [
        "", "[]", "{", '{"peft_type": "LORA", "r": 0, "lora_alpha": 8}', '{"peft_type": "LORA", "r": 4}',
        '{"peft_type": "LORA", "r": "4", "lora_alpha": 8}', '{"peft_type": "LORA", "r": 4, "lora_alpha": NaN}',
        '{"peft_type": "LORA", "r": 4, "lora_alpha": 1e308}',
        '{"peft_type": "LORA", "r": 4, "lora_alpha": 8, "use_rslora": true}',
    ],
)  # fmt: skip
def test_a_configuration_that_is_none_is_refused(adapter: Path, config: str) -> None:
    (adapter / CONFIG).write_text(config, encoding="utf-8")
    with pytest.raises(AdapterDamaged):
        deltas(adapter)


@pytest.mark.parametrize("sums", [b"", b"\xff\xfe", b"0" * 64 + b"  adapter_config.json\n"])
def test_a_list_of_sums_that_names_not_both_files_is_refused(adapter: Path, sums: bytes) -> None:
    (adapter / "SHA256SUMS").write_bytes(sums)
    with pytest.raises(AdapterDamaged, match="does not name"):
        checksum(adapter)


def test_sums_of_binary_mode_are_read(adapter: Path) -> None:
    seal(adapter)
    sums = (adapter / "SHA256SUMS").read_text(encoding="utf-8")
    (adapter / "SHA256SUMS").write_text(sums.replace("  ", " *"), encoding="utf-8")
    assert len(checksum(adapter)) == 64
    (adapter / "SHA256SUMS").write_text(f"{'0' * 64} *./{CONFIG}\n{'0' * 64} *./{WEIGHTS}\n", encoding="utf-8")
    with pytest.raises(AdapterDamaged, match="SHA256SUMS"):
        checksum(adapter)


@pytest.mark.parametrize(
    ("layer", "width"), [("model.layers.99.self_attn.q_proj", WIDTH), ("model.layers.0.self_attn.q_proj", 7)]
)
def test_an_adapter_of_another_model_is_not_merged(tmp_path: Path, layer: str, width: int) -> None:
    added = for_gguf({f"{layer}.weight": lambda: np.zeros((WIDTH, width), np.float32)}, HEADS, HEADS_KV)
    with pytest.raises(AdapterDamaged, match="of another model"):
        requantise_to_q8(bundled.source_path(), tmp_path / "model.gguf", added)


def test_a_matrix_fits_or_is_refused() -> None:
    assert fitting(lambda: np.ones((2, 3)), "weight", (2, 3)).sum() == 6
    for shape in ((3, 2), (1, 1), None):
        with pytest.raises(AdapterDamaged, match="of another model"):
            fitting(lambda: np.ones((2, 3)), "weight", shape)
