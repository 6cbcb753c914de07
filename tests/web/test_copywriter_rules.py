"""The page of the rules, and what a broken rule does to drafts on their way to the shop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from catalog.models import Product
from copywriter import policies, services
from copywriter.compliance.book import RULES, USUAL_MARKETS, USUALLY_OFF
from copywriter.models import Draft, Policy
from copywriter.reviewing import reasons
from foundation.evidence import Claim, Report, Sentence, to_json
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.web.goods import SCRIPT, fresh, make_draft, make_product
from tests.web.reviewing import HTMX, act, queue, status

USUAL = [code for code in RULES if code not in USUALLY_OFF]


def path(shop: Merchant, more: str = "") -> str:
    return f"/m/{shop.slug}/writing/rules/{more}"


def save(browser: Client, shop: Merchant, **data: object) -> object:
    return browser.post(path(shop), {"markets": list(USUAL_MARKETS), "rules": USUAL, **data})


def policy(shop: Merchant) -> Policy:
    with merchant_scope(shop):
        return policies.read()


@pytest.fixture
def green(shop: Merchant, product: Product) -> Draft:
    return make_draft(shop, product, "The oak bowl is eco-friendly.")


def test_a_shop_that_decided_nothing_has_the_rules_of_all_markets(browser: Client, shop: Merchant) -> None:
    page = browser.get(path(shop)).content.decode()
    assert all(f'value="{code}" id="rule-{code}"' in page for code in RULES)
    assert "Nothing has been changed yet" in page
    assert page.count('name="markets"') == page.count('name="markets" value') == len(USUAL_MARKETS)
    assert "https://eur-lex.europa.eu/eli/dir/2024/825/oj" in page
    assert policy(shop).pk is None
    with merchant_scope(shop):
        assert not Policy.objects.exists()


def test_what_an_owner_saves_is_what_the_page_shows(browser: Client, shop: Merchant) -> None:
    kept = [code for code in USUAL if code != "eu_green"]
    answer = save(browser, shop, markets=["eu"], rules=kept, banned="Cheap\n\n cheap \nbargain", competitors="Acme")
    assert answer.status_code == 302
    saved = policy(shop)
    assert (saved.markets, saved.banned, saved.competitors) == (["eu"], ["Cheap", "cheap", "bargain"], ["Acme"])
    assert set(saved.switched_off) == {"eu_green", *USUALLY_OFF}
    page = browser.get(path(shop)).content.decode()
    assert 'value="eu" id="market-eu" checked' in page
    assert 'value="cn" id="market-cn">' in page
    assert 'id="rule-eu_green" aria' in page
    assert "bargain</textarea>" in page
    assert "Last changed" in page


def test_an_entry_that_is_too_long_comes_back_with_its_reason(browser: Client, shop: Merchant) -> None:
    answer = save(browser, shop, banned="x" * 200)
    assert answer.status_code == 422
    assert "at most 80 characters" in answer.content.decode()
    assert policy(shop).pk is None


def test_staff_read_and_owners_save(as_user: Callable[[User], Client], staff: User, shop: Merchant) -> None:
    client = as_user(staff)
    page = client.get(path(shop)).content.decode()
    assert "Only owners of the shop can change them." in page
    assert "Save rules" not in page
    assert save(client, shop).status_code == 404
    assert policy(shop).pk is None


def test_trying_a_text_marks_it_and_writes_nothing(browser: Client, shop: Merchant) -> None:
    answer = browser.post(path(shop, "try/"), {"text": f"Our best mug {SCRIPT} is eco-friendly."}, headers=HTMX)
    page = answer.content.decode()
    assert page.count('class="claim claim--rule"') == 2
    assert "Generic environmental claims" in page
    assert "Annex I, point 4a" in page
    assert SCRIPT not in page
    assert policy(shop).pk is None
    assert "Breaks no rule." in browser.post(path(shop, "try/"), {"text": "A green mug."}).content.decode()
    assert "claim--rule" not in browser.post(path(shop, "try/"), {"text": "  "}).content.decode()


def test_another_shops_rules_are_not_these(
    browser: Client, shop: Merchant, as_user: Callable[[User], Client], stranger: User
) -> None:
    save(browser, shop, banned="oak")
    other = as_user(stranger)
    page = other.post("/m/other-shop/writing/rules/try/", {"text": "A bowl of oak."}).content.decode()
    assert "Breaks no rule." in page
    assert other.get(path(shop)).status_code == 404
    assert "claim--rule" in browser.post(path(shop, "try/"), {"text": "A bowl of oak."}).content.decode()


def test_a_card_shows_the_rule_and_accepting_is_asked_about(browser: Client, shop: Merchant, green: Draft) -> None:
    page = queue(browser, shop)
    assert '<mark class="claim claim--rule"' in page
    assert "European Union: Directive 2005/29/EC as amended by Directive (EU) 2024/825, Annex I, point 4a" in page
    assert 'hx-confirm="This text breaks a rule for texts. Accept it anyway?"' in page
    act(browser, shop, f"{green.pk}/accept/", **HTMX)
    assert status(shop, green) == "accepted", "a person may decide so"


def test_many_at_once_leaves_those_that_break_a_rule(browser: Client, shop: Merchant, green: Draft) -> None:
    good = make_draft(shop, make_product(shop, "Tea towel"), "The tea towel is a tea towel.")
    sent = {"ids": [green.pk, good.pk], "decision": "accept", "replace": "1"}
    page = act(browser, shop, "bulk/", sent, **HTMX).content.decode()
    assert "1 draft accepted" in page
    assert "1 draft still waits: it breaks a rule of your shop." in page
    assert (status(shop, good), status(shop, green)) == ("accepted", "pending")


def test_a_rule_that_is_new_holds_for_drafts_that_wait(browser: Client, shop: Merchant, draft: Draft) -> None:
    assert "claim--rule" not in queue(browser, shop)
    save(browser, shop, banned="oaks")
    page = queue(browser, shop)
    assert "A word that your shop has banned" in page
    with merchant_scope(shop):
        assert services.accept_many([draft.pk], only_clean=True).left == {draft.pk: reasons.RULES}
    save(browser, shop, banned="")
    with merchant_scope(shop):
        assert services.accept_many([draft.pk], only_clean=True).done == [draft.pk]


def test_the_editor_marks_what_breaks_a_rule(browser: Client, shop: Merchant, draft: Draft) -> None:
    sent = {f"draft-{draft.pk}-text": "The oak bowl is the best."}
    page = act(browser, shop, f"{draft.pk}/check/", sent, **HTMX).content.decode()
    assert "Superlatives: “national-level”" in page
    page = act(browser, shop, f"{draft.pk}/edit/", sent, **HTMX).content.decode()
    assert "claim--rule" in page
    assert fresh(shop, draft).text == "The oak bowl is the best.", "a person’s words are kept"


def test_a_certificate_in_the_products_data_lets_its_draft_pass(browser: Client, shop: Merchant) -> None:
    bowl = make_product(shop, "Oak bowl", attributes={"Label": "EU Ecolabel"})
    draft = make_draft(shop, bowl, "The oak bowl is eco-friendly.")
    with merchant_scope(shop):
        assert services.accept_many([draft.pk], only_clean=True).done == [draft.pk]


def test_a_dropped_sentence_says_which_rule_in_words(browser: Client, shop: Merchant, product: Product) -> None:
    claim = Claim("rule:eu_green", "eco-friendly", 3, 15, None)
    report = Report((Sentence("An eco-friendly bowl.", 0, 21, (claim,), False, "rule"),))
    make_draft(shop, product, removed=to_json(report)["sentences"])
    page = queue(browser, shop)
    assert "Generic environmental claims (European Union: Directive 2005/29/EC" in page
    assert "rule:eu_green" not in page
    assert "not in the data: eco-friendly" not in page
