"""Forms of shops and people."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from foundation.tenancy.models import Role

LANGUAGES = [(code, name) for code, name in settings.LANGUAGES]


class ShopForm(forms.Form):
    name = forms.CharField(
        label=_("Shop name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "placeholder": _("e.g. Harbour Lane Ceramics")}),
    )
    language = forms.ChoiceField(
        label=_("Language of the catalog"),
        choices=LANGUAGES,
        help_text=_("Descriptions are written in this language."),
    )


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "placeholder": "name@example.com"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role, initial=Role.STAFF)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role)
