"""Every address of the product, as its resolver knows them, and what a test has to know of each.

A new address belongs into one of the tables below: the test of the tables fails until it does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver

GET, POST = "GET", "POST"
SHOP_PREFIX = "m/<slug:slug>/"


@dataclass(frozen=True)
class Address:
    """An address under `/m/<slug>/`.

    `slots` maps each part of the address that names an object to what `tests.web.shops.Stocked` calls its id.
    `data` is what a POST sends; `{name}` in it is replaced by that object's id.
    """

    methods: tuple[str, ...]
    slots: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    query: str = ""
    owners_only: tuple[str, ...] = ()
    names_objects_in_data: bool = False


def read(**slots: str) -> Address:
    return Address((GET,), slots)


def write(data: dict[str, str] | None = None, owners_only: bool = False, **slots: str) -> Address:
    return Address((POST,), slots, data or {}, owners_only=(POST,) if owners_only else ())


SHOP_ADDRESSES: dict[str, Address] = {
    "dashboard": read(),
    "tenancy:settings": Address((GET, POST), data={"name": "Renamed", "language": "en"}, owners_only=(POST,)),
    "tenancy:team": Address((GET,), owners_only=(GET,)),
    "tenancy:invite": write({"email": "new@example.com", "role": "owner"}, owners_only=True),
    "tenancy:withdraw": write(owners_only=True, invitation_id="invitation"),
    "tenancy:change_role": write({"role": "owner"}, owners_only=True, membership_id="staff_membership"),
    "tenancy:remove": write(owners_only=True, membership_id="staff_membership"),
    "tenancy:leave": write(),
    "jobs:job_list": read(),
    "jobs:job": read(job_id="job"),
    "jobs:row": read(job_id="job"),
    "jobs:cancel": write(job_id="running_job"),
    "jobs:retry": write(job_id="job"),
    "catalog:product_list": read(),
    "catalog:product_detail": read(pk="product"),
    "catalog:restore": write(pk="described_product", version="version"),
    "catalog:import_list": Address((GET, POST)),
    "catalog:import_detail": read(pk="file"),
    "catalog:reread": write(
        {"format": "plain", "encoding": "latin-1", "delimiter": ";", "has_header": "yes"}, pk="open_file"
    ),
    "catalog:count": read(pk="open_file"),
    "catalog:confirm": write(pk="open_file"),
    "catalog:discard": write(pk="open_file"),
    "catalog:issues_csv": read(pk="file"),
    "catalog:export": read(pk="file"),
    "catalog:download": read(pk="file"),
    "catalog:export_list": read(),
    "copywriter:describe": Address(
        (GET, POST), data={"ids": "{product}"}, query="?ids={product}", names_objects_in_data=True
    ),
    "copywriter:estimate": Address((GET, POST), data={"ids": "{product}"}, query="?ids={product}"),
    "copywriter:teach": Address((GET, POST), owners_only=(POST,)),
    "copywriter:rules": Address((GET, POST), data={"markets": "eu", "banned": "cheap"}, owners_only=(POST,)),
    "copywriter:try_text": write({"text": "Our best mug."}),
    "copywriter:quality": read(),
    "copywriter:texts": read(job_id="draft_job"),
    "copywriter:texts_csv": read(job_id="draft_job"),
    "copywriter:texts_of": read(pk="described_product"),
    "copywriter:comment": write({"draft-{draft}-comment": "Too short."}, pk="draft"),
    "copywriter:remove_comment": write(pk="comment"),
    "copywriter:undo_run": Address((GET, POST), {"job_id": "draft_job"}),
    "copywriter:voice_list": read(),
    "copywriter:voice_edit": Address((GET, POST), data={"tone": "warm", "do": "preview"}),
    "copywriter:voice_delete": write(pk="voice"),
    "copywriter:voice_preview": read(job_id="preview_job"),
    "copywriter:campaign_list": read(),
    "copywriter:campaign_new": Address(
        (GET, POST),
        data={"wished": "1", "takes": "1", "kinds": "title", "ids": "{product}"},
        query="?ids={product}",
        names_objects_in_data=True,
    ),
    "copywriter:draft_list": read(),
    "copywriter:accept_passing": Address((GET, POST), data={"until": "9999999"}),
    "copywriter:bulk": Address((POST,), data={"ids": "{draft}", "decision": "accept"}, names_objects_in_data=True),
    "copywriter:undo": Address((POST,), data={"undo": "{accepted_draft}"}, names_objects_in_data=True),
    "copywriter:draft_detail": read(pk="draft"),
    "copywriter:edit": Address((GET, POST), {"pk": "draft"}, {"draft-{draft}-text": "A bowl of oak."}),
    "copywriter:check": write({"draft-{draft}-text": "A bowl of oak."}, pk="draft"),
    "copywriter:accept": write(pk="draft"),
    "copywriter:reject": write(pk="draft"),
    "reviews:review_list": read(),
    "reviews:review_new": Address((GET, POST), data={"text": "Just as I hoped.", "rating": "5"}),
    "reviews:review_detail": read(pk="review"),
    "reviews:match": write(),
    "reviews:remove": write(pk="written_review"),
    "reviews:remove_author": write(pk="author"),
    "reviews:import_list": Address((GET, POST)),
    "reviews:import_detail": read(pk="review_file"),
    "reviews:reread": write(
        {"encoding": "latin-1", "delimiter": ";", "has_header": "yes", "map-text": "Review"}, pk="open_review_file"
    ),
    "reviews:count": read(pk="open_review_file"),
    "reviews:confirm": write(pk="open_review_file"),
    "reviews:discard": write(pk="open_review_file"),
    "reviews:undo": write(pk="review_file"),
    "reviews:issues_csv": read(pk="review_file"),
}

BEFORE_LOGIN = "needed before one can log in"
OWN_ACCOUNT = "shows and changes the account of whoever is logged in; its address names no object"
BY_SECRET = "the secret in the address is the permission"

# Addresses that name no shop, and why they may.
OTHER_ADDRESSES: dict[str, str] = {
    "home": "the landing page; a member is sent on",
    "healthz": "counts only",
    "set_language": "stands on the login page too",
    "tenancy:shop_new": "creates a shop of one's own",
    "tenancy:invitation": BY_SECRET,
    "account_login": BEFORE_LOGIN,
    "account_logout": OWN_ACCOUNT,
    "account_inactive": BEFORE_LOGIN,
    "account_signup": BEFORE_LOGIN,
    "account_reauthenticate": OWN_ACCOUNT,
    "account_email": OWN_ACCOUNT,
    "account_email_verification_sent": BEFORE_LOGIN,
    "account_change_password": OWN_ACCOUNT,
    "account_set_password": OWN_ACCOUNT,
    "account_reset_password": BEFORE_LOGIN,
    "account_confirm_login_code": BEFORE_LOGIN,
    "account_confirm_email": BY_SECRET,
    "account_reset_password_from_key_done": BEFORE_LOGIN,
    "account_reset_password_from_key": BY_SECRET,
    "account_reset_password_done": BEFORE_LOGIN,
    "mfa_index": OWN_ACCOUNT,
    "mfa_authenticate": BEFORE_LOGIN,
    "mfa_reauthenticate": OWN_ACCOUNT,
    "mfa_activate_totp": OWN_ACCOUNT,
    "mfa_deactivate_totp": OWN_ACCOUNT,
    "mfa_view_recovery_codes": OWN_ACCOUNT,
    "mfa_generate_recovery_codes": OWN_ACCOUNT,
    "mfa_download_recovery_codes": OWN_ACCOUNT,
}


def patterns() -> dict[str, str]:
    """Name with namespace → route, of every address. Raises on an address without a name: nothing could list it."""
    return dict(_walk(get_resolver().url_patterns))


def _walk(
    entries: list[URLPattern | URLResolver], route: str = "", spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, str]]:
    for entry in entries:
        whole = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, whole, (*spaces, entry.namespace) if entry.namespace else spaces)
        elif entry.name:
            yield ":".join((*spaces, entry.name)), whole
        else:
            raise AssertionError(f"{whole} has no name")
