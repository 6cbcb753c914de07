"""`manage.py evaluate copy`: figures of what an engine writes, by a scripted one, and once with the real model."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from copywriter.evaluating import copy
from copywriter.evaluating.copy import Wanted
from copywriter.evaluating.references import likeness
from copywriter.evaluating.samples import Sample, of_catalog, of_kept_examples
from copywriter.evaluating.writing import summary, write
from copywriter.writing.briefs import Brief
from copywriter.writing.writer import USUAL
from foundation.inference import bundled
from foundation.inference.registry import EngineSpec
from foundation.inference.types import Message, Request
from tests.copywriter.mug import MUG
from tests.copywriter.scripted import ScriptedGenerator, truthful

CATALOG = """SKU,Title,Description,Brand,Material,Capacity,Weight,Colour
A1,Ceramic Mug,The handle is round.,Northwind,stoneware,350 ml,300 g,blue
A2,Plain Mug,,,,,,
A3,Glass Jug,A jug for milk.,Northwind,glass,1 l,500 g,clear
"""
FIGURES = (
    "unbacked_sentence_rate", "attribute_coverage", "refusal_rate", "degenerate_rate", "distinct_2", "mean_words",
    "tokens_per_second",
)  # fmt: skip


def inventive(facts: str, request: Request) -> str:
    """What it says of the capacity at first is invented, begun or not; the warm candidates are true."""
    cool = request.temperature == 0
    return "It is handmade in Norway." if cool and "Capacity" in facts else truthful(facts, request)


def test_figures_of_what_was_written_first_and_of_all() -> None:
    run = write([Sample("mug", MUG, None), Sample("bare", MUG[:1], None)], ScriptedGenerator(inventive))
    found = summary(run)
    assert found["texts"] == 2
    assert found["refusal_rate"] == 0.5
    assert found["unbacked_sentence_rate"] == pytest.approx(1 / 3, abs=1e-3)
    assert found["all_unbacked_sentence_rate"] == pytest.approx(2 / 9, abs=1e-3)
    assert found["attribute_coverage"] == 1
    assert found["degenerate_rate"] == 0
    assert found["mean_words"] > 10
    assert set(FIGURES) <= set(found)


def test_an_untrue_model_is_seen_before_the_check() -> None:
    found = summary(write([Sample("mug", MUG, None)], ScriptedGenerator(lambda *_: "It is handmade in Norway.")))
    assert (found["unbacked_sentence_rate"], found["refusal_rate"], found["mean_words"]) == (1, 1, 0)


def test_other_kinds_are_judged_too() -> None:
    engine = ScriptedGenerator(lambda *_: "Northwind Stoneware Coffee Mug, 350 ml, Blue or Red")
    run = write([Sample("mug", MUG, Brief("title", ""))], engine)
    assert summary(run)["attribute_coverage"] == 1


def test_likeness_to_references() -> None:
    assert likeness([]) == {}
    same = likeness([("The mug is blue and holds 350 ml.", "The mug is blue and holds 350 ml.")])
    other = likeness([("Oak chair from Wales, hand waxed twice.", "The mug is blue and holds 350 ml.")])
    assert (same["rouge_l"], round(same["bleu"])) == (1, 100)
    assert other["rouge_l"] < 0.2
    assert other["bleu"] < 10


@pytest.mark.django_db
def test_the_products_of_a_catalog_that_have_enough_to_tell(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(CATALOG)
    found = of_catalog(path, None, None, hide_descriptions=True)
    assert [one.name for one in found] == ["Ceramic Mug", "Glass Jug"]
    assert found[0].reference == "The handle is round."
    assert all(fact.source != "description" for fact in found[0].facts)
    assert len(of_catalog(path, None, None, hide_descriptions=True, fewest=5)) == 2
    assert of_catalog(path, None, None, hide_descriptions=True, fewest=6) == []
    shown = of_catalog(path, 1, None, hide_descriptions=False)
    assert len(shown) == 1
    assert any(fact.source == "description" for fact in shown[0].facts)


def test_kept_examples_bring_their_own_briefs_and_texts() -> None:
    found = of_kept_examples(10, None)
    assert len(found) == 10
    assert all(one.reference and one.brief for one in found)
    assert len({one.brief.kind for one in of_kept_examples(None, None) if one.brief}) > 1
    for kind in ("description", "faq"):
        assert {one.brief.kind for one in of_kept_examples(5, kind) if one.brief} == {kind}


@pytest.mark.model
def test_perplexity_is_lower_for_what_was_to_be_expected() -> None:
    folder = bundled.torch_folder(settings.DATA_DIR)
    asked = (Message("user", "What is the capital of France?"),)
    likely = copy.perplexity(folder, [(asked, "The capital of France is Paris.")])
    assert 1 < likely < copy.perplexity(folder, [(asked, "Quilts hum of purple tractors beneath.")])


@pytest.mark.model
@pytest.mark.timeout(600)
@pytest.mark.django_db
def test_one_object_by_the_real_model(tmp_path: Path) -> None:
    path, texts, out = tmp_path / "shop.csv", tmp_path / "texts.jsonl", StringIO()
    path.write_text(CATALOG)
    call_command("evaluate", "copy", path, "--limit", "1", "--no-base", "--texts", texts, "--json", stdout=out)
    found = json.loads(out.getvalue())
    assert {*FIGURES, "rouge_l", "bleu", "perplexity"} <= set(found)
    assert found["texts"] == 1
    assert [json.loads(line)["product"] for line in texts.read_text().splitlines()] == ["Ceramic Mug"]


def test_the_base_model_beside_the_taught_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def built(spec: EngineSpec) -> ScriptedGenerator:
        return ScriptedGenerator(truthful if spec.adapter else lambda *_: "It is handmade in Norway.")

    monkeypatch.setattr(copy, "build", built)
    spec = EngineSpec(adapter=Path("taught"))
    wanted = Wanted({"description": [Sample("mug", MUG, None)]})
    found = copy.evaluate(wanted, spec, with_base=True)
    assert found["kinds"]["description"]["unbacked_sentence_rate"] == 0
    assert found["base"]["kinds"]["description"]["unbacked_sentence_rate"] == 1
    assert "base" not in copy.evaluate(wanted, spec, with_base=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "brief"),
    [
        ((), USUAL),
        (("--tone", "warm"), Brief("description", "long", "warm")),
        (("--kind", "description", "--length", "short"), Brief("description", "short")),
        (("--kind", "title", "--tone", "warm"), Brief("title", "", "warm")),
    ],
)
def test_what_is_written_for_a_catalog_is_what_was_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], brief: Brief
) -> None:
    path = tmp_path / "shop.csv"
    path.write_text(CATALOG)
    engine = ScriptedGenerator(truthful)
    monkeypatch.setattr(copy, "build", lambda _spec: engine)
    monkeypatch.setattr(copy, "_against_references", lambda _outcomes, _spec: {})
    texts = tmp_path / "texts.jsonl"
    call_command("evaluate", "copy", path, "--no-base", "--texts", texts, *arguments, stdout=StringIO())
    assert {json.loads(line)["brief"] for line in texts.read_text().splitlines()} == {brief.asked}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--kept", "--tone", "warm"), "their own lengths and tones"),
        (("--kept", "--length", "short"), "their own lengths and tones"),
        ((__file__, "--kind", "title", "--length", "short"), "Only a description has a length"),
    ],
)
def test_what_would_be_passed_over_is_refused(arguments: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("evaluate", "copy", *arguments)


@pytest.mark.parametrize("arguments", [("missing.csv",), ()])
def test_a_catalog_that_is_not_there_is_one_sentence(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="Name a catalog, or use --kept"):
        call_command("evaluate", "copy", *arguments)


@pytest.mark.django_db
def test_a_catalog_of_thin_sheets_is_judged_by_what_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, said, out = tmp_path / "shop.csv", StringIO(), StringIO()
    path.write_text("SKU,Title,Brand,Material\nA1,Ceramic Mug,Northwind,stoneware\nA2,Plain Mug,,\n")
    monkeypatch.setattr(copy, "build", lambda _spec: ScriptedGenerator(truthful))
    monkeypatch.setattr(copy, "_against_references", lambda _outcomes, _spec: {})
    call_command("evaluate", "copy", path, "--no-base", "--json", stdout=out, stderr=said)
    assert json.loads(out.getvalue())["texts"] == 1
    assert said.getvalue() == "No product has 4 facts besides title and tags: those with 2 are judged.\n"
    with pytest.raises(CommandError, match="No product has 3 facts"):
        call_command("evaluate", "copy", path, "--no-base", "--facts", "3")
    path.write_text("SKU,Title\nA2,Plain Mug\n")
    with pytest.raises(CommandError, match="nothing to judge"):
        call_command("evaluate", "copy", path, "--no-base")
