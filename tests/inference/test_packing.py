from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foundation.inference.prompts import pack, too_long, unusable
from foundation.inference.torch_decode import shared_beginning
from tests.inference.conftest import ask

SIZES = st.lists(st.integers(1, 500), max_size=60)


@given(SIZES, st.integers(1, 2000), st.integers(1, 20))
def test_batches_hold_everything_once_and_stay_within_the_budget(sizes: list[int], budget: int, most: int) -> None:
    batches = list(pack(sizes, lambda size: size, budget, most))
    assert sorted(size for batch in batches for size in batch) == sorted(sizes)
    for batch in batches:
        assert len(batch) <= most
        assert len(batch) == 1 or max(batch) * len(batch) <= budget


@given(st.lists(st.lists(st.integers(0, 1), min_size=18, max_size=40), min_size=2, max_size=5))
def test_what_is_shared_is_the_beginning_of_each_and_never_all_of_one(prompts: list[list[int]]) -> None:
    length = shared_beginning(prompts)
    assert all(prompt[:length] == prompts[0][:length] for prompt in prompts)
    assert length < min(map(len, prompts))
    assert length == 0 or length >= 16


def test_a_prompt_needs_room_for_an_answer() -> None:
    assert too_long(99, 100) is None
    assert "100 tokens, and the model reads 100" in (too_long(100, 100) or "")
    assert too_long(10**6, None) is None


def test_settings_out_of_range_are_named() -> None:
    assert unusable(ask()) is None
    for wrong in ({"temperature": -1.0}, {"top_p": 0.0}, {"top_p": 1.5}, {"repetition_penalty": 0.0}):
        assert "out of range" in (unusable(ask(**wrong)) or "")
