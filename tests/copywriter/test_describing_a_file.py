"""From file to file by the command `describe_file`, on the demo catalog; the engine makes its texts of the prompt."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from catalog.models import CatalogFile, Product
from copywriter.models import Draft
from foundation.inference import registry
from foundation.inference.registry import EngineSpec
from foundation.tenancy.models import Merchant

CATALOG = Path(__file__).resolve().parents[2] / "ecomsite" / "demo" / "catalog.csv"


@pytest.fixture(autouse=True)
def fake_engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "_roles", {"copy": EngineSpec("fake")})
    yield
    registry.close()


def describe(source: Path, target: Path, *arguments: str) -> dict[str, object]:
    said = StringIO()
    call_command("describe_file", str(source), str(target), "--json", *arguments, stdout=said)
    found = json.loads(said.getvalue())
    assert isinstance(found, dict)
    return found


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


@pytest.mark.django_db(transaction=True)
def test_the_file_comes_back_with_descriptions_and_nothing_else_changed(tmp_path: Path) -> None:
    summary = describe(CATALOG, tmp_path / "out.csv")
    before, after = rows(CATALOG), rows(tmp_path / "out.csv")
    body = before[0].index("Body (HTML)")
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    for old, new in changed:
        assert old[:body] + old[body + 1 :] == new[:body] + new[body + 1 :]
    assert summary["products"] == 48
    assert summary["written"] == len(changed) == summary["cells_replaced"]
    assert isinstance(summary["refused"], dict)
    assert summary["written"] + sum(summary["refused"].values()) + int(str(summary["failed"])) == 48
    assert sum(summary["refused"].values()) >= 5
    assert any(reason.startswith("Too little is known: add ") for reason in summary["refused"])


@pytest.mark.django_db(transaction=True)
def test_descriptions_that_stand_can_be_left_alone(tmp_path: Path) -> None:
    describe(CATALOG, tmp_path / "out.csv", "--without-description")
    before, after = rows(CATALOG), rows(tmp_path / "out.csv")
    body = before[0].index("Body (HTML)")
    kept = [(old[body], new[body]) for old, new in zip(before, after, strict=True) if old[body]]
    assert len(kept) == 5  # the header and four products
    assert all(old == new for old, new in kept)


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_stays_on_the_machine(tmp_path: Path, settings: object) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    describe(CATALOG, tmp_path / "out.csv", "--limit", "3")
    assert not Merchant.objects.exists()
    assert not Product.unscoped.exists()
    assert not Draft.unscoped.exists()
    assert not CatalogFile.unscoped.exists()
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_no_catalog_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(CommandError, match="empty"):
        describe(tmp_path / "empty.csv", tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()
    assert not Merchant.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_plain_file_whose_title_column_is_not_found_can_be_told(tmp_path: Path) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_text("code;benennung;material;farbe;masse\nA1;Kettle;steel;red;20 cm\n", encoding="utf-8")
    summary = describe(plain, tmp_path / "out.csv", "--column", "title=benennung")
    assert summary["products"] == 1


@pytest.mark.parametrize(
    ("source", "arguments", "sentence"),
    [
        ("missing.csv", [], "There is no file .*missing.csv"),
        (str(CATALOG), ["--column", "title"], "write FIELD=NAME"),
    ],
)
def test_what_is_asked_wrongly_is_one_sentence(
    tmp_path: Path, source: str, arguments: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        describe(Path(source), tmp_path / "out.csv", *arguments)
