"""The artefact: what is kept of a training, and that damage is told before it decides anything."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from foundation.inference.sentiment import difference
from foundation.inference.sentiment.difference import Config, DifferenceDamaged

CONFIG = Config("tiny", "00", rank=2, temperature=1.25)


def weights(seed: int) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(seed)
    return {"a.weight": chance.normal(size=(6, 8)).astype("float32"), "a.bias": np.zeros(6, dtype="float32")}


def taught(before: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """A change of rank two, and of a vector."""
    chance = np.random.default_rng(9)
    change = chance.normal(size=(6, 2)) @ chance.normal(size=(2, 8))
    return {"a.weight": before["a.weight"] + change.astype("float32"), "a.bias": before["a.bias"] + 0.5}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    before = weights(1)
    head = {"weight": np.ones((5, 6), dtype="float32"), "bias": np.arange(5, dtype="float32")}
    difference.write(tmp_path / "model", CONFIG, difference.shortened(before, taught(before), 2), head)
    return tmp_path / "model"


def test_what_was_learnt_comes_back(written: Path) -> None:
    config, tensors = difference.read(written)
    assert config == CONFIG
    found = difference.added(weights(1), tensors)
    for name, value in taught(weights(1)).items():
        assert np.allclose(found[name], value, atol=0.01), name
    assert difference.head_of(tensors)["bias"].tolist() == [0, 1, 2, 3, 4]


def test_the_largest_part_of_a_change_is_what_is_kept() -> None:
    before = weights(1)
    short = difference.added(before, difference.shortened(before, taught(before), 1))
    whole = taught(before)["a.weight"] - before["a.weight"]
    lost = np.linalg.norm(short["a.weight"] - taught(before)["a.weight"])
    assert lost == pytest.approx(np.linalg.svd(whole)[1][1], rel=0.02)


def test_what_did_not_change_takes_no_room() -> None:
    assert difference.shortened(weights(1), weights(1), 2) == {}


def test_damage_is_told(written: Path) -> None:
    (written / difference.WEIGHTS).write_bytes(b"spoilt")
    with pytest.raises(DifferenceDamaged, match=r"difference\.safetensors is missing or not what SHA256SUMS"):
        difference.read(written)


def test_a_missing_list_is_told(written: Path) -> None:
    (written / difference.SUMS).unlink()
    with pytest.raises(DifferenceDamaged, match="SHA256SUMS is missing"):
        difference.read(written)


def test_another_format_is_told(written: Path) -> None:
    told = json.loads((written / difference.CONFIG).read_text()) | {"format": 99}
    (written / difference.CONFIG).write_text(json.dumps(told))
    sums = [f"{difference.digest(written / n)}  {n}\n" for n in (difference.CONFIG, difference.WEIGHTS)]
    (written / difference.SUMS).write_text("".join(sums))
    with pytest.raises(DifferenceDamaged, match="format 99"):
        difference.read(written)


def test_another_encoder_is_told(written: Path) -> None:
    _config, tensors = difference.read(written)
    with pytest.raises(DifferenceDamaged, match="another encoder"):
        difference.added({"a.weight": np.zeros((3, 3), dtype="float32")}, tensors)
    with pytest.raises(DifferenceDamaged, match="nothing can be done with"):
        difference.added(weights(1), {"a.weight.left": tensors["a.weight.left"]})
