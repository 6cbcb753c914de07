"""A shop's measurements as points: which there are, which a filter leaves, and what their lines are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from copywriter.kinds import KINDS
from copywriter.models import Measurement
from copywriter.models.measurement import Source
from copywriter.quality.lines import Point

MOST = 2_000
"""Measurements that are looked at, the latest: a year of daily jobs of five kinds."""
_RANKS = {name: number for number, name in enumerate(KINDS)}
PARTS = ("kind", "source", "model", "voice")


@dataclass(frozen=True, slots=True)
class Filter:
    """ "" is all of them; a voice of None too, because "" is the whole shop's."""

    kind: str = ""
    source: str = ""
    model: str = ""
    voice: str | None = None

    @classmethod
    def from_query(cls, query: QueryDict) -> Self:
        """What is no kind or source is none; a voice is chosen by `voice=` with a mark before it."""
        kind, source, voice = (query.get(name, "") for name in ("kind", "source", "voice"))
        return cls(
            kind if kind in KINDS else "",
            source if source in Source.values else "",
            query.get("model", "").replace("\0", ""),
            voice[1:].replace("\0", "") if voice.startswith(":") else None,
        )

    def of_texts(self) -> dict[str, str]:
        """Of the fields that drafts have too."""
        fields = {"kind": self.kind, "model": self.model}
        chosen = {name: value for name, value in fields.items() if value}
        return chosen if self.voice is None else {**chosen, "voice": self.voice}

    def fields(self) -> dict[str, str]:
        return {**self.of_texts(), **({"source": self.source} if self.source else {})}


def kind_label(name: str) -> str:
    """Of a kind that is gone, its name."""
    return str(KINDS[name].label) if name in KINDS else name


def rank(kind: str) -> int:
    """Its place in the order of the product page."""
    return _RANKS.get(kind, len(_RANKS))


def source_label(source: str) -> str:
    return _("evaluation") if source == Source.EVALUATION else _("job")


def voice_label(voice: str) -> str:
    return voice or _("whole shop")


def points(chosen: Filter) -> list[Point]:
    """Oldest first. A line is a kind, and a source and model where the filter leaves several of them; voices are told
    apart by the filter only, because a shop may have hundreds."""
    rows = list(
        Measurement.objects.filter(**chosen.fields())
        .order_by("-created_at")
        .values("kind", "source", "model", "texts", "figures", "created_at")[:MOST]
    )[::-1]
    several = [name for name in ("source", "model") if len({row[name] for row in rows}) > 1]
    told: dict[tuple[str, ...], tuple[str, dict[str, str]]] = {}  # a few lines, told for thousands of points
    points = []
    for row in rows:
        key = (row["kind"], row["source"], row["model"])
        if key not in told:
            told[key] = (_line(row, several), _about(row))
        line, about = told[key]
        points.append(Point(row["created_at"], line, row["texts"], row["figures"], rank(row["kind"]), about))
    return points


def _line(row: Mapping[str, str], several: Iterable[str]) -> str:
    about = _about(row)
    return " · ".join([about["kind"], *(about[name] for name in several if about[name])])


def _about(row: Mapping[str, str]) -> dict[str, str]:
    return {"kind": kind_label(row["kind"]), "source": source_label(row["source"]), "model": row["model"]}


def choices() -> dict[str, list[str]]:
    """What there is to filter by, of all measurements of the shop."""
    found = list(Measurement.objects.order_by().values_list(*PARTS).distinct())
    return {name: sorted({row[at] for row in found}) for at, name in enumerate(PARTS)}
