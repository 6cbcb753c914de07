"""The texts of a chunk of products: which have to be asked for, and which are there with the same inputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from catalog.facts import product_facts
from catalog.models import Origin, Product
from copywriter.kinds import DESCRIPTION
from copywriter.model_in_use import model_name
from copywriter.services.reusing import Before, Earlier, Found
from copywriter.voices import ShopVoices
from copywriter.writing import writer
from copywriter.writing.given import given
from copywriter.writing.wishes import Wish
from copywriter.writing.writer import Refused, Work, Written
from foundation.evidence import Claim, Sentence


@dataclass(slots=True)
class Chunk:
    """`asked` are the works to be finished, by item, kind and take; `alike` maps such a key to those of the chunk that
    were given the same. `waiting` is how many texts of each product are still to come, `done` those that came."""

    asked: dict[str, Work] = field(default_factory=dict)
    alike: dict[str, list[str]] = field(default_factory=dict)
    waiting: dict[int, int] = field(default_factory=dict)
    done: dict[int, list[Work]] = field(default_factory=dict)

    @classmethod
    def of(cls, products: Sequence[Product], wish: Wish, seed: int) -> Self:
        """With one query for what was written before."""
        voices, model = ShopVoices.read(), model_name()
        begun: dict[str, Work] = {}
        for product in products:
            begun.update(_works(product, wish, voices, seed, model))
        before = Before.read({work.plan.given for work in begun.values()})
        chunk = cls(done={product.pk: [] for product in products})
        leaders: dict[str, str] = {}
        for key, work in begun.items():
            earlier = before.of(_product_of(key), work.plan.given)
            if earlier.found is not Found.THERE or wish.again:
                chunk._add(key, _by(work, earlier, wish.again), leaders)
        return chunk

    def _add(self, key: str, work: Work, leaders: dict[str, str]) -> None:
        leader = leaders.setdefault(f"{work.plan.given}:{work.sofar.first}", key)
        if leader == key:
            self.asked[key] = work
        else:
            self.alike.setdefault(leader, []).append(key)
        product_id = _product_of(key)
        self.waiting[product_id] = self.waiting.get(product_id, 0) + 1

    def with_nothing_to_write(self) -> list[int]:
        """The products of which everything is there."""
        return [pk for pk in self.done if pk not in self.waiting]

    def taken(self, key: str, work: Work) -> Iterator[tuple[int, list[Work]]]:
        """Each product of which this finished text is the last one, with all its texts."""
        copy = replace(work, done=_without_cost(writer.result(work)))
        for each in (key, *self.alike.get(key, ())):
            product_id = _product_of(each)
            self.done[product_id].append(work if each == key else copy)
            if len(self.done[product_id]) == self.waiting[product_id]:
                yield product_id, self.done[product_id]


def _works(product: Product, wish: Wish, voices: ShopVoices, seed: int, model: str) -> Iterator[tuple[str, Work]]:
    guided, facts = voices.guidance(product.vendor, wish), product_facts(product, list(product.variants.all()))
    for kind, take in wish.each():
        if kind is DESCRIPTION and keeps_own(product, wish):
            continue
        brief = kind.brief(guided.tone)
        work = writer.begin(facts, seed, brief, kind, take, guided)
        same = given(work.plan.facts, kind, brief, take, guided, model)
        yield f"{product.pk}:{kind.name}:{take}", replace(work, plan=replace(work.plan, given=same))


def keeps_own(product: Product, wish: Wish) -> bool:
    """Whether a person wrote the description, and nobody asked for another one."""
    return bool(product.description) and product.description_origin == Origin.PERSON and not wish.over_own


def _by(work: Work, earlier: Earlier, again: bool) -> Work:
    if earlier.found is Found.AGAIN or (again and earlier.found is not Found.NEW):
        return writer.afresh(work)
    if earlier.found is Found.COPY:
        removed = [Sentence(**{**one, "claims": tuple(Claim(**c) for c in one["claims"])}) for one in earlier.removed]
        return writer.reused(work, earlier.text, removed, earlier.seed)
    return work


def _without_cost(result: Written | Refused) -> Written | Refused:
    return replace(result, tokens_out=0)


def _product_of(key: str) -> int:
    return int(key.partition(":")[0])
