"""The page of the rules for texts: which hold, who says so, and a place to try a text."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from copywriter import policies, services
from copywriter.compliance.book import of_market
from copywriter.compliance.rule import MARKETS, TOPICS, Market, Rule
from copywriter.forms_rules import MOST_TRIED, PolicyForm, TryForm
from copywriter.reviewing.marking import Marked, marked
from copywriter.writing.judging import broken_by
from foundation.tenancy.htmx import redirect_to
from foundation.tenancy.http import ShopRequest, owners_only


@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: ShopRequest, slug: str) -> HttpResponse:
    """Everybody of the shop sees them; owners change them."""
    policy = policies.read()
    form = PolicyForm(request.POST if request.method == "POST" else None, policy=policy)
    if request.method == "POST":
        owners_only(request)
        if form.is_valid():
            data = form.cleaned_data
            services.change_policy(data["markets"], form.switched_off(), data["banned"], data["competitors"])
            messages.success(request, _("Rules saved. Drafts that wait are held against them from now on."))
            return redirect_to(request, reverse("copywriter:rules", kwargs={"slug": slug}))
    context = {**_page(form), "policy": policy, "form": form, "try_form": TryForm(), "marked": None}
    return render(request, "copywriter/rules.html", context, status=422 if form.errors else 200)


@require_POST
def try_text(request: ShopRequest, slug: str) -> HttpResponse:
    """What of a text the rules forbid, as they are saved. Writes nothing; a POST because texts are long."""
    text = request.POST.get("text", "").replace("\r\n", "\n")[:MOST_TRIED]
    found = _tried(text) if text.strip() else None
    return render(request, "copywriter/_tried.html", {"marked": found})


def _tried(text: str) -> Marked:
    return marked(text, broken_by(text, policies.rules_of(policies.read())), ())


def _page(form: PolicyForm) -> dict[str, Any]:
    markets, on = form.shown("markets"), form.shown("rules")
    return {
        "everywhere": _rows(Market.ANY, on),
        "markets": [
            {"code": code.value, "label": label, "chosen": code.value in markets, "rules": _rows(code, on)}
            for code, label in MARKETS.items()
        ],
    }


def _rows(market: Market, on: set[str]) -> list[dict[str, Any]]:
    return [_row(rule, rule.code in on) for rule in of_market(market)]


def _row(rule: Rule, on: bool) -> dict[str, Any]:
    return {"rule": rule, "topic": TOPICS[rule.topic], "words": ", ".join(rule.wording.shown), "on": on}
