"""What texts are written for when they are judged: the products of a catalog file, or the training set's kept tenth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from catalog.facts import for_facts, product_facts
from catalog.models import Product
from catalog.text import plain
from copywriter.describing_a_file import import_file
from copywriter.kinds import DESCRIPTION, TextKind
from copywriter.training.dataset import DATA, read
from copywriter.training.kept import split
from copywriter.writing.briefs import Brief
from copywriter.writing.coverage import tellable
from copywriter.writing.facts import useful
from foundation.evidence import Fact
from foundation.jobs.scratch import scratch_shop

USABLE = 4
"""Facts besides title and tags that a product usually needs to count."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One text to write; `kind` where the brief's name is not its own. `reference` is a person's text from the same
    facts, "" where there is none."""

    name: str
    facts: tuple[Fact, ...]
    brief: Brief | None
    reference: str = ""
    kind: TextKind | None = None

    def of_kind(self, kind: TextKind, brief: Brief) -> Sample:
        """The same product, for which another text is wanted; what the shop wrote is a description."""
        return replace(self, kind=kind, brief=brief, reference=self.reference if kind is DESCRIPTION else "")


def of_catalog(
    path: Path, limit: int | None, brief: Brief | None, hide_descriptions: bool, fewest: int = USABLE
) -> list[Sample]:
    """The first products of the file that have the `fewest` facts; `hide_descriptions` keeps the shop's own text out of
    the facts, so that it is a fair reference. Raises what `describe_file` raises."""
    with scratch_shop(path.stem):
        import_file(path)
        return list(islice(_products(brief, hide_descriptions, fewest), limit))


def of_shop(limit: int | None, hide_descriptions: bool, fewest: int = USABLE) -> list[Sample]:
    """The first products of the scope's shop that have the `fewest` facts."""
    return list(islice(_products(None, hide_descriptions, fewest), limit))


def _products(brief: Brief | None, hide_descriptions: bool, fewest: int) -> Iterator[Sample]:
    for product in Product.objects.prefetch_related(*for_facts()).order_by("pk"):
        facts = [
            fact
            for fact in product_facts(product, list(product.variants.all()))
            if not (hide_descriptions and fact.source == "description")
        ]
        if len(tellable(useful(facts))) >= fewest:
            yield Sample(product.title, tuple(facts), brief, plain(product.description))


def of_kept_examples(limit: int | None, kind: str | None) -> list[Sample]:
    """Examples that the model was not taught, with their own briefs and texts; of every kind where none is named."""
    _learnt, kept = split(read(sorted(DATA.glob("*.jsonl"))))
    chosen = [one for one in kept if kind in (None, one.brief.kind)]
    return [Sample(one.id, one.facts, one.brief, one.text) for one in chosen[:limit]]
