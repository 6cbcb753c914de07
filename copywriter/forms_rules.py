"""What people send to the page of the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from copywriter.compliance.book import RULES
from copywriter.compliance.own_words import LONGEST, MOST, tidy
from copywriter.compliance.rule import MARKETS
from copywriter.models import Policy

MOST_TRIED = 5_000
"""Characters of a text that is tried."""


class Lines(forms.CharField):
    """One entry a line. Invalid where there are more, or longer ones, than a list may hold."""

    widget = forms.Textarea(attrs={"rows": 5, "spellcheck": "false"})

    def clean(self, value: Any) -> list[str]:
        entries = [line for each in str(super().clean(value)).splitlines() if (line := " ".join(each.split()))]
        if long := next((one for one in entries if len(one) > LONGEST), None):
            raise forms.ValidationError(
                _("“%(entry)s…” is too long: an entry has at most %(limit)s characters.")
                % {"entry": long[:30], "limit": LONGEST}
            )
        if len(dict.fromkeys(entries)) > MOST:
            raise forms.ValidationError(_("A list has at most %(limit)s entries.") % {"limit": MOST})
        return list(tidy(entries))


class PolicyForm(forms.Form):
    """`rules` are the codes of those that hold; what is not ticked is switched off."""

    markets = forms.MultipleChoiceField(
        choices=[(code.value, label) for code, label in MARKETS.items()], required=False
    )
    rules = forms.MultipleChoiceField(choices=[(code, code) for code in RULES], required=False)
    banned = Lines(
        label=gettext_lazy("Banned words"),
        required=False,
        help_text=gettext_lazy(
            "One a line. A word is found in all its forms: “guarantee” finds “guaranteed” too. Names of your"
            " products and brands may hold them."
        ),
    )
    competitors = Lines(
        label=gettext_lazy("Competitors"),
        required=False,
        help_text=gettext_lazy("Names that no text may mention, one a line."),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, policy: Policy) -> None:
        initial = {
            "markets": policy.markets,
            "rules": [code for code in RULES if code not in policy.switched_off],
            "banned": "\n".join(policy.banned),
            "competitors": "\n".join(policy.competitors),
        }
        super().__init__(data, initial=initial)

    def shown(self, name: str) -> set[str]:
        """What is ticked on the page, sent or as it was."""
        value = self[name].value()
        return {str(one) for one in value or []}

    def switched_off(self) -> list[str]:
        """Of a valid form."""
        return [code for code in RULES if code not in self.cleaned_data["rules"]]


class TryForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Try a text"),
        required=False,
        max_length=MOST_TRIED,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
