"""A shop with one of everything that an address can name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.files.base import ContentFile
from django.urls import reverse

from catalog import services as catalog
from catalog.models import CatalogFile, DescriptionVersion, Product, RowIssue
from copywriter import services as copywriter
from copywriter.models import DraftStatus, Preview
from copywriter.services import voices
from foundation.evidence import check, to_json
from foundation.jobs.models import ItemStatus, Job, JobItem, JobStatus
from foundation.tenancy import services as tenancy
from foundation.tenancy.models import Membership, Merchant, Role, User
from foundation.tenancy.scope import merchant_scope
from reviews import services as reviews
from reviews.models import Review
from reviews.reading.rows import Entry
from tests.web.addresses import SHOP_ADDRESSES
from tests.web.goods import PLAIN_CSV, REVIEWS_CSV, SHOPIFY_CSV, import_file, import_reviews, make_draft, make_job


@dataclass
class Stocked:
    """`ids` has a row's id for each name that `tests.web.addresses` uses."""

    merchant: Merchant
    owner: User
    staff: User
    ids: dict[str, int] = field(default_factory=dict)

    def path(self, name: str, slug: str = "") -> str:
        """The address of this shop's object, under another shop's slug if one is given."""
        address = SHOP_ADDRESSES[name]
        kwargs = {part: self.ids[of] for part, of in address.slots.items()}
        return reverse(name, kwargs={"slug": slug or self.merchant.slug, **kwargs}) + self._filled(address.query)

    def data(self, name: str) -> dict[str, Any]:
        filled = {self._filled(key): self._filled(value) for key, value in SHOP_ADDRESSES[name].data.items()}
        if name in ("catalog:import_list", "reviews:import_list"):
            text = PLAIN_CSV if name == "catalog:import_list" else REVIEWS_CSV
            filled["file"] = ContentFile(text.encode(), name="theirs.csv")  # type: ignore[assignment]
        return filled

    def _filled(self, text: str) -> str:
        return text.format(**self.ids)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Everything that the shop has in the database, to be compared with itself later."""
        found: dict[str, list[dict[str, Any]]] = {
            "merchant": list(Merchant.objects.filter(pk=self.merchant.pk).values())
        }
        for model in apps.get_models():
            if any(each.name == "merchant" for each in model._meta.fields):
                manager = getattr(model, "unscoped", model._default_manager)
                found[model._meta.label] = list(manager.filter(merchant=self.merchant).order_by("pk").values())
        return found


def stock(merchant: Merchant, owner: User, staff: User, catalog_csv: str = SHOPIFY_CSV) -> Stocked:
    shop = Stocked(merchant, owner, staff)
    published = import_file(merchant, owner, catalog_csv, name="shop.csv")
    with merchant_scope(merchant):
        opened = catalog.upload("next.csv", ContentFile(PLAIN_CSV.encode()), by=owner)
        RowIssue(file=published, row=3, column="Title", severity="error", code="no_title", cells=["x"]).save()
        first, second = Product.objects.order_by("pk")[:2]
    shop.ids |= {"file": published.pk, "open_file": opened.pk, "product": first.pk}
    shop.ids |= _described(merchant, owner, second)
    draft = make_draft(merchant, first)
    with merchant_scope(merchant):
        said = copywriter.comment(draft, "Is it oak?", by=owner)
    shop.ids |= {"draft": draft.pk, "draft_job": draft.job_id, "comment": said.pk}
    shop.ids |= _jobs(merchant, owner)
    shop.ids |= _voice(merchant, owner, first)
    shop.ids |= _reviews(merchant, owner)
    shop.ids["staff_membership"] = _joined(merchant, staff).pk
    shop.ids["invitation"] = tenancy.invite(merchant, "third@example.com", Role.STAFF, owner)[0].pk
    return shop


def _described(merchant: Merchant, owner: User, product: Product) -> dict[str, int]:
    """A product whose accepted draft put the text before it into the history."""
    with merchant_scope(merchant):
        catalog.set_description(product, "The text before.", "person", owner)
    draft = make_draft(merchant, product)
    with merchant_scope(merchant):
        copywriter.accept(draft, by=owner)
        assert DraftStatus(type(draft).objects.get(pk=draft.pk).status) == DraftStatus.ACCEPTED
        version = DescriptionVersion.objects.filter(product=product).latest("pk")
    return {"described_product": product.pk, "accepted_draft": draft.pk, "version": version.pk}


def _jobs(merchant: Merchant, owner: User) -> dict[str, int]:
    done = make_job(merchant, JobStatus.FAILED)
    running = make_job(merchant, JobStatus.RUNNING)
    with merchant_scope(merchant):
        for job, status in ((done, ItemStatus.FAILED), (running, ItemStatus.PENDING)):
            key = str(Product.objects.order_by("pk")[0].pk)
            JobItem(job=job, key=key, status=status, error="It can’t be read.").save()
        Job.objects.filter(pk__in=[done.pk, running.pk]).update(created_by=owner)
    return {"job": done.pk, "running_job": running.pk}


def _voice(merchant: Merchant, owner: User, product: Product) -> dict[str, int]:
    """A voice, and another one on trial."""
    values = {"tone": "warm", "audience": "", "prefer": [], "avoid": [], "examples": []}
    with merchant_scope(merchant):
        saved = voices.save_voice("", {**values, "tone": "playful"})
        job = voices.preview_voice("", values, [product.pk], owner)
        Job.objects.filter(pk=job.pk).update(status=JobStatus.DONE)
        Preview(job=job, product=product, on_trial=True, text="A bowl.", evidence=to_json(check("A bowl.", []))).save()
    return {"voice": saved.pk, "preview_job": job.pk}


def _reviews(merchant: Merchant, owner: User) -> dict[str, int]:
    """A file that is imported, one that is open, and a review by hand."""
    published = import_reviews(merchant, owner, REVIEWS_CSV)
    with merchant_scope(merchant):
        opened = reviews.upload("next.csv", ContentFile(REVIEWS_CSV.encode()), by=owner)
        nobody = UUID(int=0)
        written = reviews.add_review(
            Entry(row=0, digest=nobody, text="The Oak bowl is lovely.", author="Rosa Reviewer")
        )
        brought = Review.objects.filter(file=published).select_related("author").order_by("pk")[0]
    assert brought.author_id is not None
    return {
        "review_file": published.pk,
        "open_review_file": opened.pk,
        "written_review": written.pk,
        "review": brought.pk,
        "author": brought.author_id,
    }


def _joined(merchant: Merchant, user: User) -> Membership:
    return Membership.objects.get_or_create(merchant=merchant, user=user, defaults={"role": Role.STAFF})[0]


def file_of(shop: Stocked) -> CatalogFile:
    with merchant_scope(shop.merchant):
        return CatalogFile.objects.get(pk=shop.ids["file"])
