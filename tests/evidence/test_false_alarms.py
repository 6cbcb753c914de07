"""True sentences that were once refused, each beside a false one of the same sheet that must stay refused."""

from __future__ import annotations

import pytest

from foundation.evidence import Fact, check
from foundation.evidence.sentences import spans

TITLE = ("Product", "Item")


def backed(text: str, *rows: tuple[str, str]) -> bool:
    facts = [
        Fact(label.lower() if label in ("Title", "Type") else f"attribute:{label}", label, value)
        for label, value in rows
    ]
    return all(sentence.backed for sentence in check(text, (Fact("title", *TITLE), *facts)).sentences)


def hold(true: str, false: str, *rows: tuple[str, str]) -> None:
    assert backed(true, *rows), f"refused: {true}"
    assert not backed(false, *rows), f"passed: {false}"


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Noise", "under 45 dB", "Its noise is under 45 dB.", "Its noise is under 40 dB."),
        ("Noise", "< 45 dB", "Its noise is below 45 dB.", "Its noise is over 45 dB."),
        ("Storage", "below 5 °C", "Storage is below 5 °C.", "Storage is above 5 °C."),
        ("Age", "over 100 years", "Its age is over 100 years.", "Its age is over 120 years."),
        ("Age", "more than 100 years", "Its age is over 100 years.", "Its age is under 100 years."),
        ("Load", "up to 20 kg", "It takes a load up to 20 kg.", "It takes a load over 20 kg."),
        ("Weight", "45 g", "It weighs less than 50 g.", "It weighs less than 45 g."),
    ],
)
def test_a_bound_that_the_sheet_gives(label: str, value: str, true: str, false: str) -> None:
    hold(true, false, (label, value))


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Load capacity", "100 kg", "It has a load capacity of 100 kg.", "It has a weight of 100 kg."),
        ("Maximum load capacity", "100 kg", "Its load capacity is 100 kg.", "It has a load capacity of 110 kg."),
        (
            "Dimensions (W x D x H)",
            "180 x 40 x 48 cm",
            "It measures 180 x 40 x 48 cm.",
            "It measures 180 x 40 x 50 cm.",
        ),
        ("Outer size", "180 x 40 cm", "It measures 180 x 40 cm.", "It measures 180 x 48 cm."),
        ("Size", "180 x 40 cm", "The item measures 180 x 40 cm.", "The item measures 180 g."),
        ("Dimensions (W x D x H)", "60 x 30 x 72 cm", "It is 60 cm wide.", "It is 30 cm wide."),
        ("Dimensions (W x D x H)", "60 x 30 x 72 cm", "It is 72 cm high.", "It is 60 cm high."),
        ("Dimensions (W x D x H)", "60 x 30 x 72 cm", "It has a depth of 30 cm.", "It has a width of 72 cm."),
        ("Size (L x W)", "90 x 20 mm", "It is 90 mm long and 20 mm wide.", "It is 20 mm long and 90 mm wide."),
        ("Dimensions", "60 x 30 x 72 cm", "It measures 60 x 30 x 72 cm.", "It is 60 cm wide."),
    ],
)
def test_capacities_and_sides(label: str, value: str, true: str, false: str) -> None:
    hold(true, false, (label, value))


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Pack of", "24", "It comes in a pack of 24.", "It comes in a pack of 12."),
        ("Cards", "12 small cards", "It has 12 small cards.", "It has 10 small cards."),
        ("Shelves", "4, adjustable", "It has 4 adjustable shelves.", "It has 5 adjustable shelves."),
        ("Shelves", "4, adjustable", "It has four shelves.", "It has four adjustable drawers."),
        ("Contents", "3 baby bodysuits, 2 bibs", "It contains three bodysuits.", "It contains two bodysuits."),
        ("Contents", "3 bodysuits for a baby, 2 bibs", "It has three baby bodysuits.", "It has two baby bodysuits."),
        ("Drawers", "2 in steel", "It has two steel drawers.", "It has three steel drawers."),
    ],
)
def test_what_is_counted_behind_an_adjective(label: str, value: str, true: str, false: str) -> None:
    hold(true, false, (label, value))


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Free from", "soy, gluten", "It is free from soy and gluten.", "It contains soy and gluten."),
        ("Free from", "soy, gluten", "It is free from gluten.", "It is free from nuts."),
        ("Made without", "parabens", "It is made without parabens.", "It is made with parabens."),
        ("No added", "salt", "It has no added salt.", "It has added salt."),
        ("Scented", "No", "It is unscented.", "It is scented."),
        ("Microwave", "Not suitable", "It is not suitable for the microwave.", "It is suitable for the microwave."),
        ("Assembly", "None required", "No assembly is required.", "It needs assembly."),
        ("Assembly", "None required", "There is no assembly required.", "Assembly is required."),
        ("Batteries", "None needed", "No batteries are needed.", "Batteries are needed."),
        ("Tools", "Not required", "No tools are required.", "Tools are required."),
        ("Excludes", "serrated blades", "It excludes serrated blades.", "It includes serrated blades."),
        ("Excludes", "serrated blades", "It is not for serrated blades.", "It is for serrated blades."),
        ("Not for", "glass hobs", "It is not for glass hobs.", "It is for glass hobs."),
        ("Title", "No-Show Cotton Socks", "These are No-Show Cotton Socks.", "These are No-Show Wool Socks."),
        ("Title", "No-Show Cotton Socks", "The socks are cotton.", "The socks have no cotton."),
        ("Title", "Mess No More Paint Mat", "The Mess No More paint mat.", "The paint mat is no mat for paint."),
    ],
)
def test_what_a_label_denies(label: str, value: str, true: str, false: str) -> None:
    hold(true, false, (label, value))


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Washable", "Machine washable at 30 °C", "It is machine washable.", "It is dishwasher safe."),
        (
            "Washable",
            "Machine washable at 30 °C",
            "It is machine washable at 30 °C.",
            "It is machine washable at 40 °C.",
        ),
        ("Scent", "Unscented", "It is unscented.", "It is scented."),
        ("Scent", "Pine", "It has a scent of pine.", "It is made of pine."),
        ("Finish", "Antique bronze", "It has an antique bronze finish.", "It has a polished brass finish."),
        ("Lining", "White cotton", "It has a lining of white cotton.", "It is made of white cotton."),
        ("Lining", "White cotton", "It has a white cotton lining.", "It has a black cotton lining."),
    ],
)
def test_a_label_and_its_value_in_one_phrase(label: str, value: str, true: str, false: str) -> None:
    hold(true, false, (label, value))


