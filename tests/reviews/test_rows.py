"""Which rows are learnt from, on small files in the shapes that the publishers ship."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from foundation.inference.sentiment import targets
from reviews.sentiment.augmenting import MOST_REPEATED, augmented, balanced
from reviews.sentiment.rows import Row, RowsMissing, read

CLOTHING = """\ufeff"index","Title","Review Text","Rating"
"0","null","Soft and warm","5"
"1","Poor","It tore","1"
"2","x","","3"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reviews" / "uci").mkdir(parents=True)
    (tmp_path / "reviews" / "womens_clothing.csv").write_text(CLOTHING, encoding="utf-8")
    graded = "1_1\t2.5\tlovely sound.\n1_2\t-0.3\tit has a cable.\n2_1\t-3.1\tworst ever.\n"
    (tmp_path / "reviews" / "vader_amazon_snippets.tsv").write_text(graded)
    for name in ("amazon_cells", "imdb", "yelp"):
        text = f'"A ""fine"" {name}."\t1\rDull {name}\x85.\t0\r'.encode("latin-1")
        (tmp_path / "reviews" / "uci" / f"{name}_labelled.txt").write_bytes(text)
    return tmp_path


def test_every_source_is_read(folder: Path) -> None:
    rows = read(folder)
    assert [(row.source, row.positive) for row in rows] == [
        ("clothing", True), ("clothing", False),
        ("graded", True), ("graded", None), ("graded", False),
        *((name, good) for name in ("amazon_cells", "imdb", "yelp") for good in (True, False)),
    ]  # fmt: skip
    assert rows[5].text == 'A "fine" amazon_cells.'
    assert rows[0].target == targets.of_rating(5)


def test_sentences_of_one_review_are_never_on_both_sides(folder: Path) -> None:
    graded = [row for row in read(folder) if row.source == "graded"]
    assert graded[0].part == graded[1].part


def test_the_same_rows_are_kept_apart_every_time(folder: Path) -> None:
    assert [row.use for row in read(folder)] == [row.use for row in read(folder)]


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "reviews" / "uci" / "imdb_labelled.txt").unlink()
    with pytest.raises(RowsMissing, match=r"There is no .*imdb_labelled\.txt\. Name the folder"):
        read(folder)


@pytest.mark.parametrize("name", ["womens_clothing.csv", "vader_amazon_snippets.tsv", "uci/yelp_labelled.txt"])
def test_another_shape_is_told(folder: Path, name: str) -> None:
    (folder / "reviews" / name).write_text("a,b\n1,2\n")
    with pytest.raises(RowsMissing, match="not in the shape"):
        read(folder)


def rows(source: str, good: int, bad: int) -> list[Row]:
    sides = [True] * good + [False] * bad
    return [Row(source, f"{source} {n}!", targets.of_class(side), side, 5) for n, side in enumerate(sides)]


def test_the_rarer_side_is_read_again() -> None:
    def sides(made: list[Row]) -> tuple[int, int]:
        return sum(row.positive is True for row in made), sum(row.positive is False for row in made)

    assert sides(balanced(rows("graded", 20, 10))) == (20, 20)
    assert sides(balanced(rows("clothing", 20, 2))) == (20, 2 * MOST_REPEATED)
    assert sides(balanced(rows("imdb", 3, 3))) == (6, 6)


def test_an_epoch_can_be_had_again_and_is_another_next_time() -> None:
    given = rows("graded", 40, 40)
    first = augmented(given, 1, 0)
    random.seed(99)
    assert augmented(given, 1, 0) == first
    assert augmented(given, 1, 1) != first
    assert len(augmented(given, 1, 1)) == len(first) > 80
    assert any(target.groups[1] > 0.5 for _text, target in first), "texts with both sides"
