from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from copywriter.compliance import Rules
from copywriter.kinds import DESCRIPTION, KINDS
from copywriter.writing.briefs import Brief
from copywriter.writing.given import digest
from copywriter.writing.guidance import USUAL, Guidance
from foundation.evidence import Fact
from tests.copywriter.mug import MUG

GIVEN = {
    "facts": MUG, "kind": DESCRIPTION, "brief": Brief(), "take": 0, "guided": USUAL, "prompted": "brief-3", "model": "m"
}  # fmt: skip


def test_equal_inputs_are_equal_and_64_digits_long() -> None:
    assert digest(**GIVEN) == digest(**{**GIVEN, "facts": list(MUG), "guided": Guidance()})
    assert len(digest(**GIVEN)) == 64


@pytest.mark.parametrize(
    "other",
    [
        {"facts": MUG[:-1]},
        {"facts": (MUG[1], MUG[0], *MUG[2:])},
        {"facts": (*MUG[:-1], Fact("option:Colour", "Colour", "Blue"))},
        {"kind": KINDS["social"]},
        {"brief": Brief(tone="warm")},
        {"take": 1},
        {"guided": replace(USUAL, audience="students")},
        {"guided": replace(USUAL, language="de")},
        {"guided": replace(USUAL, rules=Rules(avoided=("cheap",)))},
        {"prompted": "brief-4"},
        {"model": "m+1f2e"},
    ],
)
def test_any_other_input_is_another_digest(other: dict[str, object]) -> None:
    assert digest(**GIVEN) != digest(**{**GIVEN, **other})


def test_what_runs_into_each_other_stays_apart() -> None:
    one, two = (Fact("a", "b", "c d"),), (Fact("a", "b c", "d"),)
    assert digest(**{**GIVEN, "facts": one}) != digest(**{**GIVEN, "facts": two})


def test_the_same_in_another_process() -> None:
    """A set has another order in each process; a digest must not."""
    asked = (
        "from copywriter.writing.given import _plain, _dumped; import hashlib;"
        "print(_dumped(_plain({'x': frozenset(['beta', 'alpha', 'gamma', 'delta'])})))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", f"import django; {asked}"],
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(told) == 1
