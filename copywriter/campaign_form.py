"""What a person chooses for a campaign: what it is about, which texts, for whom, on which occasion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog import listing
from copywriter.category_counts import categories
from copywriter.forms import IdsWidget, Numbers, WishForm
from copywriter.jobs import CATEGORY_KIND, KIND
from copywriter.selection import asked_for
from copywriter.writing.wishes import PLAIN
from foundation.jobs.models import Job

PRODUCTS, CATEGORIES = "products", "categories"
LONGEST_NAME = 80


class CampaignForm(WishForm):
    """Of products the chosen ones are narrowed by category, vendor and a missing description; nothing chosen is all."""

    name = forms.CharField(label=_("Name of the campaign"), max_length=LONGEST_NAME, required=False)
    about = forms.ChoiceField(
        label=_("What to write about"),
        choices=[(PRODUCTS, _("Products, each on its own")), (CATEGORIES, _("Categories, each as a whole"))],
        widget=forms.RadioSelect(attrs={"class": "ticks"}),
        initial=PRODUCTS,
        required=False,
    )
    ids = Numbers(required=False, widget=IdsWidget)
    categories = forms.MultipleChoiceField(
        label=_("Categories"), required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"})
    )
    vendor = forms.ChoiceField(label=_("Vendor"), required=False)
    without_description = forms.BooleanField(label=_("Only products without a description"), required=False)

    def __init__(self, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.initial = {**self.initial, **(initial or {})}
        self.fields["kinds"].required = False
        offered = [(one.name, f"{one.name} ({one.products})") for one in categories()]
        self.fields["categories"].choices = offered  # type: ignore[attr-defined]
        self.fields["vendor"].choices = [("", _("All vendors")), *((name, name) for name in listing.vendors())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.is_about_categories and not data.get("kinds") and "kinds" not in self.errors:
            self.add_error("kinds", self.fields["kinds"].error_messages["required"])
        return data

    @property
    def is_about_categories(self) -> bool:
        return self["about"].value() == CATEGORIES

    @property
    def job_kind(self) -> str:
        return CATEGORY_KIND if self.is_about_categories else KIND

    def selection(self) -> dict[str, Any]:
        """Of a form that was sent; what it can't read narrows nothing."""
        data = self.cleaned_data
        names = data.get("categories") or []
        if self.is_about_categories:
            return {"categories": names} if names else {"all": True}
        if data.get("ids"):
            return {"ids": data["ids"]}
        asked = {"vendor": data["vendor"]} if data.get("vendor") else {}
        asked |= {"without_description": "1"} if data.get("without_description") else {}
        chosen = ({"categories": names} if names else {}) | ({"filter": asked} if asked else {})
        return chosen or {"all": True}

    def to_params(self) -> dict[str, Any]:
        """Of a valid form: the job's parameters."""
        wished = self.wish().to_params()
        if self.is_about_categories:
            wished.pop("kinds", None)
        name = self.cleaned_data.get("name")
        return {"selection": self.selection(), **wished, **({"name": name} if name else {})}


def initial_like(job: Job) -> dict[str, Any]:
    """The settings of a job, to write again with them."""
    params = job.params
    chosen = params.get("selection") or {}
    asked = asked_for(chosen)
    types = [asked["product_type"]] if asked.get("product_type") else []
    found: dict[str, Any] = {name: params[name] for name in (*PLAIN, "kinds", "name") if params.get(name)}
    return found | {
        "about": CATEGORIES if job.kind == CATEGORY_KIND else PRODUCTS,
        "ids": chosen.get("ids", []),
        "categories": chosen.get("categories", types),
        "vendor": asked.get("vendor", ""),
        "without_description": bool(asked.get("without_description")),
    }
