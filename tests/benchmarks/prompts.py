"""Realistic product prompts for benchmarks: made here, so that a figure needs no shop's data."""

from __future__ import annotations

from itertools import product

from foundation.inference.types import Message, Request

SYSTEM = (
    "You write product descriptions for an online shop. Use only the facts given. "
    "Write one short paragraph of plain sentences. Do not invent numbers, materials, places or certificates."
)
KINDS = (
    ("Wool Blanket", "Home", "Northmoor", "100% wool", "130 x 180 cm", "Woven throw with fringed ends"),
    (
        "Enamel Mug",
        "Kitchen",
        "Campfire & Co",
        "enamelled steel",
        "350 ml",
        "Camping mug with a rolled rim",
    ),
    ("Canvas Backpack", "Bags", "Trailhead", "waxed cotton canvas", "22 l", "Roll-top backpack with a laptop sleeve"),
    (
        "Desk Lamp",
        "Lighting",
        "Lumen Works",
        "aluminium",
        "48 cm",
        "Adjustable lamp with a dimmer, warm white LED",
    ),
    (
        "Chef's Knife",
        "Kitchen",
        "Edge & Oak",
        "carbon steel, oak handle",
        "20 cm blade",
        "For meat and vegetables",
    ),
    ("Linen Shirt", "Clothing", "Harbour", "linen", "S, M, L, XL", "Long-sleeved shirt with a chest pocket"),
    ("Yoga Mat", "Sport", "Stillwater", "natural rubber", "183 x 61 cm, 5 mm", "Non-slip, with a carrying strap"),
    (
        "Ceramic Planter",
        "Garden",
        "Fern & Clay",
        "glazed stoneware",
        "18 cm",
        "With a drainage hole and a saucer",
    ),
)
COLOURS = ("navy", "forest green", "charcoal", "cream", "mustard", "rust", "slate blue", "black")


def requests(count: int = 64, max_tokens: int = 120) -> list[Request]:
    """`count` different products (64 at most), greedy, each a system rule and the product's fields."""
    pairs = [(kind, colour) for colour, kind in product(COLOURS, KINDS)][:count]
    return [_request(n, kind, colour, max_tokens) for n, (kind, colour) in enumerate(pairs)]


def _request(number: int, kind: tuple[str, ...], colour: str, max_tokens: int) -> Request:
    title, category, vendor, material, size, about = kind
    facts = (
        f"Title: {vendor} {title}, {colour}\nCategory: {category}\nVendor: {vendor}\nMaterial: {material}\n"
        f"Size: {size}\nColour: {colour}\nNotes: {about}\nSKU: {vendor[:3].upper()}-{number:04d}"
    )
    user = f"Facts about the product:\n{facts}\n\nWrite the product description."
    return Request(key=str(number), messages=(Message("system", SYSTEM), Message("user", user)), max_tokens=max_tokens)
