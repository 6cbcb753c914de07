"""What holds for every text: the check never raises, and more facts never take a backing away."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.evidence import Fact, check, from_json, to_json

FOLDER = Path(__file__).parent
PRODUCTS = {
    name: tuple(Fact(*row) for row in rows)
    for name, rows in json.loads((FOLDER / "products.json").read_text(encoding="utf-8")).items()
}
ROWS = [json.loads(line) for line in (FOLDER / "labelled.jsonl").read_text(encoding="utf-8").splitlines()]
WORDS = st.sampled_from(
    [
        *("the lamp", "is", "not", "no", "made of", "steel", "copper", "5 cm", "1/2 in", "£20", "waterproof", "best"),
        *("Norway", "without", "and", ",", ".", "!", ":", "-", "x", "×", "%", "FDA", "1,200 g", "up to", "between"),
        *("twenty", "two", "half", "size", "XL", "blue", "<b>", "\u200b", "½", "Ⅷ", "ﬁ"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=200))
def test_any_text_gives_a_report(text: str, label: str, value: str) -> None:
    report = check(text, [Fact("attribute:x", label, value)])
    assert from_json(to_json(report)) == report
    for sentence in report.sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert all(text[claim.start : claim.end] == claim.text for claim in sentence.claims)


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join), st.lists(WORDS, max_size=12).map(" ".join))
def test_product_words_in_any_order_give_a_report(text: str, value: str) -> None:
    report = check(text, [Fact("attribute:x", "Material", value)])
    assert all(text[one.start : one.end] == one.text for one in report.sentences)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([row for row in ROWS if row["backed"]]),
    st.lists(
        st.builds(
            Fact,
            st.just("attribute:More"),
            st.sampled_from(["More", "Details"]),
            st.lists(WORDS, max_size=8).map(" ".join),
        ),
        max_size=3,
    ),
)
def test_more_facts_never_make_a_claim_of_a_word_unbacked(row: dict[str, str], more: list[Fact]) -> None:
    """Numbers, materials, colours, sizes and features are exempt: a fact about the very same part can contradict."""
    known = PRODUCTS[row["product"]]
    exempt = {"number", "material", "colour", "size", "feature"}
    before = [c for s in check(row["text"], known).sentences for c in s.claims if c.source and c.kind not in exempt]
    after = {(c.start, c.end): c for s in check(row["text"], (*known, *more)).sentences for c in s.claims}
    for claim in before:
        covering = [c for (start, end), c in after.items() if start <= claim.start and claim.end <= end]
        partly = [c for (start, end), c in after.items() if claim.start <= start and end <= claim.end]
        assert any(c.source for c in covering) or (partly and all(c.source for c in partly)), (claim, more)
