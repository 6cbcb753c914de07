"""What the options of `manage.py evaluate copy` ask for: samples of which kinds, of whose products, in whose voice."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from copywriter.evaluating import samples
from copywriter.evaluating.samples import Sample
from copywriter.kinds import DESCRIPTION, PRODUCT_KINDS, TextKind
from copywriter.voices import ShopVoices
from copywriter.writing.briefs import LENGTHS, TONES
from copywriter.writing.guidance import USUAL as UNGUIDED
from copywriter.writing.guidance import Guidance
from copywriter.writing.wishes import Wish
from copywriter.writing.writer import FEWEST_FACTS, USUAL
from foundation.arguments import positive
from foundation.inference.registry import ENGINES
from foundation.tenancy.models import Merchant
from foundation.tenancy.scope import merchant_scope

ALL = "all"
MIXED = "mixed"
"""Samples of several kinds that are judged as one."""
Say = Callable[[str], object]


class Unasked(Exception):
    """The options contradict each other, or there is nothing to judge; a plain sentence."""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("catalog", type=Path, nargs="?", help="a catalog file as a shop exports it")
    parser.add_argument("--kept", action="store_true", help="the kept tenth of the training set instead of a catalog")
    parser.add_argument("--limit", type=positive, help="judge the first so many products only")
    parser.add_argument(
        "--kind",
        action="append",
        choices=[*PRODUCT_KINDS, ALL],
        help="may be given several times; all: each kind for itself; usual: description, and with --kept all as one",
    )
    parser.add_argument("--length", choices=LENGTHS, help="of a description; usual: long, as far as the facts carry")
    parser.add_argument("--tone", choices=TONES, help="usual: that of the voice, else plain")
    parser.add_argument(
        "--facts", type=int, help=f"judge products with at least so many; usual: {samples.USABLE}, or what there is"
    )
    parser.add_argument("--hide-descriptions", action="store_true", help="the shop's own texts are no facts then")
    parser.add_argument("--shop", metavar="SLUG", help="its voice and rules, figures kept for its quality page")
    parser.add_argument("--voice", metavar="BRAND", help="with --shop: the voice of this brand instead of the shop's")
    parser.add_argument("--adapter", type=Path, help="another adapter than the shipped one")
    parser.add_argument("--engine", choices=ENGINES, help="another engine than the configured one")
    parser.add_argument("--no-base", action="store_true", help="do not write it all again without the adapter")
    parser.add_argument("--texts", type=Path, help="write the texts there, one JSON object a line, to be read")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def kinds(options: dict[str, Any]) -> list[TextKind]:
    """In the order of the product page; none where none was named."""
    named = options["kind"] or ()
    return [kind for kind in PRODUCT_KINDS.values() if ALL in named or kind.name in named]


def groups(options: dict[str, Any], tone: str, say: Say) -> dict[str, list[Sample]]:
    """The samples by their kind's name, to be written in this tone. Raises `Unasked`, and what a catalog raises."""
    if options["kept"]:
        return _kept(options)
    wanted = kinds(options) or [DESCRIPTION]
    if options["length"] and DESCRIPTION not in wanted:
        raise Unasked("Only a description has a length. Leave out --length.")
    products, length = _products(options, say), options["length"] or USUAL.length
    return {kind.name: [one.of_kind(kind, kind.brief(tone, length)) for one in products] for kind in wanted}


def _kept(options: dict[str, Any]) -> dict[str, list[Sample]]:
    if options["length"] or options["tone"]:
        raise Unasked("The examples of --kept have their own lengths and tones. Leave out --length and --tone.")
    if not (named := kinds(options)):
        return {MIXED: samples.of_kept_examples(options["limit"], None)}
    found = {kind.name: samples.of_kept_examples(options["limit"], kind.name) for kind in named}
    if not any(found.values()):
        raise Unasked("The training set has no examples of this kind. Name a catalog instead of --kept.")
    return {name: chosen for name, chosen in found.items() if chosen}


def _products(options: dict[str, Any], say: Say) -> Sequence[Sample]:
    """Of a catalog whose sheets are all thin, those that the writer writes of at all."""
    found = _reader(options)
    if options["facts"] is not None:
        chosen = found(fewest=options["facts"])
    elif not (chosen := found(fewest=samples.USABLE)) and (chosen := found(fewest=FEWEST_FACTS)):
        say(f"No product has {samples.USABLE} facts besides title and tags: those with {FEWEST_FACTS} are judged.")
    if not chosen:
        fewest = options["facts"] or FEWEST_FACTS
        raise Unasked(f"No product has {fewest} facts besides title and tags: there is nothing to judge.")
    return chosen


def _reader(options: dict[str, Any]) -> Callable[..., list[Sample]]:
    limit, hide = options["limit"], options["hide_descriptions"]
    if options["catalog"] is None:
        if options["shop"]:
            return partial(samples.of_shop, limit, hide)
        raise Unasked("Name a catalog, or use --kept.")
    if not options["catalog"].is_file():
        raise Unasked(f"There is no file {options['catalog']}. Name a catalog, or use --kept.")
    return partial(samples.of_catalog, options["catalog"], limit, None, hide)


@contextmanager
def shop_of(options: dict[str, Any]) -> Iterator[Merchant | None]:
    """The scope of the shop that is named, if one is. Raises `Unasked`."""
    if options["shop"] is None:
        if options["voice"] is not None:
            raise Unasked("A voice is a shop's. Name the shop with --shop.")
        yield None
        return
    shop = Merchant.objects.filter(slug=options["shop"]).first()
    if shop is None:
        raise Unasked(f"There is no shop {options['shop']}. Its slug stands in its addresses, behind /m/.")
    with merchant_scope(shop):
        yield shop


def guidance(options: dict[str, Any]) -> Guidance:
    """What the scope's shop asks for; of no shop only the tone. Raises `Unasked` for a voice that it lacks."""
    if options["shop"] is None:
        return replace(UNGUIDED, tone=options["tone"] or UNGUIDED.tone)
    voices, brand = ShopVoices.read(), options["voice"] or ""
    if brand and brand not in voices.voices:
        named = ", ".join(sorted(filter(None, voices.voices))) or "none yet"
        raise Unasked(f"The shop has no voice for {brand}. It has: {named}.")
    return voices.guidance(brand, Wish(tone=options["tone"] or ""))
