"""A shop with files, products and drafts, for the tests of its pages."""

from __future__ import annotations

from catalog import services
from catalog.jobs import ImportCatalog
from catalog.models import CatalogFile, Product
from copywriter.models import Draft, DraftStatus
from foundation.evidence import check, to_json
from foundation.jobs.models import Job, JobItem, JobStatus
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.scope import merchant_scope
from reviews import services as reviews
from reviews.jobs import ImportReviews
from reviews.models import ReviewFile

SCRIPT = "<script>alert(1)</script>"
BREAKOUT = '"><img src=x onerror=alert(2)>'
PLAIN_CSV = (
    "Name;Article;Price;Brand;Material\n"
    "Oak bowl;A1;12,50;Harbour;Oak\n"
    ";A2;3;Harbour;Pine\n"
    "Tea towel;A3;4,20;Harbour;Linen\n"
)
SHOPIFY_CSV = (
    "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
    "oak-bowl,Oak bowl,<p>Turned by hand.</p>,Harbour,Bowls,kitchen,TRUE,Size,Small,OB-S,12.50\n"
    "oak-bowl,,,,,,,,Large,OB-L,19.00\n"
    "tea-towel,Tea towel,,Harbour,Linen,kitchen,TRUE,Title,Default Title,TT,4.20\n"
)

REVIEWS_CSV = (
    "Review;SKU;Stars;Date;Author;Email\n"
    "The Oak bowl is well made.;OB-S;5;2024-05-01;Rita;rita@example.com\n"
    "Smaller than I thought.;GONE;2;2024-05-02;;\n"
    ";OB-S;4;2024-05-03;;\n"
)


def import_file(merchant: Merchant, by: User, text: str, name: str = "catalog.csv") -> CatalogFile:
    """A file as it is after a worker has imported it."""
    from django.core.files.base import ContentFile

    with merchant_scope(merchant):
        file = services.upload(name, ContentFile(text.encode()), by=by)
        job = services.confirm(file, by)
        for outcome in ImportCatalog().process(job, list(JobItem.objects.filter(job=job)), lambda: False):
            assert outcome.save is not None
            outcome.save()
        Job.objects.filter(pk=job.pk).update(status=JobStatus.DONE)
        return CatalogFile.objects.get(pk=file.pk)


def import_reviews(merchant: Merchant, by: User, text: str, name: str = "reviews.csv") -> ReviewFile:
    """A file of reviews as it is after a worker has imported it."""
    from django.core.files.base import ContentFile

    with merchant_scope(merchant):
        file = reviews.upload(name, ContentFile(text.encode()), by=by)
        job = reviews.confirm(file, by)
        for outcome in ImportReviews().process(job, list(JobItem.objects.filter(job=job)), lambda: False):
            assert outcome.save is not None
            outcome.save()
        Job.objects.filter(pk=job.pk).update(status=JobStatus.DONE)
        return ReviewFile.objects.get(pk=file.pk)


def make_product(merchant: Merchant, title: str = "Oak bowl", **fields: object) -> Product:
    with merchant_scope(merchant):
        product = Product(
            key=f"key-{title}-{Product.objects.count()}", title=title, search_text=title.lower(), **fields
        )
        product.save()
        return product


def make_job(merchant: Merchant, status: str = JobStatus.DONE) -> Job:
    with merchant_scope(merchant):
        job = Job(kind="copy.describe", queue="bulk", status=status)
        job.save()
        return job


def make_draft(
    merchant: Merchant,
    product: Product,
    text: str = "The oak bowl is made of oak.",
    job: Job | None = None,
    **fields: object,
) -> Draft:
    """A draft whose text is held against the product's facts, as a job leaves it."""
    from copywriter.subjects import facts_of_product

    with merchant_scope(merchant):
        evidence = to_json(check(text, facts_of_product(product)))
        values = {"status": DraftStatus.PENDING, "text": text, "original_text": text, "evidence": evidence, **fields}
        draft = Draft(product=product, job=job or make_job(merchant), **values)
        draft.save()
        return draft


def fresh(merchant: Merchant, row: Product | Draft | CatalogFile) -> object:
    with merchant_scope(merchant):
        return type(row).objects.get(pk=row.pk)
