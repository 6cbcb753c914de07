"""What people send to the catalog's pages. Which values make sense together is the services' matter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import TableFile
from catalog.reading.detection import DELIMITERS, ENCODINGS

FORMATS = [
    ("shopify", "Shopify"),
    ("woocommerce", "WooCommerce"),
    ("plain", pgettext_lazy("file format", "Table with one product a row")),
]
ENCODING_LABELS = {
    "utf-8": _("Unicode (UTF-8)"),
    "utf-16-le": _("Unicode (UTF-16, little-endian)"),
    "utf-16-be": _("Unicode (UTF-16, big-endian)"),
    "gb18030": _("Simplified Chinese (GB18030, GBK)"),
    "big5": _("Traditional Chinese (Big5)"),
    "shift_jis": _("Japanese (Shift JIS)"),
    "euc_kr": _("Korean (EUC-KR)"),
    "cp1252": _("Western European (Windows-1252)"),
    "latin-1": _("Western European (Latin-1)"),
    "cp1250": _("Central European (Windows-1250)"),
    "cp1251": _("Cyrillic (Windows-1251)"),
    "cp1253": _("Greek (Windows-1253)"),
    "cp1254": _("Turkish (Windows-1254)"),
}
DELIMITER_LABELS = {
    ",": pgettext_lazy("delimiter", "Comma ,"),
    ";": pgettext_lazy("delimiter", "Semicolon ;"),
    "\t": pgettext_lazy("delimiter", "Tab"),
    "|": pgettext_lazy("delimiter", "Vertical bar |"),
    "#": pgettext_lazy("delimiter", "Number sign #"),
}
TAB = "tab"  # a browser would trim a tab character out of a value
DELIMITER_CHOICES = {TAB if mark == "\t" else mark: DELIMITER_LABELS[mark] for mark in DELIMITERS}

NOT_CHOSEN = {"xlsx": ["encoding", "delimiter"], "jsonl": ["delimiter", "has_header"]}  # by container


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Catalog file"),
        allow_empty_file=True,  # the service has the better sentence for it
        max_length=255,
        error_messages={
            "required": _("Choose a file first."),
            "max_length": _("Shorten the file’s name and try again."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.gz,.zip"}),
    )


class RecognitionForm(forms.Form):
    """How to read the file. Fields that don't apply to its container are left out."""

    sheet = forms.ChoiceField(label=_("Sheet"))
    format = forms.ChoiceField(label=_("Format"), choices=FORMATS)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=[(name, ENCODING_LABELS[name]) for name in ENCODINGS])
    delimiter = forms.ChoiceField(label=_("Delimiter"), choices=list(DELIMITER_CHOICES.items()))
    has_header = forms.TypedChoiceField(
        label=_("First row"),
        choices=[("yes", _("Names the columns")), ("no", _("Is a product"))],
        coerce=lambda value: value == "yes",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, file: TableFile) -> None:
        self.current = {
            "sheet": file.detection.get("sheet", ""),
            "format": file.format,
            "encoding": file.detection.get("encoding", ""),
            "delimiter": file.detection.get("delimiter", ""),
            "has_header": bool(file.detection.get("has_header", True)),
        }
        initial = {
            **self.current,
            "delimiter": _without_tab(str(self.current["delimiter"])),
            "has_header": "yes" if self.current["has_header"] else "no",
        }
        super().__init__(data, initial=initial)
        sheets = file.detection.get("sheets", [])
        self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        left_out = NOT_CHOSEN.get(str(file.detection.get("container")), [])
        for name in left_out if len(sheets) > 1 else [*left_out, "sheet"]:
            del self.fields[name]

    def clean_delimiter(self) -> str:
        chosen: str = self.cleaned_data["delimiter"]
        return "\t" if chosen == TAB else chosen

    def changes(self) -> dict[str, Any]:
        """What the person chose that is not as it was; the columns may then be others."""
        return {name: value for name, value in self.cleaned_data.items() if value != self.current[name]}


def _without_tab(delimiter: str) -> str:
    return TAB if delimiter == "\t" else delimiter
