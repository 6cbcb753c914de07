"""The job kind that writes a few descriptions in a voice on trial, and beside them in the one that is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.facts import for_facts, product_facts
from catalog.models import Product
from copywriter import selection
from copywriter.engine_errors import as_job_errors
from copywriter.kinds import DESCRIPTION
from copywriter.services import voices as services
from copywriter.trial import voice_from
from copywriter.voices import ShopVoices
from copywriter.writing import writer
from copywriter.writing.rounds import finished
from copywriter.writing.wishes import Wish
from copywriter.writing.writer import Work
from foundation.inference.registry import generator
from foundation.jobs.kinds import Outcome, Stop
from foundation.jobs.models import Job, JobItem
from foundation.jobs.queues import Queue
from foundation.tenancy.scope import current_merchant

SAVED, TRIAL = "saved", "trial"


class PreviewVoice:
    """One item a product. A person waits for it, so it does not wait behind the shop's own run."""

    kind, queue, chunk_size = services.PREVIEW, Queue.INTERACTIVE, 3
    icon = "eye"

    def plan(self, params: dict[str, Any]) -> Iterable[str]:
        return (str(pk) for pk in selection.product_ids({"ids": params["ids"]}))

    def process(self, job: Job, items: Sequence[JobItem], stop: Stop) -> Iterator[Outcome]:
        """Raises what `as_job_errors` does."""
        chosen = Product.objects.filter(pk__in=[int(item.key) for item in items]).prefetch_related(*for_facts())
        products, saved = {product.pk: product for product in chosen}, ShopVoices.read()
        for item in items:
            if int(item.key) not in products:
                yield Outcome(item.key, error=_("The product was removed."))
        begun: dict[str, Work] = {}
        for product in products.values():
            begun |= _begun(product, saved, saved.with_voice(voice_from(job.params)))
        wanted = Counter(int(key.partition(":")[0]) for key in begun)
        done: dict[int, dict[bool, Work]] = {}
        with as_job_errors():
            for key, work in finished(generator("copy"), begun, stop):
                name, _colon, which = key.partition(":")
                works = done.setdefault(int(name), {})
                works[which == TRIAL] = work
                if len(works) == wanted[int(name)]:
                    results = {on_trial: writer.result(one) for on_trial, one in works.items()}
                    yield Outcome(name, save=partial(services.keep_preview, job, int(name), results))

    def title(self, job: Job) -> str:
        brand = job.params.get("brand")
        return _("Preview of the voice of %(brand)s") % {"brand": brand} if brand else _("Preview of the shop’s voice")

    def results(self, job: Job) -> tuple[str, str]:
        kwargs = {"slug": current_merchant().slug, "job_id": job.pk}
        return _("See the preview"), reverse("copywriter:voice_preview", kwargs=kwargs)

    def item_labels(self, keys: Sequence[str]) -> dict[str, str]:
        titles = Product.objects.filter(pk__in=[int(key) for key in keys]).values_list("pk", "title")
        return {str(pk): title for pk, title in titles}


def _begun(product: Product, saved: ShopVoices, tried: ShopVoices) -> dict[str, Work]:
    """In both voices with one seed, so that nothing but the voice makes a difference; once where they are the same."""
    facts = product_facts(product, list(product.variants.all()))
    found: dict[str, Work] = {}
    before, after = (voices.guidance(product.vendor, Wish()) for voices in (saved, tried))
    for which, guided in ((SAVED, before), (TRIAL, after)):
        if which == TRIAL or replace(guided, voice=after.voice) != after:
            brief = DESCRIPTION.brief(guided.tone)
            found[f"{product.pk}:{which}"] = writer.begin(facts, 0, brief, guided=guided)
    return found