@pytest.mark.parametrize(
    ("title", "true", "false"),
    [
        ("PL-2 Data Recorder", "The PL-2 records data.", "The PL-3 records data."),
        ("GL-2 Gasket", "The GL-2 gasket fits.", "The GL-4 gasket fits."),
        ("FS-60 Foot Spa", "The FS-60 foot spa.", "The FS-80 foot spa."),
        ("FS-60 Foot Spa", "This is the FS-60.", "This is 60 feet."),
        ("Brenner 700 Jacket", "The Brenner 700 is a jacket.", "The Brenner 900 is a jacket."),
    ],
)
def test_codes_of_models(title: str, true: str, false: str) -> None:
    hold(true, false, ("Title", title))


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Size", "180x200 cm", "It measures 180 x 200 cm.", "It measures 180 x 220 cm."),
        ("Bottles", "15 x 150 ml", "It contains 15 bottles of 150 ml.", "It contains 12 bottles of 150 ml."),
        ("Screen", "6.9 in", "It has a screen of 6.9 in and a case.", "It has a screen of 6.1 in and a case."),
        ("Blade", "3 in", "The blade is 3 in with a case.", "The blade is 4 in with a case."),
        ("Woofers", "2 x 3 inch", "It has two 3 inch woofers.", "It has two 4 inch woofers."),
        ("Frame", "D/1 180 x 265 mm", "Its frame is 180 x 265 mm.", "Its frame is 1180 x 265 mm."),
        ("Print", 'from the 1965" edition', "The print is from 1965.", "The print is from 1956."),
    ],
)
def test_ways_to_write_dimensions(label: str, value: str, true: str, false: str) -> None:
    if label in ("Contents", "Screen", "Blade"):
        hold(true, false, (label, value), ("Case", "Bottles with a case"))
    else:
        hold(true, false, (label, value))


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Returns", "Let us know within 30 days", "Let us know within 30 days.", "It is made in the US."),
        ("Tilt", "Tilts up and down", "It tilts up and down.", "It is filled with down."),
        ("Reach", "2 m", "It reaches 2 m.", "It has the certificate REACH."),
        ("Plate", "Brass name plate", "It has a brass name plate.", "It has a steel name plate."),
    ],
)
def test_words_with_two_meanings(label: str, value: str, true: str, false: str) -> None:
    hold(true, false, (label, value))


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Washable", "Yes", "Yes, it is washable.", "Yes."),
        ("Washable", "No", "No, it is not washable.", "No, here is the sentence."),
        ("Input", "100-240 V", "Input: 100–240 V.", "Input: brass item."),
    ],
)
def test_answers_and_technical_labels_are_about_the_product(label: str, value: str, true: str, false: str) -> None:
    hold(true, false, (label, value))


