"""Cells as numbers and flags, the way shops of several countries write them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

PLAIN_PRICES = re.compile(r"(?:(?:\d{1,9}(?:\.\d{1,4})?)?\n)*")
PLAIN_COUNTS = re.compile(r"(?:-?\d{0,9}\n)*")
CURRENCY = re.compile(r"^[^\d\-+.,]{0,6}|[^\d]{0,8}$")
NUMBER = re.compile(r"[+-]?\d[\d.,'\s\N{NO-BREAK SPACE}]*|[+-]?[.,]\d+")
GROUPS = re.compile(r"\d{1,3}(?:[.,'\s\N{NO-BREAK SPACE}]\d{3})+")
LARGEST = Decimal(10) ** 10
FALSE = frozenset(
    {"false", "0", "-1", "no", "n", "draft", "unpublished", "inactive", "off", "hidden", "否", "下架", "non", "nein"}
)
ARCHIVED = frozenset({"archived", "discontinued", "deleted"})


def price(cell: str) -> str | None:
    """A decimal as PostgreSQL reads it, None for an empty cell; `1.299,00 €` → 1299.00. Raises ValueError."""
    text = cell.strip()
    if not text:
        return None
    text = CURRENCY.sub("", text).strip()
    if not NUMBER.fullmatch(text):
        raise ValueError(cell)
    try:
        value = Decimal(_point(re.sub(r"['\s\N{NO-BREAK SPACE}]", "", text)))
    except InvalidOperation as error:
        raise ValueError(cell) from error
    if not abs(value) < LARGEST:
        raise ValueError(cell)
    return str(value)


def _point(text: str) -> str:
    """One decimal point: the last separator is the decimal one, unless it groups thousands."""
    comma, dot = text.rfind(","), text.rfind(".")
    if comma >= 0 and dot >= 0:
        drop, keep = (",", ".") if dot > comma else (".", ",")
        return text.replace(drop, "").replace(keep, ".")
    if comma >= 0:
        grouped = GROUPS.fullmatch(text.lstrip("+-")) is not None
        return text.replace(",", "" if grouped else ".")
    return text.replace(".", "") if text.count(".") > 1 and GROUPS.fullmatch(text.lstrip("+-")) else text


def count(cell: str) -> str | None:
    """A whole number within 32 bits, None for an empty cell. Raises ValueError."""
    text = price(cell)
    if text is None:
        return None
    value = Decimal(text)
    if value != value.to_integral_value() or not abs(value) < 2**31:
        raise ValueError(cell)
    return str(int(value))


def status(cell: str) -> str:
    """`active`, `draft` or `archived`; an empty or unknown word is active, as shops treat it."""
    word = cell.strip().casefold()
    if word in ARCHIVED:
        return "archived"
    return "draft" if word in FALSE else "active"
