"""Making the demo shop, step by step, each only where it is missing: an interrupted start goes on with the next."""

from __future__ import annotations

from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from catalog import services as catalog
from catalog.models import CatalogFile, FileStatus, Product
from copywriter.jobs import KIND as DESCRIBE
from ecomsite.services import secret_file
from foundation.jobs import services as jobs
from foundation.jobs.inline import run_here
from foundation.jobs.models import Job
from foundation.tenancy.models import Merchant, User
from foundation.tenancy.services import create_merchant

EMAIL = "demo@example.com"
PASSWORD_NAME = "DEMO_PASSWORD"  # noqa: S105 — the name of a line in secrets.env
SHOP = "Northwind Goods"
CATALOG = Path(__file__).with_name("catalog.csv")


def password() -> str:
    """This installation's own, generated into secrets.env: a fixed one would be known to everybody."""
    return secret_file.ensure(Path(settings.DATA_DIR) / "secrets.env", (PASSWORD_NAME,))[PASSWORD_NAME]


def demo_owner() -> User:
    word = password()
    with transaction.atomic():
        user = User.objects.filter(email=EMAIL).first()
        if user is None:
            user = User.objects.create_user(EMAIL, word, name="Demo")
            EmailAddress.objects.create(user=user, email=EMAIL, verified=True, primary=True)
    return user


def demo_shop(owner: User) -> Merchant:
    found = Merchant.objects.filter(is_demo=True, memberships__user=owner).first()
    return found or create_merchant(SHOP, owner, is_demo=True)


def import_catalog(owner: User) -> CatalogFile:
    """The sample file, taken in as a merchant's would be. Must be called in the shop's scope."""
    file = CatalogFile.objects.filter(original_name=CATALOG.name).order_by("-pk").first()
    if file is None:
        with CATALOG.open("rb") as stream:
            file = catalog.upload(CATALOG.name, stream, by=owner)
    if file.status != FileStatus.PUBLISHED and not Product.objects.exists():
        job = catalog.import_job(file)
        run_here(job if job and job.is_active else catalog.confirm(file, by=owner), threads=1)
        file.refresh_from_db()
    return file


def queue_descriptions(owner: User) -> Job | None:
    """The job that describes the demo's products, queued once; None where it was before."""
    if Job.objects.filter(kind=DESCRIBE).exists():
        return None
    return jobs.enqueue(DESCRIBE, {"selection": {"all": True}}, by=owner, dedup_key="demo")
