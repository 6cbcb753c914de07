"""Words about illness and health that several laws name. Pure data.

A verb counts with an illness near it only: resin cures, dogs like treats, and a coat keeps out the cold.
"""

from __future__ import annotations

from copywriter.compliance.rule import Wording, lines
from foundation.evidence.wordsets import words

_VERBS = (
    r"cur(?:es?|ed|ing)|heal(?:s|ed|ing)?|treat(?:s|ed|ing)?|prevent(?:s|ed|ing)?|reliev(?:es?|ed|ing)"
    r"|alleviat(?:es?|ed|ing)|remed(?:y|ies)|combat(?:s|ing)?|fight(?:s|ing)?|eliminat(?:es?|ed|ing)"
    r"|revers(?:es?|ed|ing)|stop(?:s|ping)?|eas(?:es?|ed|ing)|sooth(?:es?|ed|ing)|reduc(?:es?|ed|ing)"
    r"|lower(?:s|ed|ing)?|protects?\s+against|(?:cure|treatment|remedy|relief)\s+(?:for|of|from)"
)
_ILLNESSES = (
    r"acne|eczema|psoriasis|dermatitis|rosacea|arthritis|rheumatism|migraines?|headaches?|insomnia|depression|anxiety"
    r"|asthma|allergies|hay\s+fever|cancer|tumou?rs?|diabetes|hypertension|(?:high\s+)?blood\s+pressure|cholesterol"
    r"|heart\s+disease|heart\s+attacks?|risk\s+of\s+stroke|alzheimer(?:'s)?|dementia|covid(?:-19)?|(?:the\s+)?flu"
    r"|influenza|(?:the\s+)?common\s+cold|infections?|inflammation|constipation|diarrh?o?ea|ha?emorrhoids|osteoporosis"
    r"|sciatica|(?:back|joint|muscle|chronic|nerve|menstrual|period|knee|neck)\s+pain|varicose\s+veins|gout"
    r"|stomach\s+ulcers|impotence|erectile\s+dysfunction|hair\s+loss|baldness|adhd|autism|diseases?|illness(?:es)?"
    r"|ailments?|high\s+blood\s+sugar"
)
CURES = Wording(
    lines(
        """pain relief, pain-relieving, miracle cure, natural cure, cure-all, anti-inflammatory, anti-cancer
        painkiller, painkilling, medicinal properties, healing properties, healing powers, healing power
        curative, therapeutic effect, therapeutic effects, heals wounds, 治疗, 治愈, 疗效, 药效, 根治, 抗癌
        防癌, 消炎, 止痛, 祛病, 降血压, 降血糖, 降血脂, 活血化瘀, 包治百病, 药到病除"""
    ),
    patterns=(rf"(?:{_VERBS})(?:\s+[\w'-]+){{0,3}}?\s+(?:{_ILLNESSES})",),
    signs=words(
        """cure cures cured curing heal heals healed healing treat treats treated treating prevent prevents
        prevented relieve relieves relieved relieving alleviate alleviates alleviated alleviating remedy remedies
        combat preventing combats combating fight fights fighting eliminate eliminates eliminated eliminating
        reverse reverses reversed reversing stop stops stopping ease eases eased easing soothe soothes soothed
        soothing reduce reduces reduced reducing lower lowers lowered lowering protect protects treatment relief"""
    ),
    examples=("cures eczema", "treats insomnia", "pain relief"),
)
MEDICAL = r"medical device|class II[ab]?|FDA[\s-](?:cleared|approved)|MHRA|licen[cs]ed medicine|MDR 2017/745|医疗器械"
"""What the facts of a licensed medical product say."""

_OBJECTS = (
    r"immune\s+system|immunity|digestion|digestive\s+(?:health|system)|metabolism|gut\s+health|heart\s+health"
    r"|bone\s+health|joint\s+health|brain\s+(?:function|health|power)|liver\s+(?:health|function)|blood\s+circulation"
    r"|cognitive\s+function|fertility|libido|immune\s+function"
)
HEALTH = Wording(
    (),
    patterns=(
        r"(?:boost|support|strengthen|improve|enhance|promote|aid|stimulate|increase)(?:s|d|ed|ing)?"
        rf"(?:\s+(?:your|the|a|healthy|normal|good|natural|better|body's)){{0,3}}\s+(?:{_OBJECTS})",
    ),
    signs=words(
        """boost boosts boosted boosting support supports supported supporting strengthen strengthens strengthened
        strengthening improve improves improved enhance enhances enhanced promote promotes promoted promoting aid
        aids aided aiding stimulate stimulates stimulated increase increases increased increasing"""
    ),
    examples=("boosts your immune system", "supports digestion"),
)
WELLBEING = Wording(
    lines(
        """superfood, superfoods, superfruit, detox, detoxify, detoxifies, detoxifying, good for your health
        good for your body, health-boosting, immune-boosting, immunity-boosting, health benefits, healthy choice
        healthier choice, healthiest, full of health"""
    ),
    examples=("superfood", "detox", "good for your health"),
)
SLIMMING = Wording(
    lines(
        """fat-burning, fat-burner, burns fat, melts fat, melts away fat, slimming tea, slimming pills, 减肥, 燃脂
        瘦身"""
    ),
    patterns=(
        r"(?:los(?:e|es|ing)|drop(?:s|ping)?|shed(?:s|ding)?|burn(?:s|ing)?)\s+(?:up\s+to\s+)?\d{1,3}\s*"
        r"(?:kg|kilos?|kilograms?|pounds?|lbs?|stones?)",
    ),
    signs=words("lose loses losing drop drops dropping shed sheds shedding burn burns burning"),
    examples=("lose 5 kg", "burns fat"),
)
DOCTORS = Wording(
    lines(
        """doctor-recommended, doctor-approved, dermatologist-recommended, dentist-recommended, vet-recommended
        physician-recommended, expert-recommended, doctors recommend, dentists recommend
        dermatologists recommend"""
    ),
    patterns=(
        r"recommended\s+by\s+(?:\w+\s+)?(?:doctors?|dermatologists?|dentists?|physicians?|vets|pa?ediatricians?"
        r"|midwives|experts)",
    ),
    signs=words("recommended"),
    examples=("doctor-recommended", "recommended by dentists"),
)
SKIN = Wording(
    lines(
        """erases wrinkles, removes wrinkles, eliminates wrinkles, wrinkle-free skin, stops ageing, stops aging
        reverses ageing, reverses aging, turns back time, removes cellulite, eliminates cellulite, regrows hair
        hair regrowth, permanently removes, lifts like surgery, botox effect, facelift effect"""
    ),
    examples=("erases wrinkles", "stops ageing"),
)
