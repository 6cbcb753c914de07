"""The pages about writing lead to one another in one way, and each is marked where somebody is."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from foundation.tenancy.models import Merchant

pytestmark = pytest.mark.django_db
PAGES = {
    "copywriter:draft_list": "r",
    "copywriter:campaign_list": "c",
    "copywriter:voice_list": "r",
    "copywriter:rules": "r",
    "copywriter:quality": "r",
    "copywriter:teach": "r",
}
"""With the key of the place in the sidebar that each belongs to."""


@pytest.mark.parametrize("name", PAGES)
def test_each_page_leads_to_all_and_marks_itself(browser: Client, shop: Merchant, name: str) -> None:
    urls = {page: reverse(page, kwargs={"slug": shop.slug}) for page in PAGES}
    text = browser.get(urls[name]).content.decode()
    (nav,) = re.findall(r'<nav class="tabs page-tabs"[^>]*>(.*?)</nav>', text, re.S)
    assert re.findall(r'href="([^"]+)"', nav) == list(urls.values())
    assert re.findall(r'href="([^"]+)" aria-current="page"', nav) == [urls[name]]
    assert re.findall(r'data-go="(\w)" aria-current="\w+"', text) == [PAGES[name]]
