"""Products with descriptions that their other fields prove, each with a text of its own."""

from __future__ import annotations

from catalog.models import Origin, Product

WOODS = ("oak", "beech", "ash", "maple", "walnut", "cherry", "birch", "elm")


def text(number: int, wood: str) -> str:
    return (
        f"The {wood.title()} Bowl {number} by Harbour is made of {wood}. It holds {300 + number} ml."
        f" Its colour is brown. It comes in small and large."
    )


def make(count: int, first: int = 0, origin: str = Origin.IMPORT, extra: str = "") -> list[Product]:
    """In the scope's shop; `extra` ends each text."""
    made = []
    for number in range(first, first + count):
        wood = WOODS[number % len(WOODS)]
        made.append(
            Product.objects.create(
                key=f"bowl-{number}", title=f"{wood.title()} Bowl {number}", vendor="Harbour",
                attributes={
                    "Material": wood, "Capacity": f"{300 + number} ml", "Colour": "brown", "Size": "small, large",
                },
                description=f"{text(number, wood)} {extra}".strip(), description_origin=origin,
            )
        )  # fmt: skip
    return made
