"""A person's way into a shop, and the shop's settings."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from foundation.tenancy import services
from foundation.tenancy.forms import LANGUAGES, ShopForm
from foundation.tenancy.http import ShopRequest, owners_only
from foundation.tenancy.models import Membership, User


@require_http_methods(["GET", "HEAD", "POST"])
def shop_new(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    language = get_language() if get_language() in dict(LANGUAGES) else "en"
    form = ShopForm(request.POST or None, initial={"language": language})
    if request.method == "POST" and form.is_valid():
        try:
            merchant = services.create_merchant(
                form.cleaned_data["name"], request.user, language=form.cleaned_data["language"]
            )
        except services.TenancyError as error:
            form.add_error("name", str(error))
        else:
            return redirect("dashboard", slug=merchant.slug)
    status = 422 if form.errors else 200
    return render(request, "tenancy/shop_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def shop_settings(request: ShopRequest, slug: str) -> HttpResponse:
    """Everybody of the shop sees its settings; owners change them."""
    if request.method == "POST":
        owners_only(request)
    shop = request.merchant
    form = ShopForm(request.POST or None, initial={"name": shop.name, "language": shop.language})
    if request.method == "POST" and form.is_valid():
        services.change_settings(shop, name=form.cleaned_data["name"], language=form.cleaned_data["language"])
        messages.success(request, _("Settings saved."))
        return redirect("tenancy:settings", slug=slug)
    status = 422 if form.errors else 200
    language = dict(LANGUAGES).get(shop.language, shop.language)
    return render(request, "tenancy/settings.html", {"form": form, "language": language}, status=status)


@require_POST
def leave(request: ShopRequest, slug: str) -> HttpResponse:
    shop = request.merchant.name
    try:
        services.remove_member(request.merchant, request.membership.pk)
    except services.TenancyError as error:
        messages.error(request, str(error))
        return redirect("tenancy:settings", slug=slug)
    messages.success(request, _("You left %(shop)s.") % {"shop": shop})
    return redirect("home")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Public, because an invited person may have no account yet; whoever holds the link may read who invites whom."""
    found = services.open_invitation(token)
    if found is None:
        return render(request, "tenancy/invitation_gone.html", status=404)
    if request.method == "POST":
        if not isinstance(request.user, User):
            return redirect_to_login(request.path)
        try:
            membership: Membership = services.accept_invitation(token, request.user)
        except services.TenancyError as error:
            messages.error(request, str(error))
            return redirect(request.path)
        messages.success(request, _("Welcome to %(shop)s.") % {"shop": membership.merchant.name})
        return redirect("dashboard", slug=membership.merchant.slug)
    fits = isinstance(request.user, User) and request.user.email.lower() == found.email.lower()
    return render(request, "tenancy/invitation.html", {"invitation": found, "fits": fits})
