"""The pages on which a shop says how its texts speak, and listens to it first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from copywriter import previewing
from copywriter.models import Draft, Voice
from copywriter.services.voices import PREVIEW
from foundation.jobs.inline import run_here
from foundation.jobs.models import Job, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from tests.copywriter.scripted import ScriptedGenerator, truthful
from tests.web.goods import SCRIPT, make_product

pytestmark = pytest.mark.usefixtures("no_wake_ups")
HTMX = {"HX-Request": "true"}
ATTRIBUTES = {"Material": "stoneware", "Colour": "blue", "Capacity": "350 ml"}
SENT = {
    "tone": "warm",
    "audience": "weekend campers",
    "prefer": "Hand-thrown\nhand-thrown\n\n  every   day ",
    "avoid": "cheap",
    "example_1": "You’ll love it.",
    "example_3": "Made to last.",
}


@pytest.fixture
def voices(shop: Merchant) -> str:
    return f"/m/{shop.slug}/writing/voices/"


@pytest.fixture
def mug(shop: Merchant) -> Any:
    return make_product(shop, "Ceramic Mug", vendor="Northwind", sku="M-1", attributes=ATTRIBUTES)


def saved(shop: Merchant, brand: str) -> Voice:
    with merchant_scope(shop):
        return Voice.objects.get(brand=brand)


def previewed(shop: Merchant) -> Job:
    with merchant_scope(shop):
        return Job.objects.filter(kind=PREVIEW).latest("pk")


def test_the_list_says_who_speaks_how(browser: Client, shop: Merchant, voices: str, mug: Any) -> None:
    make_product(shop, "Plain Mug", vendor="Northwind")
    make_product(shop, "Chair", vendor=SCRIPT)
    with merchant_scope(shop):
        Voice.objects.create(brand="Northwind", tone="playful", avoid=["cheap"])
        Voice.objects.create(brand="Gone Brand", tone="technical")
    page = browser.get(voices).content.decode()
    assert page.index("The whole shop") < page.index("Northwind")
    assert "2 products · 1 word to avoid" in " ".join(page.split())
    assert "Gone Brand" in page
    assert "as the shop" in page
    assert SCRIPT not in page
    assert f'href="{voices}"' in browser.get(f"/m/{shop.slug}/drafts/").content.decode()
    assert f'href="{voices}"' in browser.get(f"/m/{shop.slug}/describe/?ids={mug.pk}").content.decode()


def test_a_shop_without_brands_is_told_what_to_do(browser: Client, voices: str) -> None:
    page = browser.get(voices).content.decode()
    assert "No brands yet" in page
    assert "Upload a catalog" in page


@pytest.mark.parametrize("who", ["owner", "staff"])
def test_a_voice_is_saved_and_shown_again(
    shop: Merchant, voices: str, mug: Any, who: str, as_user: Callable[[User], Client], request: pytest.FixtureRequest
) -> None:
    client = as_user(request.getfixturevalue(who))
    edit = f"{voices}edit/?brand=Northwind"
    assert client.post(edit, {**SENT, "do": "save"}).headers["Location"] == voices
    voice = saved(shop, "Northwind")
    assert (voice.tone, voice.audience, voice.avoid) == ("warm", "weekend campers", ["cheap"])
    assert voice.prefer == ["Hand-thrown", "every day"]
    assert voice.examples == ["You’ll love it.", "Made to last."]
    page = client.get(edit).content.decode()
    assert "You’ll love it." in page
    assert "weekend campers" in page
    answer = client.post(edit, {"tone": "plain"}, headers=HTMX)
    assert answer.headers["HX-Redirect"] == voices
    assert saved(shop, "Northwind").examples == []


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"tone": "angry"}, "angry"),
        ({"tone": "warm", "prefer": "\n".join(f"word {n}" for n in range(41))}, "41 lines; at most 40 are possible."),
        ({"tone": "warm", "avoid": "x" * 61}, "has more than 60 characters. Shorten it."),
        ({"tone": "warm", "prefer": "Oak", "avoid": "oak"}, "“Oak” stands among the words to prefer"),
        ({"tone": "warm", "example_2": "x" * 601}, "600"),
        ({"tone": "warm", "audience": "x" * 201}, "200"),
        ({"tone": "warm", "products": "spoon"}, "No product of this voice is found for “spoon”"),
        ({"tone": "warm", "products": "a\nb\nc\nd"}, "4 lines; at most 3 are possible."),
        ({"tone": "warm", "prefer": "a\0b"}, "field__error"),
    ],
)
def test_what_cannot_be_saved_stays_in_the_form(
    browser: Client, shop: Merchant, voices: str, wrong: dict[str, str], sentence: str
) -> None:
    answer = browser.post(f"{voices}edit/", wrong, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "field__error" in page
    assert "<html" not in page
    with merchant_scope(shop):
        assert not Voice.objects.exists()


def test_a_brand_that_is_not_there_is_not_found(browser: Client, shop: Merchant, voices: str, stranger: User) -> None:
    make_product(stranger.memberships.get().merchant, "Theirs", vendor="Their Brand")
    for method in (browser.get, browser.post):
        assert method(f"{voices}edit/?brand=Their+Brand").status_code == 404


def test_a_voice_is_removed(browser: Client, shop: Merchant, voices: str, stranger: User) -> None:
    theirs = stranger.memberships.get().merchant
    for each in (shop, theirs):
        with merchant_scope(each):
            Voice.objects.create(brand="")
    assert browser.post(f"{voices}{saved(theirs, '').pk}/delete/").status_code == 404
    assert browser.post(f"{voices}{saved(shop, '').pk}/delete/").status_code == 302
    with merchant_scope(shop):
        assert not Voice.objects.exists()
    assert saved(theirs, "")


def test_a_description_is_copied_into_the_first_empty_example(browser: Client, shop: Merchant, voices: str) -> None:
    make_product(shop, "Oak bowl", description="<p>Turned by hand.</p><p>Oiled.</p>", vendor="Harbour")
    data = {**SENT, "copy_from": "oak bowl", "do": "copy"}
    page = browser.post(f"{voices}edit/", data, headers=HTMX).content.decode()
    assert "Turned by hand.\nOiled.</textarea>" in page
    assert "You’ll love it." in page
    assert "weekend campers" in page
    with merchant_scope(shop):
        assert not Voice.objects.exists(), "copying saves nothing"
    for name in ("", "spoon", "…", "a\0b"):
        answer = browser.post(f"{voices}edit/", {**data, "copy_from": name}, headers=HTMX)
        assert answer.status_code == 422
        assert "No described product is found" in answer.content.decode()
    full = {**data, **{f"example_{n}": "x" for n in range(1, 6)}}
    answer = browser.post(f"{voices}edit/", full, headers=HTMX)
    assert "All examples are filled" in answer.content.decode()


def test_a_long_description_is_copied_up_to_a_sentence(browser: Client, shop: Merchant, voices: str) -> None:
    make_product(shop, "Oak bowl", description="It is turned by hand. " * 40)
    page = browser.post(f"{voices}edit/", {"copy_from": "oak", "do": "copy"}, headers=HTMX).content.decode()
    assert "turned by hand.</textarea>" in page


def test_a_preview_is_written_with_what_the_form_holds(
    browser: Client, shop: Merchant, voices: str, mug: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripted = ScriptedGenerator(truthful)
    monkeypatch.setattr(previewing, "generator", lambda role: scripted)
    answer = browser.post(f"{voices}edit/?brand=Northwind", {**SENT, "do": "preview"}, headers=HTMX)
    job = previewed(shop)
    assert answer.headers["HX-Push-Url"] == f"{voices}preview/{job.pk}/"
    page = answer.content.decode()
    assert "Waiting for a worker." in page
    assert "data-polling" in page
    assert "This voice is not saved yet." in page
    assert job.params["voice"]["prefer"] == ["Hand-thrown", "every day"]
    assert job.params["ids"] == [mug.pk]
    with merchant_scope(shop):
        run_here(job, threads=1)
        assert not Voice.objects.exists()
        assert not Draft.objects.exists()
    piece = browser.get(f"{voices}preview/{job.pk}/", headers=HTMX).content.decode()
    assert "data-polling" not in piece
    assert "<html" not in piece
    assert 'class="claim"' in piece
    assert "In this voice" in piece
    assert any("Description, warm" in one.messages[1].content for one in scripted.asked)
    whole = browser.get(f"{voices}preview/{job.pk}/").content.decode()
    assert "weekend campers" in whole, "the form is as it was"
    assert "This voice is not saved yet." in whole
    browser.post(f"{voices}edit/?brand=Northwind", SENT)
    assert "not saved yet" not in browser.get(f"{voices}preview/{job.pk}/").content.decode()
    assert f"{voices}preview/{job.pk}/" in browser.get(f"/m/{shop.slug}/jobs/{job.pk}/").content.decode()


def test_without_scripts_a_preview_has_a_page_of_its_own(
    browser: Client, shop: Merchant, voices: str, mug: Any
) -> None:
    data = {**SENT, "do": "preview", "products": "M-1"}
    answer = browser.post(f"{voices}edit/?brand=Northwind", data)
    assert answer.headers["Location"] == f"{voices}preview/{previewed(shop).pk}/"


def test_a_preview_without_products_says_so(browser: Client, shop: Merchant, voices: str) -> None:
    answer = browser.post(f"{voices}edit/", {**SENT, "do": "preview"}, headers=HTMX)
    assert answer.status_code == 422
    assert "There is no product to try it on" in answer.content.decode()


def test_a_preview_that_nobody_takes_up_says_what_to_do(browser: Client, shop: Merchant, voices: str, mug: Any) -> None:
    browser.post(f"{voices}edit/", {**SENT, "do": "preview"})
    job = previewed(shop)
    path = f"{voices}preview/{job.pk}/"

    def told(**changes: Any) -> str:
        with merchant_scope(shop):
            Job.objects.filter(pk=job.pk).update(**changes)
        return browser.get(path, headers=HTMX).content.decode()

    assert "No worker is free yet" not in told()
    long_ago = timezone.now() - timedelta(minutes=4)
    assert "No worker is free yet" in told(created_at=long_ago)
    assert "unusually long" in told(status=JobStatus.RUNNING)
    assert "The preview failed. No engine." in " ".join(told(status=JobStatus.FAILED, error="No engine.").split())
    cancelled = told(status=JobStatus.CANCELLED, error="")
    assert "The preview was cancelled" in cancelled
    assert "data-polling" not in cancelled


def test_only_previews_have_that_page(browser: Client, shop: Merchant, voices: str, make_job: Any) -> None:
    other = make_job(shop, JobStatus.DONE)
    assert browser.get(f"{voices}preview/{other.pk}/").status_code == 404


def test_the_page_says_what_each_field_does_with_the_model_in_use(
    browser: Client, shop: Merchant, voices: str, settings: Any
) -> None:
    assert "The bundled model itself does not see this list." in browser.get(f"{voices}edit/").content.decode()
    settings.INFERENCE_ROLES = {"copy": {"engine": "remote", "model": "large"}}
    page = browser.get(f"{voices}edit/").content.decode()
    assert "bundled model" not in page
    assert "The model reads the first three." in page


def test_a_run_speaks_as_the_voices_say_unless_a_tone_is_chosen(browser: Client, shop: Merchant, mug: Any) -> None:
    page = browser.get(f"/m/{shop.slug}/describe/?ids={mug.pk}").content.decode()
    assert page.index("As the voice says") < page.index("Plain")
    browser.post(f"/m/{shop.slug}/describe/", {"ids": str(mug.pk), "wished": "1", "kinds": "title", "takes": "1"})
    with merchant_scope(shop):
        job = Job.objects.filter(kind="copy.describe").latest("pk")
    assert "tone" not in job.params
