"""The rules of law, one by one: what they find, and what they leave alone."""

from __future__ import annotations

import re
from time import process_time
from urllib.parse import urlsplit

import pytest

from copywriter.compliance import Rules
from copywriter.compliance.book import RULES, USUAL_MARKETS, USUALLY_OFF, codes
from copywriter.compliance.rule import Market
from copywriter.compliance.telling import told
from copywriter.training.dataset import DATA, read
from foundation.evidence import Fact
from tests.copywriter.compliance.sentences import BROKEN, FINE

ALL = Rules(tuple(RULES))
USUAL = Rules(codes(USUAL_MARKETS, USUALLY_OFF))


def found(text: str, *facts: Fact, rules: Rules = ALL) -> set[str]:
    return {breach.code for breach in rules.breaches(text, facts)}


def fact(source: str, value: str, label: str = "") -> Fact:
    return Fact(source, label or source.partition(":")[2] or source.title(), value)


def test_every_rule_has_an_example() -> None:
    assert set(BROKEN) == set(RULES)


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in BROKEN.items() for text in texts])
def test_a_rule_finds_its_words_where_they_stand(code: str, text: str) -> None:
    (breach, *_more) = Rules((code,)).breaches(text)
    assert breach.code == code
    assert text[breach.start : breach.end] == breach.text


@pytest.mark.parametrize("text", FINE)
def test_words_that_say_something_else_are_left_alone(text: str) -> None:
    assert found(text) == set()


def test_every_rule_names_its_source() -> None:
    for rule in RULES.values():
        assert rule.source.title
        assert rule.source.article
        assert urlsplit(rule.source.url).scheme == "https"
        assert str(rule.label)
        assert rule.wording.shown
        assert told(rule.code).where.endswith(str(rule.source))
        assert re.fullmatch(rf"(?:{rule.market}_)?[a-z_]+", rule.code) or rule.market is Market.ANY


def test_every_example_on_the_page_breaks_its_rule() -> None:
    shown = [(code, word) for code, rule in RULES.items() for word in rule.wording.shown if "***" not in word]
    assert [(code, word) for code, word in shown if code not in found(f"It is {word}.")] == []


def test_a_makers_name_is_no_claim() -> None:
    maker = fact("vendor", "Best Friends")
    assert found("The Best Friends mug is blue.", maker) == set()
    assert found("The best mug of Best Friends is blue.", maker) == {"cn_superlative"}
    assert found("Moderna's Eco-Friendly Co. mug.", fact("vendor", "Eco-Friendly Co")) == set()


def test_words_of_a_title_count_as_a_name_with_a_neighbour_only() -> None:
    title = fact("title", "World Best Dad Mug, Eco-Friendly Bamboo")
    assert found("The World Best Dad Mug holds 300 ml.", title) == set()
    assert found("Best of all, it holds 300 ml.", fact("title", "Best Dad Mug")) == {"cn_superlative"}
    assert found("The Best there is.", title) == {"cn_superlative"}
    assert "eu_green" in found("This eco-friendly bamboo mug is blue.", title)


@pytest.mark.parametrize(
    ("text", "proof", "code"),
    [
        ("An organic cotton tee.", fact("attribute:Certificate", "GOTS"), "eu_organic"),
        ("Organic honey.", fact("attribute:Control body", "DE-ÖKO-006"), "eu_organic"),
        ("An eco-friendly paint.", fact("attribute:Label", "EU Ecolabel"), "eu_green"),
        ("The bag is biodegradable.", fact("attribute:Standard", "EN 13432"), "eu_degradable"),
        ("Non-toxic paint.", fact("attribute:Standard", "EN 71-3"), "us_non_toxic"),
        ("Pain relief by heat.", fact("attribute:Class", "Medical device class IIa"), "eu_cure"),
    ],
)
def test_a_certificate_in_the_facts_substantiates_a_claim(text: str, proof: Fact, code: str) -> None:
    assert code in found(text)
    assert code not in found(text, proof)
    assert code in found(text, fact("attribute:Label", "our own promise"))


def test_evidence_that_a_source_asks_for_is_an_attribute_of_the_product() -> None:
    assert "eu_proven" not in found("It is clinically proven.", fact("attribute:Study", "Clinically proven, 2024"))
    assert "eu_proven" in found("It is clinically proven.", fact("description", "Clinically proven."))
    assert "cn_superlative" in found("The best mug.", fact("attribute:Award", "The best mug"))


def test_facts_of_the_product_count_in_a_sentence_that_was_given_none() -> None:
    about = ALL.about([fact("vendor", "Best Friends")])
    assert found("The Best Friends mug is blue.", rules=about) == set()


def test_other_letters_hide_nothing() -> None:
    assert "eu_green" in found("An еco‑friendly mug.")  # a Cyrillic е, and a hyphen that does not break
    (breach,) = Rules(("eu_rank",)).breaches("Ｔｈｅ ｂｅｓｔ-selling mug")
    assert breach.text == "ｂｅｓｔ-selling"


def test_markets_and_switches_choose_the_rules() -> None:
    chinese = {code for code in RULES if code.startswith("cn_")}
    assert set(codes(["cn"], ["cn_rank"])) == chinese - {"cn_rank"} | {"profanity"}
    assert codes([], ["profanity"]) == ()
    assert found("The best mug is eco-friendly.", rules=Rules(codes(["cn"], []))) == {"cn_superlative"}


def test_hand_written_texts_are_not_refused() -> None:
    """Of texts by people about what their products are. Those found say "biodegradable", "compostable" or "non-toxic"
    without how, when or by which standard, and the like: what the sources name."""
    examples = list(read(sorted(DATA.glob("*.jsonl"))))
    broken = [example.id for example in examples if found(example.text, *example.facts, rules=USUAL)]
    assert len(examples) > 4000
    assert len(broken) / len(examples) < 0.006, broken
    praise = Rules(("cn_superlative", "eu_rank"))
    assert [one.id for one in examples if found(one.text, *one.facts, rules=praise)] == []


def test_a_text_takes_well_under_a_millisecond() -> None:
    text = ("The mug is made of stoneware, treats nobody badly and is best served with tea. " * 20)[:1000]
    mixed = ("这款杯子由陶瓷制成，容量为三百毫升，适合日常使用，颜色为蓝色。" * 50)[:1000]
    rules = Rules(codes(USUAL_MARKETS, ()), ("cheap",), ("bargain",), ("Acme",))
    for one in (text, mixed):
        list(rules.breaches(one))
        begun = process_time()
        for _ in range(20):
            list(rules.breaches(one))
        assert (process_time() - begun) / 20 < 0.004  # four times what it takes, for machines that do much else


def test_time_grows_with_the_length_and_no_faster() -> None:
    for piece in ("treats a ", "best best ", "net zero a b by ", "organic ", "no. 1 ", "lose 1", "- - - ", "最佳"):
        short, long = piece * 500, piece * 4000
        assert _seconds(long) < 30 * max(_seconds(short), 0.002), piece


def _seconds(text: str) -> float:
    begun = process_time()
    list(ALL.breaches(text))
    return process_time() - begun
