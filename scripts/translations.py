"""Bring the translations up to date with the sources, without gettext's tools.

    python scripts/translations.py            adds new texts, drops those no longer used, lists what lacks a translation
    python -m ecomsite.translations           compiles them (a set-up does this)

Templates go through Django's own `templatize`, as `makemessages` does; `tests/web/test_translations.py` keeps every
text of the interface translated.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("ecomsite", "foundation", "catalog", "copywriter", "reviews")
PO = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
# The function's name, and what its leading texts are.
FUNCTIONS = {
    "_": ("text",),
    "gettext": ("text",),
    "gettext_lazy": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "ngettext_lazy": ("text", "plural"),
    "pgettext": ("context", "text"),
    "pgettext_lazy": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
    "npgettext_lazy": ("context", "text", "plural"),
}
LITERAL = r"""u?(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
CALL = re.compile(rf"(?<![\w.])({'|'.join(FUNCTIONS)})\((\s*{LITERAL}(?:\s*,\s*{LITERAL})*)")
# Texts of libraries that lack a Chinese translation of their own.
BORROWED = {
    "django.contrib.auth": [
        (
            "",
            "This password is too short. It must contain at least %d character.",
            "This password is too short. It must contain at least %d characters.",
        ),
    ],
}
HEADER = {
    "Project-Id-Version": "ecomsite",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Message(NamedTuple):
    """A text to translate; `plural` and `context` are empty where it has none."""

    context: str
    text: str
    plural: str


def used() -> dict[Message, set[str]]:
    """Every text of the interface, with the files that use it."""
    found = {Message(*texts): {library} for library, borrowed in BORROWED.items() for texts in borrowed}
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                for message in _messages(path):
                    found.setdefault(message, set()).add(str(path.relative_to(ROOT)))
    return found


def _messages(path: Path) -> Iterator[Message]:
    if path.suffix == ".py":
        yield from _in_python(path.read_text())
    elif "templates" in path.parts:
        yield from _in_template(path)


def _in_python(source: str) -> Iterator[Message]:
    tree = ast.parse(source)
    functions = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in functions:
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            yield from _message(functions[node.func.id], texts)


def _imported(tree: ast.Module) -> dict[str, str]:
    """What the file calls the functions that translate, and their own names."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return {
        each.asname or each.name: each.name
        for node in imports
        if node.module == "django.utils.translation"
        for each in node.names
        if each.name in FUNCTIONS
    }


def _in_template(path: Path) -> Iterator[Message]:
    """`templatize` turns tags into calls, and the rest into what no parser reads: so by pattern."""
    from django.utils.translation.template import templatize

    for call in CALL.finditer(templatize(path.read_text(), origin=str(path))):
        yield from _message(call[1], [ast.literal_eval(literal) for literal in re.findall(LITERAL, call[2])])


def _message(function: str, texts: list[str]) -> Iterator[Message]:
    parts = FUNCTIONS[function]
    if len(texts) >= len(parts) and all(texts[: len(parts)]):
        yield Message(**({"context": "", "plural": ""} | dict(zip(parts, texts, strict=False))))


def kept() -> dict[Message, polib.POEntry]:
    entries = polib.pofile(str(PO)) if PO.exists() else []
    return {
        Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry
        for entry in entries
        if not entry.obsolete
    }


def is_translated(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or (entry.msgstr_plural and all(entry.msgstr_plural.values()))) and not entry.fuzzy


def update() -> list[Message]:
    """Rewrites the file in a stable order; the messages that still lack a translation."""
    known, file = kept(), polib.POFile(wrapwidth=0)
    file.metadata = HEADER
    for message, places in sorted(used().items(), key=lambda item: (min(item[1]), item[0])):
        old = known.get(message)
        entry = polib.POEntry(
            msgctxt=message.context or None,
            msgid=message.text,
            msgid_plural=message.plural,
            occurrences=[(place, "") for place in sorted(places)],
            flags=["python-format"] if "%(" in message.text or "%d" in message.text else [],
        )
        if message.plural:
            entry.msgstr_plural = dict(old.msgstr_plural) if old else {0: ""}
        else:
            entry.msgstr = old.msgstr if old else ""
        file.append(entry)
    PO.parent.mkdir(parents=True, exist_ok=True)
    file.save(str(PO))
    return [Message(e.msgctxt or "", e.msgid, e.msgid_plural or "") for e in file if not is_translated(e)]


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ecomsite.settings")
    missing = update()
    for message in missing:
        sys.stdout.write(f"not translated: {message.text!r}\n")
    sys.stdout.write(f"{len(kept())} texts, {len(missing)} without a translation\n")
    return bool(missing)


if __name__ == "__main__":
    raise SystemExit(main())
