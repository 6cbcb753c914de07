"""Superlatives, proofs and promises that several laws name. Pure data."""

from __future__ import annotations

from copywriter.compliance.rule import Wording, lines
from foundation.evidence.wordsets import words

RANK = Wording(
    lines(
        """world's best, world's first, world's finest, world's only, world's leading, world's most
        world's number one, world-leading, best-selling, bestselling, best seller, best-seller, bestseller
        most popular, most trusted, most loved, market leader, market-leading, industry-leading, leading brand
        award-winning, unbeatable price, unbeatable prices, lowest price, lowest prices, cheapest, best in class
        best-in-class, best on the market"""
    ),
    patterns=(r"(?:no\.?\s?|#)1(?!\s?(?:/|x\b|pencil|lead|grade|size))", r"number\s+one(?!\s+hundred)"),
    signs=words("no no1 1 number"),
    unless=(r"(?:size|model|grade|pencil|part|item|step|lot|chapter|volume|vol|opus|op|art|fig)\.?\s+(?:no\.?\s?|#)1",),
    examples=("No. 1", "world’s best", "best-selling", "lowest price"),
)
PROVEN = Wording(
    lines(
        """clinically proven, scientifically proven, medically proven, proven by science, proven results
        proven to work, clinical studies show, studies show, 100% effective, 100% safe, completely safe
        absolutely safe, guaranteed results, no side effects, without side effects"""
    ),
    examples=("clinically proven", "100% safe", "no side effects"),
)
URGENT = Wording(
    lines(
        """limited time only, for a limited time, for a limited time only, last chance, act now, today only
        only today, hurry up, selling fast, almost gone, don't miss out, offer ends soon, 最后机会, 仅限今日
        最后一天"""
    ),
    examples=("limited time only", "last chance"),
)
GUARANTEE = Wording(
    lines(
        """satisfaction guaranteed, satisfaction guarantee, money-back guarantee, lifetime guarantee
        lifetime warranty, guaranteed for life, guaranteed forever, risk-free"""
    ),
    examples=("satisfaction guaranteed", "lifetime warranty", "risk-free"),
)
AMERICAN = Wording(
    lines("""made in USA, made in the USA, made in America, made in the United States, American-made, USA-made"""),
    unless=(r"(?:hand|assembled|designed)\s*-?\s*(?:and\s+)?made\s+in\s+the\s+USA\s+(?:from|with|of)\s+imported",),
    examples=("made in the USA",),
)
APPROVED = Wording(
    lines(
        """government-approved, EU approved, EU-approved, CE approved, CE-approved, CE certified
        approved by the EU"""
    ),
    examples=("EU approved", "CE certified"),
)