@pytest.mark.parametrize(
    "text",
    ["The speed is 8 m/min. Its cable is long.", "It takes 100 A max. Output is 5 V.", "It is 5 cm max. It is red."],
)
def test_a_unit_may_end_a_sentence(text: str) -> None:
    assert len(list(spans(text))) == 2


@pytest.mark.parametrize("text", ["It has a max. load of 5 kg.", "It runs 5 min. per day."])
def test_an_abbreviation_goes_on(text: str) -> None:
    assert len(list(spans(text))) == 1


def test_what_follows_an_offer_is_not_offered() -> None:
    rows = (("Size", "XS, S, M, L, XL, 2XL, 3XL"), ("Care", "Wash at 60 °C"), ("Pocket", "Large pocket"))
    hold("It comes in sizes XS to 3XL, and needs a wash at 60 °C.", "It comes in sizes XS to 3XL, and in large.", *rows)
    sleeve = (("Sleeve", "Yellow leather"), ("Colour", "Red, Blue"))
    hold("It comes in a yellow leather sleeve.", "It comes in yellow.", *sleeve)


def test_two_equal_sides_need_two_in_the_sheet() -> None:
    hold("It measures 45 x 30 cm.", "It measures 45 x 45 cm.", ("Size", "45 x 30 cm"))
    hold("It measures 45 x 45 x 30 cm.", "It measures 45 x 30 x 30 cm.", ("Size", "45 x 45 x 30 cm"))


def test_letters_beside_the_numbers_name_the_sides() -> None:
    rows = (("Dimensions", "W 120 x D 60 x H 85 cm"),)
    hold("It is 120 cm wide and 85 cm high.", "It is 60 cm wide.", *rows)
    hold("It measures 120 x 60 x 85 cm.", "It measures 120 x 65 x 85 cm.", *rows)


def test_a_part_has_the_material_of_its_own_field() -> None:
    rows = (("Material", "Steel mesh"), ("Handles", "Wooden"))
    hold("It is made of steel mesh and has wooden handles.", "It has steel handles.", *rows)


@pytest.mark.parametrize(
    ("label", "value", "true", "false"),
    [
        ("Hose", "900 mm", "The hose reaches 900 mm.", "It has the REACH certificate."),
        ("Closure", "Zip", "It closes with a zip.", "It closes with a button."),
        ("Binding", "Elastic", "It is bound with elastic.", "It is bound with leather."),
        ("Material", "Steel mesh", "It is made of steel mesh.", "It is made of brass mesh."),
        ("Diet", "Vegan; free of gluten", "It is vegan and free of gluten.", "It is not vegan."),
        ("Lining", "None", "The item has no lining.", "The item has a lining."),
        ("Title", "Pine Soap", "It is a pine soap.", "It is made of oak."),
    ],
)
def test_other_words_for_the_same(label: str, value: str, true: str, false: str) -> None:
    hold(true, false, (label, value))


def test_a_colour_to_choose_and_a_colour_of_a_part() -> None:
    rows = (("Colour", "Red, Navy"), ("Pouch", "Yellow mesh pouch"))
    hold("Choose red or navy.", "Choose red or yellow.", *rows)
    hold("It comes in a yellow mesh pouch.", "It comes in a red mesh pouch.", *rows)


def test_or_goes_on_with_what_is_denied() -> None:
    rows = (("Not suitable for", "fountain pens, markers"),)
    hold("It is not suitable for fountain pens or markers.", "It is suitable for fountain pens or markers.", *rows)


def test_a_word_and_its_opposite_in_one_sheet() -> None:
    rows = (("Surface", "Polished outside and unpolished inside"),)
    hold("Its surface is polished outside and unpolished inside.", "Its surface is not polished.", *rows)


