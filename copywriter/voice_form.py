"""What a person says of how the shop, or one of its brands, speaks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from catalog.text import plain
from copywriter.forms import TONES, without_claims
from copywriter.models import Voice
from copywriter.trial import PRODUCTS, described, named
from copywriter.writing.occasions import AUDIENCE

EXAMPLES = 5
MOST_CHARACTERS, MOST_WORDS, LONGEST_WORD = 600, 40, 60
"""Of an example; of a list of words, and of one of them."""
LONGEST_NAME = 200


class Lines(forms.CharField):
    """One entry a line; equal ones once, in any case of letters."""

    def __init__(self, *, most: int, longest: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), required=False, **kwargs)
        self.most, self.longest = most, longest

    def clean(self, value: Any) -> list[str]:
        lines = [" ".join(line.split()) for line in str(super().clean(value)).splitlines()]
        kept = list({line.casefold(): line for line in reversed(lines) if line}.values())[::-1]
        if len(kept) > self.most:
            raise forms.ValidationError(
                _now("There are %(n)s lines; at most %(most)s are possible. Take some away.")
                % {"n": len(kept), "most": self.most}
            )
        if long := next((line for line in kept if len(line) > self.longest), ""):
            raise forms.ValidationError(
                _now("“%(start)s…” has more than %(longest)s characters. Shorten it.")
                % {"start": long[:20], "longest": self.longest}
            )
        return kept


class VoiceForm(forms.Form):
    """Of one brand; `values` is what it says of the voice, `product_ids` on which it is to be tried."""

    tone = forms.ChoiceField(label=_("Tone"), choices=TONES.items())
    audience = forms.CharField(label=_("Audience"), max_length=200, required=False)
    prefer = Lines(label=_("Words to prefer, one a line"), most=MOST_WORDS, longest=LONGEST_WORD)
    avoid = Lines(label=_("Words to avoid, one a line"), most=MOST_WORDS, longest=LONGEST_WORD)
    copy_from = forms.CharField(label=_("Copy the description of a product"), max_length=LONGEST_NAME, required=False)
    products = Lines(label=_("Products to try it on, one a line"), most=PRODUCTS, longest=LONGEST_NAME)

    def __init__(self, *args: Any, brand: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.brand = brand
        self.product_ids: list[int] = []
        self.fields["products"].widget.attrs["rows"] = PRODUCTS
        for number in range(1, EXAMPLES + 1):
            self.fields[f"example_{number}"] = forms.CharField(
                label=_now("Example %(number)s") % {"number": number},
                max_length=MOST_CHARACTERS,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @staticmethod
    def initial_of(voice: Voice) -> dict[str, Any]:
        examples = {f"example_{number}": text for number, text in enumerate(voice.examples, start=1)}
        lists = {"prefer": "\n".join(voice.prefer), "avoid": "\n".join(voice.avoid)}
        return {"tone": voice.tone, "audience": voice.audience, **lists, **examples}

    def clean_audience(self) -> str:
        return without_claims(AUDIENCE, self.cleaned_data["audience"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        avoided = {word.casefold() for word in data.get("avoid", ())}
        if both := [word for word in data.get("prefer", ()) if word.casefold() in avoided]:
            self.add_error("avoid", _now("“%(word)s” stands among the words to prefer, too.") % {"word": both[0]})
        found = named(self.brand, data.get("products", ()))
        if missing := [name for name, pk in found.items() if pk is None]:
            told = _now("No product of this voice is found for “%(name)s”. Write its SKU, or words of its title.")
            self.add_error("products", told % {"name": missing[0]})
        self.product_ids = list(dict.fromkeys(pk for pk in found.values() if pk is not None))
        return data

    def values(self) -> dict[str, Any]:
        """As `trial.VALUES` name them, of a valid form."""
        data = self.cleaned_data
        examples = [text for number in range(1, EXAMPLES + 1) if (text := data[f"example_{number}"])]
        return {**{name: data[name] for name in ("tone", "audience", "prefer", "avoid")}, "examples": examples}

    def examples(self) -> list[BoundField]:
        """Those with a text, and one more."""
        return self._filled()[0]

    def more_examples(self) -> list[BoundField]:
        return self._filled()[1]

    def _filled(self) -> tuple[list[BoundField], list[BoundField]]:
        fields = [self[f"example_{number}"] for number in range(1, EXAMPLES + 1)]
        last = max((at for at, field in enumerate(fields) if field.value()), default=-1)
        return fields[: last + 2], fields[last + 2 :]


def with_example(data: Any, copied: str) -> Any:
    """What was sent, with a text in the first empty example. Raises ValueError where all are filled."""
    changed = data.copy()
    for number in range(1, EXAMPLES + 1):
        if not (changed.get(f"example_{number}") or "").strip():
            changed[f"example_{number}"], changed["copy_from"] = copied, ""
            return changed
    raise ValueError("all examples are filled")


def shortened(text: str, most: int = MOST_CHARACTERS) -> str:
    """To the last sentence that has room, or else to the last word."""
    if len(text) <= most:
        return text
    cut = text[:most]
    ends = [cut.rfind(end) for end in (". ", "! ", "? ", ".\n", "!\n", "?\n")]
    return cut[: max(ends) + 1] if max(ends) > 0 else cut.rpartition(" ")[0] or cut


def example_from(name: str) -> str | None:
    """The description of the product that is named, as an example; None where no described product is."""
    product = described(name) if name.strip() else None
    return shortened(plain(product.description)) if product is not None else None
