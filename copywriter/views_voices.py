"""How the shop and its brands speak: the list, the form of one voice, and what it sounds like before it is saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import push_url

from copywriter.brands import brands, is_known
from copywriter.model_in_use import is_bundled
from copywriter.models import Voice
from copywriter.services import voices as services
from copywriter.shown_preview import shown
from copywriter.trial import fullest, values_of, voice_from
from copywriter.voice_form import VoiceForm, example_from, with_example
from copywriter.voices import ShopVoices
from foundation.jobs.errors import AlreadyQueued
from foundation.jobs.models import Job
from foundation.tenancy.htmx import redirect_to, wants_fragment
from foundation.tenancy.http import ShopRequest

COPY, PREVIEW = "copy", "preview"
"""What the form's buttons besides saving send as `do`."""


@require_GET
def voice_list(request: ShopRequest, slug: str) -> HttpResponse:
    return render(request, "copywriter/voice_list.html", {"brands": brands(), "bundled": is_bundled()})


@require_http_methods(["GET", "POST"])
def voice_edit(request: ShopRequest, slug: str) -> HttpResponse:
    """The voice of `?brand=`, or of the whole shop, whether there is one already or not."""
    brand = request.GET.get("brand", "").replace("\0", "")
    if not is_known(brand):
        raise Http404("no such brand")
    if request.method == "GET":
        return _page(request, brand, VoiceForm(initial=_initial(brand), brand=brand))
    if request.POST.get("do") == COPY:
        return _copied(request, brand)
    form = VoiceForm(request.POST, brand=brand)
    if not form.is_valid():
        return _page(request, brand, form, status=422)
    if request.POST.get("do") == PREVIEW:
        return _preview(request, brand, form)
    services.save_voice(brand, form.values())
    messages.success(request, _("Saved. The next texts are written in this voice."))
    return redirect_to(request, reverse("copywriter:voice_list", kwargs={"slug": slug}))


@require_POST
def voice_delete(request: ShopRequest, slug: str, pk: int) -> HttpResponse:
    services.remove_voice(get_object_or_404(Voice, pk=pk))
    messages.success(request, _("Removed. Texts that are there stay as they are."))
    return redirect("copywriter:voice_list", slug=slug)


@require_GET
def voice_preview(request: ShopRequest, slug: str, job_id: int) -> HttpResponse:
    """What is written so far; as a page with the form as it was when the preview was asked for."""
    job: Job = get_object_or_404(Job, pk=job_id, kind=services.PREVIEW)
    if wants_fragment(request):
        return render(request, "copywriter/_voice_preview.html", {"preview": shown(job)})
    brand = job.params["brand"]
    return _page(request, brand, VoiceForm(initial=VoiceForm.initial_of(voice_from(job.params)), brand=brand), job)


def _preview(request: ShopRequest, brand: str, form: VoiceForm) -> HttpResponse:
    ids = form.product_ids or fullest(brand)
    if not ids:
        form.add_error("products", _("There is no product to try it on: import some first."))
        return _page(request, brand, form, status=422)
    try:
        job = services.preview_voice(brand, form.values(), ids, request.user)
    except AlreadyQueued as error:
        job = error.job
    url = reverse("copywriter:voice_preview", kwargs={"slug": request.merchant.slug, "job_id": job.pk})
    return push_url(_page(request, brand, form, job), url) if wants_fragment(request) else redirect(url)


def _copied(request: ShopRequest, brand: str) -> HttpResponse:
    """The form with the description of a product as one more example."""
    name = request.POST.get("copy_from", "").replace("\0", "")[:200]
    text = example_from(name)
    try:
        data = with_example(request.POST, text) if text else request.POST
        problem = "" if text else _("No described product is found. Write its SKU, or words of its title.")
    except ValueError:
        data, problem = request.POST, _("All examples are filled. Clear one first.")
    form = VoiceForm(data, brand=brand)
    if problem:
        form.add_error("copy_from", problem)
    return _page(request, brand, form, status=422 if problem else 200)


def _initial(brand: str) -> dict[str, Any]:
    """The brand's own voice, or for one without the shop's, which it has so far."""
    return VoiceForm.initial_of(ShopVoices.read().of(brand))


def _page(request: ShopRequest, brand: str, form: VoiceForm, job: Job | None = None, status: int = 200) -> HttpResponse:
    saved = Voice.objects.filter(brand=brand).first()
    edit = reverse("copywriter:voice_edit", kwargs={"slug": request.merchant.slug})
    context = {
        "brand": brand,
        "form": form,
        "saved": saved,
        "here": f"{edit}?{urlencode({'brand': brand})}",
        "bundled": is_bundled(),
        "preview": shown(job) if job else None,
        "unsaved": job is not None and (saved is None or values_of(saved) != job.params["voice"]),
    }
    name = "copywriter/_voice.html" if wants_fragment(request) else "copywriter/voice_edit.html"
    return render(request, name, context, status=status)