def test_what_is_special_is_said_of_the_whole() -> None:
    hold("The item is vegan.", "The item is gluten free.", ("Specialty", "Vegan"))
    hold("It is wireless and cordless.", "It is wired.", ("Connectivity", "Wireless"), ("Power source", "Cordless"))
    hold("The item is for metal and wood.", "It is made of wood.", ("Specific uses", "Metal, Wood"))


def test_ct_counts_where_nothing_is_weighed_in_carats() -> None:
    rows = (("Title", "Tea Bags"), ("Net content", "10 Ct."))
    hold("There are 10 tea bags.", "There are 12 tea bags.", *rows)
    hold("It has a diamond of 2 ct.", "It has a diamond of 3 ct.", ("Title", "Diamond Ring"), ("Stone", "2 ct diamond"))


def test_people_are_persons() -> None:
    hold("It holds 2 people.", "It holds 3 people.", ("Capacity", "2 Person"))


def test_assorted_colours_are_backed_by_the_field_that_says_so() -> None:
    hold("It comes in assorted colours.", "It comes in assorted sizes.", ("Colour", "Assorted"))


def test_a_material_with_its_colour_before_it() -> None:
    rows = (("Material", "Nitrile"), ("Colour", "Blue"))
    hold("It is made of blue nitrile.", "It is made of red nitrile.", *rows)
    hold("It is made of blue nitrile.", "It is made of blue.", *rows)


def test_a_part_may_be_named_with_its_owner() -> None:
    rows = (("Title", "Goggles"), ("Strap", "Silicone"))
    hold("The strap of the goggles is made of silicone.", "The goggles are made of silicone.", *rows)


def test_what_stands_behind_an_offer_with_for_is_not_offered() -> None:
    rows = (("Size", "M"), ("Occasion", "Halloween"))
    hold("It comes in size M for Halloween.", "It comes in size L for Halloween.", *rows)


def test_a_name_with_a_number_has_a_genitive() -> None:
    hold("KIRI-7's item is here.", "KIRI-8's item is here.", ("Brand name", "KIRI-7"))


def test_fluid_ounces_end_no_sentence() -> None:
    text = "It holds 1.35 Fl. Oz. of lotion."
    assert [text[start:end] for start, end in spans(text)] == [text]


def test_a_part_number_of_digits_is_a_name() -> None:
    rows = (("Title", "649402-001 HP 500-GB Drive"), ("Harvest", "2019-2020"))
    hold("The 649402-001 is a 500-GB drive.", "The 649402-002 is a 500-GB drive.", *rows)
    hold("The harvest is 2019-2020.", "The harvest is 2018-2020.", *rows)


def test_a_name_that_ends_in_a_number_owns_things() -> None:
    desk = ("Brand", "Company 31"), ("Type", "Desk"), ("Material", "Oak")
    hold("Company 31's desk is of oak.", "Company 32's desk is of oak.", *desk)
    hold("Harrow Co.'s desk is of oak.", "Harrow Co.'s desk is of size S.", ("Brand", "Harrow Co."), *desk[1:])
    hold("It is 6' high.", "It is 7' high.", ("Height", "6'"))


def test_values_parted_by_a_slash_are_counted() -> None:
    hold("Two colours are available.", "Three colours are available.", ("Colour", "natural/black"))
    hold("Its speed is 25 km/h.", "It has two speeds.", ("Max speed", "25 km/h"))


def test_one_size_is_a_size() -> None:
    hold("They come in one size.", "They come in two sizes.", ("Size", "One Size"))


def test_a_scale_says_nothing_of_where_on_it_the_thing_is() -> None:
    hold("It is disposable.", "It is reusable.", ("Reusability", "Disposable"))
    assert not backed("It is re-usable.", ("Reusability", "Disposable"))


def test_what_smells_has_a_scent() -> None:
    hold("It smells of lavender.", "It smells of lemon.", ("Scent", "Lavender"))


def test_a_maximum_weight_is_a_load() -> None:
    hold("It holds up to 120 kg.", "It holds up to 150 kg.", ("Max weight", "120 kg"))


