"""The team page: for owners only; to staff it does not exist."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.tenancy import letters, services
from foundation.tenancy.forms import InviteForm, RoleForm
from foundation.tenancy.http import ShopRequest, owners_only
from foundation.tenancy.models import Invitation, Membership, Role


@require_safe
def team(request: ShopRequest, slug: str) -> HttpResponse:
    owners_only(request)
    return _page(request)


@require_POST
def invite(request: ShopRequest, slug: str) -> HttpResponse:
    """Answers with the page itself, not a redirect: the link is shown this once and kept nowhere."""
    owners_only(request)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422, form=form)
    try:
        invitation, token = services.invite(
            request.merchant, form.cleaned_data["email"], form.cleaned_data["role"], request.user
        )
    except services.TenancyError as error:
        form.add_error("email", str(error))
        return _page(request, status=422, form=form)
    link = request.build_absolute_uri(reverse("tenancy:invitation", kwargs={"token": token}))
    return _page(request, link=link, invited=invitation, mailed=letters.send_invitation(invitation, link))


@require_POST
def withdraw(request: ShopRequest, slug: str, invitation_id: int) -> HttpResponse:
    owners_only(request)
    get_object_or_404(Invitation, merchant=request.merchant, pk=invitation_id)
    services.withdraw_invitation(request.merchant, invitation_id)
    messages.success(request, _("The invitation was withdrawn."))
    return redirect("tenancy:team", slug=slug)


@require_POST
def change_role(request: ShopRequest, slug: str, membership_id: int) -> HttpResponse:
    owners_only(request)
    get_object_or_404(Membership, merchant=request.merchant, pk=membership_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            services.change_role(request.merchant, membership_id, form.cleaned_data["role"])
            messages.success(request, _("The role was changed."))
        except services.TenancyError as error:
            messages.error(request, str(error))
    else:
        messages.error(request, _("Choose one of the roles."))
    return _back(request, slug)


@require_POST
def remove(request: ShopRequest, slug: str, membership_id: int) -> HttpResponse:
    owners_only(request)
    get_object_or_404(Membership, merchant=request.merchant, pk=membership_id)
    try:
        services.remove_member(request.merchant, membership_id)
        messages.success(request, _("The person was removed and can no longer open this shop."))
    except services.TenancyError as error:
        messages.error(request, str(error))
    return _back(request, slug)


def _back(request: ShopRequest, slug: str) -> HttpResponse:
    """An owner who has just stopped being one can't go back to the team page."""
    still_owner = Membership.objects.filter(pk=request.membership.pk, role=Role.OWNER).exists()
    return redirect("tenancy:team", slug=slug) if still_owner else redirect("home")


def _page(request: ShopRequest, status: int = 200, **extra: Any) -> HttpResponse:
    merchant = request.merchant
    context = {
        "form": InviteForm(),
        "people": Membership.objects.filter(merchant=merchant).select_related("user").order_by("role", "user__email"),
        "invitations": Invitation.objects.filter(merchant=merchant).order_by("email"),
        "roles": Role,
        **extra,
    }
    return render(request, "tenancy/team.html", context, status=status)
