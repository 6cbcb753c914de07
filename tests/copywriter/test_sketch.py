from __future__ import annotations

import random
import subprocess
import sys

import pytest

from copywriter.writing.sketch import ALIKE, SIZE, probes, resemblance, sketch

VASE = "Casa Lume's vase is made of ceramic. It comes in blue. The height is 24 cm. It is made in Italy."
LAMP = "Lumenry's desk lamp is aluminium and runs on USB-C. Its brightness is 600 lm, and it weighs 0.9 kg."


def test_a_text_resembles_itself_and_no_other_one() -> None:
    assert resemblance(sketch(VASE), sketch(VASE)) == 1.0
    assert resemblance(sketch(VASE), sketch(LAMP)) == 0.0
    assert sketch("") == ()
    assert resemblance((), sketch(VASE)) == 0.0


def test_texts_that_differ_in_colour_and_number_only_are_the_same_to_it() -> None:
    other = VASE.replace("blue", "green").replace("24", "30")
    assert resemblance(sketch(VASE), sketch(other)) == 1.0


def test_another_word_costs_little_and_another_sentence_more() -> None:
    word = resemblance(sketch(VASE), sketch(VASE.replace("Italy", "Portugal")))
    sentence = resemblance(sketch(VASE), sketch(VASE.replace("The height is 24 cm.", "Hand wash it, and keep it dry.")))
    assert ALIKE <= word < 1.0
    assert sentence < word


def test_what_is_compared_with_other_things_has_nothing_in_common() -> None:
    assert set(sketch(VASE, "1:description:en")).isdisjoint(sketch(VASE, "2:description:en"))


def test_it_is_short_and_the_same_in_every_process() -> None:
    long = " ".join(f"word{chr(97 + n % 26)} of sentence {chr(97 + n // 26)}x" for n in range(300))
    assert len(sketch(long)) == SIZE
    code = f"from copywriter.writing.sketch import sketch; print(sketch({VASE!r}))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(sketch(VASE))


@pytest.mark.parametrize("least", [0.6, 0.8, 1.0])
def test_what_is_alike_holds_one_of_the_probes_whole(least: float) -> None:
    rng, alike = random.Random(7), 0
    for _n in range(400):
        one = sorted(rng.sample(range(200), rng.randint(1, SIZE)))
        kept = rng.sample(one, rng.randint(len(one) // 2, len(one)))
        other = sorted({*kept, *rng.sample(range(200), rng.randint(0, 6))})[:SIZE]
        if resemblance(one, other) >= least:
            alike += 1
            assert any(set(part) <= set(other) for part in probes(one, least))
    assert alike >= 5