def test_what_is_free_of_one_thing_is_not_free_of_another() -> None:
    rows = (("Title", "Gluten Free Cookies"), ("Diet", "Egg Free"), ("Ingredients", "Oats, Milk"))
    hold("The cookies are egg free.", "The cookies are milk free.", *rows)
    hold("The cookies contain milk.", "The cookies contain eggs.", *rows)
    hold("Organic free range eggs.", "Organic cage eggs.", ("Title", "Organic Free Range Eggs"))


@pytest.mark.parametrize(
    "rows",
    [
        (("Batteries", "3 x AAA (not included)"),),
        (("Batteries included", "No"), ("Battery type", "AAA")),
        (("Power", "3 x AAA batteries, sold separately"),),
    ],
)
def test_what_is_not_in_the_box_does_not_come_along(rows: tuple[tuple[str, str], ...]) -> None:
    hold("It needs AAA batteries.", "It comes with AAA batteries.", *rows, ("Needs", "AAA batteries"))
    hold("It needs AAA batteries.", "AAA batteries are supplied.", *rows, ("Needs", "AAA batteries"))
    hold("It comes with a lamp.", "You get AAA batteries.", *rows, ("In the box", "lamp"))


def test_degrees_below_zero_are_none_above() -> None:
    hold("It is comfortable at -5 °C.", "It is comfortable at 5 °C.", ("Comfort temperature", "-5 °C"))
    hold("It works at 5-40 °C.", "It works at 5-45 °C.", ("Temperature", "5-40 °C"))


def test_what_a_thing_carries_is_not_what_it_weighs() -> None:
    hold("It weighs 3 kg.", "It weighs 120 kg.", ("Max weight", "120 kg"), ("Weight", "3 kg"))
    hold("Max. weight 12 kg.", "It holds up to 2 kg.", ("Max weight", "12 kg"), ("Max package weight", "2 kg"))


def test_made_in_is_where_it_is_made() -> None:
    hold("It is made in China.", "It is made in Italy.", ("Designed in", "Italy"), ("Country of origin", "China"))


def test_what_it_fits_is_not_who_makes_it() -> None:
    rows = (("Title", "Replacement Filter for Dyson V8"), ("Brand", "Green Cell"))
    hold("The filter for Dyson is by Green Cell.", "The filter is made by Dyson.", *rows)
    hold("Green Cell makes the filter.", "Dyson makes the filter.", *rows)


def test_who_makes_it_is_neither_whom_it_is_for_nor_where() -> None:
    rows = (("Title", "Garden Trowel"), ("Brand", "Rustic LTD"))
    for made in ("Made for Rustic LTD.", "Made in Rustic LTD.", "The trowel is designed for Rustic LTD."):
        hold("Made by Rustic LTD.", made, *rows)


def test_only_what_is_on_offer_is_an_alternative() -> None:
    rows = (
        ("Title", "Anchor Bracelet"),
        ("Color", "Gold, Silver"),
        ("Description", "Black leather bracelet with gold or silver anchor."),
    )
    hold("Anchor bracelet, gold or silver.", "Anchor bracelet, black or silver.", *rows)
    hold("Black leather bracelet with gold or silver anchor.", "A bracelet in gold or black.", *rows)


def test_an_answer_that_turns_a_property_round_is_no_yes() -> None:
    hold("Wash it by hand.", "It is machine washable.", ("Machine washable", "Hand wash"))
    hold(
        "It is dishwasher safe.", "It is microwave safe.", ("Dishwasher safe", "top rack"), ("Microwave safe", "Never")
    )


def test_a_maker_has_one_spelling() -> None:
    facts = (Fact("title", "Product", "Face Mask"), Fact("vendor", "Brand", "coRevival"))
    assert check("coRevival's face mask. The mask by Corevival.", facts).unbacked == ()
    assert check("CoReviving's face mask.", facts).unbacked


def test_one_size_up_is_not_one_size() -> None:
    hold("It comes in sizes S and M.", "It comes in one size.", ("Size", "S, M"), ("Fit", "Choose one size up"))


def test_a_place_of_origin_is_where_it_is_made_and_nothing_else() -> None:
    rows = (("Title", "Porcelain Bowl"), ("Made in", "Denmark"), ("Care", "Dishwasher safe"))
    hold("The bowl is made in Denmark.", "The bowl is dishwasher safe in Denmark.", *rows)
    hold("Dishwasher safe, from Denmark.", "It is a bowl for use in Denmark.", *rows)
