"""One product that several tests tell of."""

from __future__ import annotations

from foundation.evidence import Fact

MUG = (
    Fact("title", "Title", "Ceramic Coffee Mug"),
    Fact("vendor", "Brand", "Northwind"),
    Fact("attribute:Material", "Material", "stoneware"),
    Fact("attribute:Capacity", "Capacity", "350 ml"),
    Fact("option:Colour", "Colour", "Blue, Red"),
)
