"""What people send to the pages of reviews."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.forms import RecognitionForm, UploadForm
from reviews.models import ReviewFile
from reviews.models.reviews import ID, NAME, SOURCE
from reviews.reading.dates import DMY, FIRST, MDY
from reviews.reading.identity import review_digest
from reviews.reading.mapping import DATES, SOURCE_NAME
from reviews.reading.rows import Entry, key_of

LONGEST = 50_000  # characters of a review that is typed or pasted in


class ReviewUploadForm(UploadForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("File of reviews")


class HowToRead(RecognitionForm):
    """As for a catalog; a file of reviews has one format."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, file: ReviewFile) -> None:
        super().__init__(data, file=file)
        del self.fields["format"]
        if "has_header" in self.fields:
            choices = [("yes", _("Names the columns")), ("no", _("Is a review"))]
            self.fields["has_header"].choices = choices  # type: ignore[attr-defined]


class FileForm(forms.Form):
    """What holds for all rows of a file; its fields are sent with the mapping."""

    prefix = "map"
    dates = forms.ChoiceField(
        label=_("Dates like 3/4/2024"),
        choices=[(MDY, _("Month first: 4 March")), (DMY, _("Day first: 3 April"))],
        required=False,
    )
    source_name = forms.CharField(
        label=_("Where they come from"),
        max_length=SOURCE,
        required=False,
        help_text=_("Such as Trustpilot or your own shop; where no column says it."),
    )

    @classmethod
    def of(cls, file: ReviewFile) -> FileForm:
        return cls(initial={DATES: file.mapping.get(DATES, MDY), SOURCE_NAME: file.mapping.get(SOURCE_NAME, "")})


class ReviewForm(forms.Form):
    """A single review. The product is named as a file would name it, so that it is found in the same way."""

    text = forms.CharField(
        label=_("Review"),
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[MaxLengthValidator(LONGEST)],
    )
    rating = forms.TypedChoiceField(
        label=_("Stars"),
        choices=[("", _("None given"))] + [(str(n), "★" * n) for n in range(5, 0, -1)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    written_on = forms.DateField(label=_("Written on"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    product = forms.CharField(
        label=_("Product"),
        max_length=ID,
        required=False,
        help_text=_("Its SKU, handle or exact title. Leave it empty for a review of the shop."),
    )
    source = forms.CharField(label=_("Where it comes from"), max_length=SOURCE, required=False)
    author = forms.CharField(label=_("Name of the author"), max_length=NAME, required=False)
    contact = forms.CharField(label=_("E-mail or phone of the author"), max_length=NAME, required=False)

    def clean_written_on(self) -> Any:
        day = self.cleaned_data["written_on"]
        if day and not FIRST <= day <= timezone.localdate() + timedelta(days=1):
            raise forms.ValidationError(_("Choose a day that is not in the future."))
        return day

    def entry(self) -> Entry:
        given = self.cleaned_data
        key = key_of(given["product"])
        nobody = review_digest(
            source="", source_id="", product_key="", product_title="", text="", written_on=None, author=""
        )
        return Entry(
            row=0,
            digest=nobody,
            text=given["text"],
            rating=given["rating"],
            written_on=given["written_on"],
            product_key=key,
            source=given["source"],
            author=given["author"],
            contact=given["contact"],
        )
