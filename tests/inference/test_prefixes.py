from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foundation.inference.prefixes import BLOCK, PrefixGate, blocks_of

RULES = list(range(BLOCK * 2))


def test_only_whole_blocks_have_names_and_each_stands_for_all_before_it() -> None:
    assert blocks_of([1] * (BLOCK - 1)) == ()
    assert len(blocks_of([1] * (2 * BLOCK + 5))) == 2
    assert blocks_of([*RULES, 1])[:2] == blocks_of(RULES)
    assert blocks_of([99, *RULES[1:]])[1] != blocks_of(RULES)[1]


def test_a_prompt_waits_for_what_it_shares_and_only_for_that() -> None:
    gate = PrefixGate()
    first, twin, cousin = blocks_of(RULES + [1] * BLOCK), blocks_of(RULES + [1] * BLOCK), blocks_of(RULES + [2] * BLOCK)
    stranger = blocks_of([7] * 3 * BLOCK)
    assert gate.may_start(first)
    gate.started(first)
    assert not gate.may_start(twin)
    assert not gate.may_start(cousin)
    assert gate.may_start(stranger)
    assert gate.may_start(blocks_of([1, 2, 3])), "too short to share a block"
    gate.computed(first)
    assert gate.may_start(twin)
    assert gate.may_start(cousin)
    gate.started(cousin)
    assert gate.may_start(twin), "the rules are computed; the cousin's own part is not the twin's"
    assert not gate.may_start(blocks_of(RULES + [2] * BLOCK))


def test_a_dropped_prompt_keeps_nobody_waiting() -> None:
    gate = PrefixGate()
    gate.started(blocks_of(RULES))
    gate.abandoned(blocks_of(RULES))
    assert gate.may_start(blocks_of(RULES))


@given(st.lists(st.lists(st.integers(0, 1), min_size=1, max_size=4), min_size=1, max_size=12))
def test_everybody_gets_in_at_last(kinds: list[list[int]]) -> None:
    """Whatever is shared, each round reads at least one waiting prompt, so none waits for ever."""
    gate = PrefixGate()
    waiting = [blocks_of([token for kind in one for token in [kind] * BLOCK]) for one in kinds]
    for _ in range(len(kinds)):
        admitted = []
        for blocks in list(waiting):
            if gate.may_start(blocks):
                gate.started(blocks)
                admitted.append(blocks)
                waiting.remove(blocks)
        assert admitted or not waiting
        for blocks in admitted:
            gate.computed(blocks)
    assert not waiting
