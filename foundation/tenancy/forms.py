"""Forms of shops and people."""

from __future__ import annotations

from typing import Any

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
        help_text=_("The language that your product data is in."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.COPY_LANGUAGES == ["en"]:
            self.fields["language"].help_text = _(
                "The bundled model writes English only, whatever the language of the catalog: for texts in another"
                " language, translate the drafts in the editor before you accept them."
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
