from __future__ import annotations

from copywriter.reviewing.difference import difference
from copywriter.reviewing.marking import marked
from foundation.evidence import Claim, Fact, Kind, Report, Sentence, check

FACTS = [Fact("attribute:Material", "Material", "solid oak"), Fact("title", "Title", "Bowl")]


def report(text: str, *claims: Claim) -> Report:
    return Report((Sentence(text, 0, len(text), claims, True),))


def test_segments_join_to_the_text_again() -> None:
    text = "The Bowl is made of solid oak. It is the best bowl of gold in Norway!"
    shown = marked(text, check(text, FACTS), FACTS)
    assert "".join(segment.text for segment in shown.segments) == text
    assert {segment.kind for segment in shown.segments} == {"plain", "backed", "unbacked"}


def test_neighbouring_claims_of_one_source_are_one() -> None:
    text = "Made of solid oak."
    claims = [
        Claim("detail", "solid", 8, 13, "attribute:Material"),
        Claim("material", "oak", 14, 17, "attribute:Material"),
    ]
    shown = marked(text, report(text, *claims), FACTS)
    assert [(part.text, part.label, part.value) for part in shown.segments if part.kind == "backed"] == [
        ("solid oak", "Material", "solid oak")
    ]
    assert shown.backed_count == 1


def test_taste_is_no_claim_and_overlaps_are_shown_once() -> None:
    text = "A lovely bowl."
    claims = [
        Claim(Kind.OPINION, "lovely", 2, 8, None),
        Claim("detail", "lovely bowl", 2, 13, "title"),
        Claim("detail", "bowl", 9, 13, None),
    ]
    shown = marked(text, report(text, *claims), FACTS)
    assert [(part.text, part.kind) for part in shown.segments] == [
        ("A ", "plain"),
        ("lovely bowl", "backed"),
        (".", "plain"),
    ]


def test_a_source_with_several_facts_shows_the_one_with_the_words() -> None:
    facts = [Fact("description", "Description", "It floats."), Fact("description", "Description", "It glows green.")]
    text = "It glows."
    shown = marked(text, report(text, Claim("detail", "glows", 3, 8, "description")), facts)
    assert shown.segments[1].value == "It glows green."


def test_a_field_that_is_gone_is_named_all_the_same() -> None:
    text = "Oak."
    shown = marked(text, report(text, Claim("material", "Oak", 0, 3, "attribute:Wood")), [])
    assert (shown.segments[0].label, shown.segments[0].value) == ("Wood", "")


def test_a_difference_holds_both_texts() -> None:
    old, new = "A bowl of oak, turned by hand.", "A large bowl of oak."
    parts = difference(old, new)
    assert "".join(part.text for part in parts if part.op != "added") == old
    assert "".join(part.text for part in parts if part.op != "removed") == new
    assert ("added", "large ") in [(part.op, part.text) for part in parts]


def test_ideographs_differ_one_by_one_and_long_texts_not_at_all() -> None:
    assert [(part.op, part.text) for part in difference("橡木碗", "榉木碗")] == [
        ("removed", "橡"),
        ("added", "榉"),
        ("same", "木碗"),
    ]
    assert difference("word " * 2000, "word") == []
    assert difference("A bowl of oak.", "Wipe with care, dry at once.") == []
