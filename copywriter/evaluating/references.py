"""How near the model's texts come to a person's: ROUGE-L (Lin 2004) and BLEU (Papineni et al. 2002), by the usual
libraries. A text as good but otherwise worded scores low, so these only tell two models apart."""

from __future__ import annotations

from collections.abc import Sequence


def likeness(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Of (text, reference): `rouge_l` the mean F1, 0 to 1, and `bleu` of the whole, 0 to 100; {} of no pair."""
    import sacrebleu
    from rouge_score.rouge_scorer import RougeScorer

    if not pairs:
        return {}
    scorer = RougeScorer(["rougeL"], use_stemmer=True)
    scores = [scorer.score(reference, text)["rougeL"].fmeasure for text, reference in pairs]
    bleu = sacrebleu.corpus_bleu([text for text, _ in pairs], [[reference for _, reference in pairs]]).score
    return {"references": len(pairs), "rouge_l": round(sum(scores) / len(scores), 4), "bleu": round(bleu, 2)}
