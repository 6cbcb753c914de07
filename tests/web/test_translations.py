"""Every text of the interface has its Chinese, and nothing in the file is left over."""

from __future__ import annotations

import importlib.util
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client

from foundation.jobs.models import Job, JobStatus
from foundation.tenancy import services
from foundation.tenancy.models import Merchant, User

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "translations.py"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[%d]")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_text_in_use_is_translated_and_none_is_left_over(script: ModuleType) -> None:
    """To mend: `python scripts/translations.py`, then fill in what it lists."""
    kept = script.kept()
    used = set(script.used())
    assert len(used) > 400
    assert used - {message for message, entry in kept.items() if script.is_translated(entry)} == set()
    assert set(kept) - used == set()


def test_translations_keep_the_places_of_names_and_numbers(script: ModuleType) -> None:
    wrong = []
    for message, entry in script.kept().items():
        translated = entry.msgstr or entry.msgstr_plural[0]
        if sorted(PLACEHOLDER.findall(translated)) != sorted(PLACEHOLDER.findall(message.plural or message.text)):
            wrong.append((message.text, translated))
    assert wrong == []


class _Texts(HTMLParser):
    """What a person reads or hears of a page, outside scripts and what is not to be translated: names of laws, words
    that a rule finds."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in {"script", "style", "code"} or named.get("translate") == "no":
            self.skipped.append(tag)
        self.found += [named[name] or "" for name in ("aria-label", "title", "placeholder", "alt") if name in named]

    def handle_endtag(self, tag: str) -> None:
        if self.skipped[-1:] == [tag]:
            self.skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.found.append(data)


# Names, addresses, words that a form speaks of and the switch to the other language stay as they are.
SAME_IN_CHINESE = re.compile(
    r"Ecomsite|English|Harbour Lane|Olga Owner|test\.kind|guaranteed?"
    r"|\S+@\S+|[A-Z][A-Za-z]*(?:\.csv)?|\.(?:xlsx|zip|gz)"
)
ENGLISH = re.compile(r"[a-z]{3,}")
PAGES = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/logout/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/shops/new/",
    "/nothing/here/",
    "/m/harbour-lane/",
    "/m/harbour-lane/products/",
    "/m/harbour-lane/imports/",
    "/m/harbour-lane/exports/",
    "/m/harbour-lane/drafts/",
    "/m/harbour-lane/campaigns/",
    "/m/harbour-lane/campaigns/new/",
    "/m/harbour-lane/writing/voices/",
    "/m/harbour-lane/writing/voices/edit/",
    "/m/harbour-lane/writing/rules/",
    "/m/harbour-lane/quality/",
    "/m/harbour-lane/reviews/",
    "/m/harbour-lane/reviews/add/",
    "/m/harbour-lane/reviews/import/",
    "/m/harbour-lane/jobs/",
    "/m/harbour-lane/team/",
    "/m/harbour-lane/settings/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", *PAGES])
def test_no_english_is_left_on_a_chinese_page(browser: Client, shop: Merchant, owner: User, path: str) -> None:
    services.invite(shop, "guest@example.com", "staff", owner)
    client = Client() if path in {"/", "/accounts/login/", "/accounts/signup/"} else browser
    page = client.get(path, headers={"accept-language": "zh-hans"}).content.decode()
    texts = _Texts()
    texts.feed(page)
    left = [text.strip() for text in texts.found if ENGLISH.search(SAME_IN_CHINESE.sub("", text))]
    assert left == []


@pytest.mark.django_db
def test_a_job_is_told_in_chinese(browser: Client, shop: Merchant, make_job: type[Job]) -> None:
    make_job(shop, JobStatus.RUNNING, done=3, failed=1, left=6)  # type: ignore[call-arg]
    page = browser.get(f"/m/{shop.slug}/jobs/", headers={"accept-language": "zh-hans"}).content.decode()
    for words in ("运行中", "完成 3", "失败 1", "剩余 6"):
        assert words in page
