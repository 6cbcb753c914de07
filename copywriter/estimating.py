"""What a run would cost, out of a look at its products: counted where all were looked at, else extrapolated. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from copywriter.writing import refusal

THIN, SCRIPT, FEW, THERE, OWN, REMOVED = refusal.THIN, refusal.LANGUAGE, refusal.FEW, "there", "own", "removed"
COPIED = "copied"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at one product says: the names of the kinds to be written, those copied from elsewhere, and how many
    texts (or for a product as a whole: 1) are skipped for which reason."""

    kinds: tuple[str, ...] = ()
    copied: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rates:
    """Tokens written for a text of each kind that the shop's runs tell of, all candidates together, and seconds for a
    token; None where no run tells."""

    wrote: Mapping[str, float]
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """`skipped` is (reason, count), most first; `tokens` are those written. `is_about`: of a sample, not of all
    products. None of what no run of the shop tells."""

    products: int
    texts: int
    copied: int
    skipped: tuple[tuple[str, int], ...]
    tokens: int | None
    seconds: int | None
    is_about: bool


def estimate(seen: Sequence[Seen], products: int, removed: int, rates: Rates) -> Estimate:
    """Of `products` that are there, `removed` others that are not, and a look at all of them or at a sample."""
    share = products / len(seen) if seen else 0.0
    kinds = Counter(name for one in seen for name in one.kinds)
    reasons: Counter[str] = Counter()
    for one in seen:
        reasons.update(one.skipped)
    skipped = {reason: round(count * share) for reason, count in reasons.most_common()} | {REMOVED: removed}
    is_known = bool(kinds) and all(name in rates.wrote for name in kinds)
    tokens = share * sum(count * rates.wrote[name] for name, count in kinds.items()) if is_known else None
    return Estimate(
        products=products,
        texts=round(kinds.total() * share),
        copied=round(sum(one.copied for one in seen) * share),
        skipped=tuple((reason, count) for reason, count in skipped.items() if count),
        tokens=None if tokens is None else rounded(tokens),
        seconds=None if tokens is None or rates.seconds is None else round(tokens * rates.seconds),
        is_about=len(seen) < products,
    )


def rounded(number: float) -> int:
    """To two digits: more would promise what nobody knows."""
    digits = len(str(int(number)))
    return int(round(number, 2 - digits)) if digits > 2 else round(number)


def averages(told: Iterable[tuple[str, int]], fewest: int) -> dict[str, float]:
    """Of (kind, tokens) by kind, where there are enough of them."""
    by_kind: dict[str, list[int]] = {}
    for kind, tokens in told:
        by_kind.setdefault(kind, []).append(tokens)
    return {kind: sum(each) / len(each) for kind, each in by_kind.items() if len(each) >= fewest}
