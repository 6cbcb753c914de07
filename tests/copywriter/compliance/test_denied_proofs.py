"""A certificate that the data says the product does not have excuses nothing."""

from __future__ import annotations

import pytest

from copywriter.compliance import Rules
from foundation.evidence import Fact


@pytest.mark.parametrize(
    "fact",
    [
        Fact("attribute:EU Ecolabel", "EU Ecolabel", "No"),
        Fact("attribute:Label", "Label", "no EU Ecolabel"),
        Fact("attribute:Label", "Label", "EU Ecolabel: applied for"),
        Fact("attribute:Label", "Label", "EU Ecolabel (pending)"),
        Fact("attribute:Label", "Label", "Not certified with the EU Ecolabel"),
        Fact("campaign:audience", "For", "EU Ecolabel fans"),
        Fact("campaign:occasion", "Suitable for", "EU Ecolabel week"),
    ],
)
def test_what_the_data_denies_proves_nothing(fact: Fact) -> None:
    assert [one.code for one in Rules(("eu_green",)).breaches("An eco-friendly bowl.", [fact])] == ["eu_green"]


@pytest.mark.parametrize(
    "value", ["EU Ecolabel", "EU Ecolabel, no. 4711", "EU Ecolabel no. 4711", "yes: EU Ecolabel, non-toxic"]
)
def test_what_it_says_still_does(value: str) -> None:
    assert not list(Rules(("eu_green",)).breaches("An eco-friendly bowl.", [Fact("attribute:Label", "Label", value)]))


def test_a_field_that_says_no_is_no_evidence() -> None:
    text, rules = "It is recommended by doctors.", Rules(("eu_doctor",))
    denied = Fact("attribute:Doctors", "Recommended by doctors", "No")
    assert list(rules.breaches(text, [denied]))
    assert not list(rules.breaches(text, [Fact("attribute:Doctors", "Recommended by doctors", "Yes, 2024")]))
