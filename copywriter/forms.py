"""What people send to the review pages, and what a job is asked to write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from copywriter.errors import TooLong
from copywriter.kinds import PRODUCT_KINDS
from copywriter.models import Draft
from copywriter.writing import languages
from copywriter.writing.occasions import AUDIENCE, OCCASION, claimed
from copywriter.writing.wishes import MOST_TAKES, Wish
from foundation.tenancy.row_ids import LARGEST, row_id

AS_THE_VOICE = {"": _("As the voice says")}
TONES = {"plain": _("Plain"), "warm": _("Warm"), "technical": _("Technical"), "playful": _("Playful")}
MOST_CHARACTERS = 20_000
LONGEST_TOLD = 60  # characters of an audience or an occasion: what a sentence can name
MOST_AT_ONCE = 2_000  # drafts that one request decides: what a person waits for


def without_claims(source: str, value: str) -> str:
    """The audience or the occasion. Raises ValidationError where it says something of the products."""
    if words := claimed(source, value):
        raise forms.ValidationError(
            _("“%(words)s” speaks of the products, and their data has to say that. Say only for whom or when it is.")
            % {"words": words}
        )
    return value


class EditForm(forms.Form):
    """Its name is the draft's, because several may be open on one page, inside one form of that page."""

    text = forms.CharField(
        label=_("Description"),
        max_length=MOST_CHARACTERS,
        error_messages={"required": _("Write at least one sentence, or reject the draft instead.")},
        widget=forms.Textarea(attrs={"rows": 8, "autofocus": True}),
    )
    was = forms.CharField(max_length=64, required=False, help_text="the state of the text that the person began with")

    def __init__(self, data: Mapping[str, Any] | None = None, *, draft: Draft) -> None:
        super().__init__(data, prefix=f"draft-{draft.pk}", initial={"text": draft.text, "was": draft.text_state})
        self.fields["text"].label = str(draft.text_kind.label)
        self.kind = draft.text_kind

    def clean_text(self) -> str:
        """So that what somebody typed stays in the editor, with what is wrong with it."""
        text: str = self.cleaned_data["text"]
        if not self.kind.fits(text.strip()):
            raise forms.ValidationError(str(TooLong(self.kind, text.strip())))
        return text


class WishForm(forms.Form):
    """What to write of each product."""

    kinds = forms.MultipleChoiceField(
        label=_("What to write"),
        choices=[(kind.name, kind.label) for kind in PRODUCT_KINDS.values()],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
        error_messages={"required": _("Tick at least one kind of text.")},
    )
    tone = forms.ChoiceField(label=_("Tone"), choices=(AS_THE_VOICE | TONES).items(), required=False)
    takes = forms.TypedChoiceField(
        label=_("Versions of each text"),
        coerce=int,
        choices=[(n, n) for n in range(1, MOST_TAKES + 1)],
        help_text=_("Accept the one you like best."),
    )
    language = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    again = forms.BooleanField(label=_("Write again where a text from the same data exists"), required=False)
    over_own = forms.BooleanField(label=_("Also replace descriptions that a person wrote"), required=False)
    audience = forms.CharField(
        label=_("For whom"),
        max_length=LONGEST_TOLD,
        required=False,
        help_text=_("For example: gardeners. Used in ads, posts and e-mails."),
    )
    occasion = forms.CharField(
        label=_("Occasion"),
        max_length=LONGEST_TOLD,
        required=False,
        help_text=_("For example: Mother's Day. Used in ads, posts and e-mails."),
        widget=forms.TextInput(attrs={"list": "occasions", "autocomplete": "off"}),
    )

    def clean_audience(self) -> str:
        return without_claims(AUDIENCE, self.cleaned_data["audience"])

    def clean_occasion(self) -> str:
        return without_claims(OCCASION, self.cleaned_data["occasion"])

    def clean_language(self) -> str:
        """One that the model writes; English where none was chosen."""
        tag: str = self.cleaned_data["language"] or languages.ENGLISH
        if problem := languages.problem(tag):
            raise forms.ValidationError(problem)
        return tag

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Unbound, and so as usual, where the form was not sent."""
        usual = Wish()
        initial = {"kinds": [kind.name for kind in usual.kinds], "tone": usual.tone, "takes": usual.takes}
        super().__init__(data if data is not None and "wished" in data else None, initial=initial)
        if len(languages.choices()) > 1:
            self.fields["language"] = forms.ChoiceField(
                label=_("Language"), choices=languages.choices(), required=False, initial=usual.language
            )

    def wish(self) -> Wish:
        """Of a form that is valid or was not sent."""
        return Wish.from_params(self.cleaned_data) if self.is_bound else Wish()


class Numbers(forms.Field):
    """Ids, ticked one by one or joined by commas; what is no id is left out, as it can name nothing."""

    def to_python(self, value: list[str] | None) -> list[int]:
        parts = [part for each in value or [] for part in each.split(",")]
        return list(dict.fromkeys(pk for part in parts if (pk := row_id(part)) is not None))


class IdsWidget(forms.SelectMultiple):
    """Reads every value of the name; the boxes themselves stand in the rows."""


class BulkForm(forms.Form):
    """A decision on the ticked drafts, or with `all` on those that the page's filter holds."""

    decision = forms.ChoiceField(choices=[("accept", _("Accept")), ("reject", _("Reject"))])
    ids = Numbers(required=False, widget=IdsWidget)
    all = forms.BooleanField(required=False)
    replace = forms.BooleanField(required=False, help_text="descriptions that are there may go: the person was asked")
    people = forms.BooleanField(required=False, help_text="also those that people wrote")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("all") and not data.get("ids"):
            raise forms.ValidationError(_("Tick at least one draft first."))
        return data


class PassForm(forms.Form):
    """All that pass the page's filter, of the drafts that were there when the question was asked."""

    until = forms.IntegerField(min_value=0, max_value=LARGEST)
    people = forms.BooleanField(required=False, help_text="texts that people wrote may go too: they were asked")


class UndoForm(forms.Form):
    """Its field has a name of its own: on a page of decided drafts it stands in one form with other ids."""

    undo = Numbers(widget=IdsWidget)
