"""The example sentences that the model is shown, by the sort of sentence; they carry the style.

`{It}` is the product: a pronoun, or its name in the first sentence of a text. Verbs in braces follow its number.
"""

from __future__ import annotations

from functools import lru_cache

from copywriter.grouping import ABOUT, BRAND, DETAIL, DONE, FEATURE, HAS, MATERIAL, MEASURE, NOTE, OPTIONS, SAYS

HAT, SOCK, LAMP, KNIFE = (
    ("Oslo Wool Beanie", "Oslo Wool Beanies"), ("Trail Sock", "Trail Socks"), ("Luna Lamp", "Luna Lamps"),
    ("Bread Knife", "Bread Knives"),
)  # fmt: skip
RUG, KETTLE, TORCH, BENCH = (
    ("Picnic Blanket", "Picnic Blankets"), ("Travel Kettle", "Travel Kettles"), ("Pocket Torch", "Pocket Torches"),
    ("Garden Bench", "Garden Benches"),
)  # fmt: skip
Example = tuple[tuple[str, str], str, str]
_EXAMPLES: dict[str, tuple[Example, ...]] = {
    ABOUT: (
        (HAT, "Brand: Fjordline\nType: Hats", "{It} {is} {a}hat{s} by Fjordline."),
        (LAMP, "Type: Table lamps", "{It} {is} {a}table lamp{s}."),
        (BENCH, "Brand: Harrow\nType: Outdoor furniture", "{It} by Harrow {is} outdoor furniture."),
    ),
    BRAND: (
        (HAT, "Brand: Fjordline", "{It} {is} made by Fjordline."),
        (SOCK, "Brand: Merrow & Daughters", "{It} {is} made by Merrow & Daughters."),
        (KNIFE, "Brand: Harrow", "{It} {is} made by Harrow."),
    ),
    MATERIAL: (
        (HAT, "Material: merino wool\nColour: grey", "{It} {is} made of merino wool and {comes} in grey."),
        (SOCK, "Material: 80% cotton, 20% nylon", "{It} {is} made of 80% cotton and 20% nylon."),
        (KNIFE, "Blade: carbon steel\nHandle: beech", "{It} {has} a carbon steel blade and a beech handle."),
        (KETTLE, "Material: steel base, walnut lid", "{It} {has} a steel base and a walnut lid."),
    ),
    MEASURE: (
        (KETTLE, "Capacity: 0.8 l\nWeight: 1.1 kg", "{It} {holds} 0.8 l and {weighs} 1.1 kg."),
        (SOCK, "Height: 18 cm", "{It} {has} a height of 18 cm."),
        (RUG, "Dimensions: 150 x 200 cm", "{It} {measures} 150 x 200 cm."),
        (TORCH, "Beam distance: 90 m\nBattery life: 12 hours",
         "{It} {has} a beam distance of 90 m and a battery life of 12 hours."),
    ),
    OPTIONS: (
        (LAMP, "Colour: Green, Purple, Black", "Choose from green, purple and black."),
        (SOCK, "Size: S, M, L", "{It} {is} available in the sizes S, M and L."),
        (RUG, "Pattern: Dots, Stripes", "Choose from the patterns dots and stripes."),
        (HAT, "Size: Kids, Adult", "{It} {is} available in the sizes kids and adult."),
    ),
    FEATURE: (
        (KETTLE, "Foldable: yes", "{It} {is} foldable."),
        (SOCK, "Machine washable: yes\nSeamless: yes", "{It} {is} machine washable and seamless."),
        (TORCH, "Battery included: yes", "A battery is included."),
    ),
    DETAIL: (
        (RUG, "Description: Large checked blanket with waterproof back",
         "{It} {is} {a}large checked blanket{s} with a waterproof back."),
        (SOCK, "Description: Mid-height sock featuring reinforced heel",
         "{It} {is} {a}mid-height sock{s} featuring a reinforced heel."),
        (BENCH, "Description: Garden bench, for two", "{It} {is} {a}garden bench{es} for two."),
        (KETTLE, "Description: Compact kettle", "{It} {is} {a}compact kettle{s}."),
    ),
    HAS: (
        (RUG, "Description: Waterproof back and carrying strap.", "{It} {has} a waterproof back and a carrying strap."),
        (SOCK, "Description: Reinforced heels", "{It} {has} reinforced heels."),
        (BENCH, "Features: folding side tables, cup holder, wide arms",
         "{It} {has} folding side tables, a cup holder and wide arms."),
    ),
    DONE: (
        (RUG, "Description: Woven in Wales with a herringbone pattern",
         "{It} {is} woven in Wales with a herringbone pattern."),
        (SOCK, "Description: Perfect for long walks.", "{It} {is} perfect for long walks."),
        (BENCH, "Features: painted, weather-resistant", "{It} {is} painted and weather-resistant."),
        (KNIFE, "Features: dishwasher safe", "{It} {is} dishwasher safe."),
    ),
    SAYS: (
        (KNIFE, "Description: The handle is riveted.", "The handle is riveted."),
        (SOCK, "Description: Keeps toes dry on long walks.", "{It} {keeps} toes dry on long walks."),
        (TORCH, "Features: comes with a belt clip and two filters",
         "{It} {comes} with a belt clip and two filters."),
        (BENCH, "Description: This bench can be left outside.", "{It} can be left outside."),
    ),
    NOTE: (
        (KETTLE, "Power supply: dual voltage", "{Its} power supply is dual voltage."),
        (SOCK, "Suitable for: winter", "{It} {is} suitable for winter."),
        (KNIFE, "Care: hand wash only", "{Its} care instructions are hand wash only."),
        (HAT, "Country of origin: Norway", "{Its} country of origin is Norway."),
        (LAMP, "Box contents: lamp, two cables", "{Its} box contents are the lamp and two cables."),
        (TORCH, "Modes: 4", "The number of modes is 4."),
    ),
}  # fmt: skip
_ONE = {
    "is": "is", "has": "has", "comes": "comes", "holds": "holds", "weighs": "weighs", "measures": "measures",
    "keeps": "keeps", "a": "a ", "s": "", "es": "", "It": "It", "Its": "Its",
}  # fmt: skip
_MANY = {
    "is": "are", "has": "have", "comes": "come", "holds": "hold", "weighs": "weigh", "measures": "measure",
    "keeps": "keep", "a": "", "s": "s", "es": "es", "It": "They", "Its": "Their",
}  # fmt: skip


@lru_cache(maxsize=64)
def examples(kind: str, plural: bool, named: bool) -> tuple[tuple[str, str], ...]:
    """Pairs of facts and sentence; `named` puts the product's name in the place of its pronoun."""
    shown: list[tuple[str, str]] = []
    for names, facts, sentence in _EXAMPLES[kind]:
        name, forms = names[plural], dict(_MANY if plural else _ONE)
        if named:
            forms |= {"It": f"The {name}", "Its": f"The {name}{chr(39) if plural else chr(39) + 's'}"}
        shown.append((f"Product: {name}\n{facts}", sentence.format(**forms)))
    return tuple(shown)
