from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from catalog.reading.search_text import normalise, normalise_all, words


def found(query: str, title: str) -> bool:
    return all(word in normalise(title) for word in words(query))


def test_only_ascii_comes_out_whatever_goes_in() -> None:
    for title in ("Café Ölçü", "羽绒服 4K", "Кружка", "كوب", "コップ", "½ cup™"):
        assert normalise(title).isascii()


def test_accents_and_case_do_not_matter() -> None:
    assert found("cafe", "Grand CAFÉ table")
    assert found("CAFÉ", "cafe table")


def test_ideographs_are_found_one_by_one_and_in_their_order() -> None:
    assert found("羽绒", "冬季羽绒服")
    assert found("服", "冬季羽绒服")
    assert not found("绒羽", "冬季羽绒服")
    assert found("iphone手机", "Apple iPhone手机壳")


def test_a_short_word_begins_a_word() -> None:
    assert found("4k", "TV 4K 55")
    assert not found("v4", "TV4")
    assert found("ЧА", "Чашка")


@given(st.lists(st.text(max_size=12), min_size=1, max_size=8))
def test_all_at_once_is_the_same_as_one_by_one(texts: list[str]) -> None:
    assert normalise_all(texts) == [normalise(text) for text in texts]


@given(st.lists(st.text(alphabet="aB 1-\x1f\t", max_size=6), min_size=1, max_size=8))
def test_all_at_once_is_the_same_for_ascii(texts: list[str]) -> None:
    assert normalise_all(texts) == [normalise(text) for text in texts]
