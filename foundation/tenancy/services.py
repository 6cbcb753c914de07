"""The verbs of shops and people: the only place that writes these rows."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.tenancy.models import Invitation, Membership, Merchant, Role, User

INVITATION_LIFETIME = timedelta(days=7)
RESERVED_SLUGS = frozenset({"new", "admin", "static", "api", "w"})


class TenancyError(Exception):
    """A sentence for the person who asked; nothing was changed."""


@transaction.atomic
def create_merchant(name: str, owner: User, *, language: str = "en", is_demo: bool = False) -> Merchant:
    merchant = _create_with_free_slug(name.strip(), language, is_demo)
    Membership.objects.create(merchant=merchant, user=owner, role=Role.OWNER)
    return merchant


def change_settings(merchant: Merchant, *, name: str, language: str) -> None:
    """`language` is what descriptions are written in. The address stays: links to the shop are kept by people."""
    merchant.name, merchant.language = name.strip(), language
    merchant.save(update_fields=["name", "language"])


def open_memberless_shop(name: str) -> Merchant:
    """A shop that nobody belongs to and no page shows, for `foundation.jobs.scratch`; `remove_shop` ends it."""
    return _create_with_free_slug(name.strip()[:100] or "scratch", "en", is_demo=False)


@transaction.atomic
def remove_shop(merchant: Merchant) -> None:
    """The shop and everything that is its, files too: there is no way back."""
    uploads = Path(settings.MEDIA_ROOT) / str(merchant.pk)  # where every app keeps what a shop uploaded
    learnt = Path(settings.DATA_DIR) / "training" / f"shop-{merchant.pk}"  # its texts, and what a model made of them
    merchant.delete()
    for folder in (uploads, learnt):
        transaction.on_commit(partial(shutil.rmtree, folder, ignore_errors=True))


def _create_with_free_slug(name: str, language: str, is_demo: bool) -> Merchant:
    base = slugify(name)[:50] or "shop"
    candidates = [base] if base not in RESERVED_SLUGS else []
    candidates += [f"{base}-{secrets.token_hex(3)}" for _attempt in range(5)]
    for slug in candidates:
        try:
            with transaction.atomic():
                return Merchant.objects.create(name=name, slug=slug, language=language, is_demo=is_demo)
        except IntegrityError:  # taken, perhaps by a request beside this one
            continue
    raise TenancyError(_("No free address was found for this name. Choose another shop name."))


def invite(merchant: Merchant, email: str, role: str, by: User) -> tuple[Invitation, str]:
    """A new invitation for `email` (an older one is replaced) and its secret token, which is not stored.

    Raises `TenancyError` where the person is a member already.
    """
    email = email.strip().lower()
    if Membership.objects.filter(merchant=merchant, user__email__iexact=email).exists():
        raise TenancyError(_("%(email)s already belongs to this shop.") % {"email": email})
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        Invitation.objects.filter(merchant=merchant, email__iexact=email).delete()
        invitation = Invitation.objects.create(
            merchant=merchant,
            email=email,
            role=role,
            invited_by=by,
            token_hash=_hash(token),
            expires_at=timezone.now() + INVITATION_LIFETIME,
        )
    return invitation, token


def open_invitation(token: str) -> Invitation | None:
    return (
        Invitation.objects.select_related("merchant")
        .filter(token_hash=_hash(token), expires_at__gt=timezone.now())
        .first()
    )


@transaction.atomic
def accept_invitation(token: str, user: User) -> Membership:
    """Raises `TenancyError` where the invitation is used, expired, or was sent to another address."""
    invitation = (
        Invitation.objects.select_for_update().filter(token_hash=_hash(token), expires_at__gt=timezone.now()).first()
    )
    if invitation is None:
        raise TenancyError(_("This invitation was used or has expired. Ask the shop's owner for a new one."))
    if invitation.email.lower() != user.email.lower():
        raise TenancyError(
            _("This invitation is for %(email)s. Log in with that address to accept it.") % {"email": invitation.email}
        )
    membership, _created = Membership.objects.get_or_create(
        merchant=invitation.merchant, user=user, defaults={"role": invitation.role}
    )
    invitation.delete()
    return membership


def withdraw_invitation(merchant: Merchant, invitation_id: int) -> None:
    Invitation.objects.filter(merchant=merchant, pk=invitation_id).delete()


@transaction.atomic
def remove_member(merchant: Merchant, membership_id: int) -> None:
    """Raises `TenancyError` rather than leave a shop without an owner."""
    memberships = list(Membership.objects.select_for_update().filter(merchant=merchant))
    leaving = next((m for m in memberships if m.pk == membership_id), None)
    if leaving is None:
        return
    if leaving.is_owner and sum(m.is_owner for m in memberships) == 1:
        raise TenancyError(_("A shop needs an owner. Make somebody else an owner first."))
    leaving.delete()


@transaction.atomic
def change_role(merchant: Merchant, membership_id: int, role: str) -> None:
    """Raises `TenancyError` rather than leave a shop without an owner."""
    memberships = list(Membership.objects.select_for_update().filter(merchant=merchant))
    changed = next((m for m in memberships if m.pk == membership_id), None)
    if changed is None or changed.role == role:
        return
    if changed.is_owner and sum(m.is_owner for m in memberships) == 1:
        raise TenancyError(_("A shop needs an owner. Make somebody else an owner first."))
    changed.role = Role(role)
    changed.save(update_fields=["role"])


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
