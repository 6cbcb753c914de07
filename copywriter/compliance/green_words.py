"""Words about the environment that several laws name. Pure data.

The generic claims are those of recital 9 of Directive (EU) 2024/825 and of 16 CFR 260.4, with their usual turns and the
commonest of German, French and Chinese. "Green" alone is a colour, so only what makes a claim of it is listed.
"""

from __future__ import annotations

from copywriter.compliance.rule import Wording, lines
from foundation.evidence.wordsets import words

GENERIC = Wording(
    lines(
        """eco-friendly, environmentally friendly, environment-friendly, environmentally safe
        environmentally responsible, environmentally conscious, environmentally sound, environmentally correct
        environmentally sensitive, kind to the environment, gentle on the environment, good for the environment
        better for the environment, safe for the environment, kind to the planet, good for the planet
        better for the planet, planet-friendly, earth-friendly, nature-friendly, nature's friend, ecological
        ecologically, eco-conscious, eco-safe, ecologically friendly, ecologically safe, climate-friendly
        carbon-friendly, green product, green products, green choice, green alternative, green lifestyle
        green living, green credentials, go green, going green, greener choice, greener alternative
        greener option, greener living, greener home, greener future, greener planet, sustainable, sustainably
        save the planet, saves the planet, saving the planet, umweltfreundlich, umweltfreundliche
        umweltfreundlicher, umweltfreundliches, umweltschonend, nachhaltig, nachhaltige, nachhaltiger
        nachhaltiges, klimafreundlich, respectueux de l'environnement, écologique, écologiques, écoresponsable
        éco-responsable, 环保, 生态友好, 绿色产品, 可持续"""
    ),
    unless=(r"环保(?:认证|标志|标识|袋)",),
    examples=("eco-friendly", "green choice", "sustainable", "kind to the planet"),
)
CLIMATE = Wording(
    lines(
        """climate neutral, climate neutrality, carbon neutral, carbon neutrality, CO2 neutral, CO2-neutral
        climate positive, carbon positive, carbon negative, climate compensated, carbon compensated
        carbon offset, offsets its emissions, zero carbon, carbon zero, net zero, zero climate impact
        reduced climate impact, reduced carbon footprint, reduced CO2 footprint, limited CO2 footprint
        low carbon footprint, klimaneutral, klimaneutrale, klimaneutraler, klimaneutrales, neutre en carbone
        碳中和, 零碳"""
    ),
    examples=("climate neutral", "carbon offset", "net zero"),
)
PLEDGES = Wording(
    (),
    patterns=(
        r"(?:net[\s-]?zero|carbon[\s-]neutral|climate[\s-]neutral|plastic[\s-]free|zero[\s-]waste|carbon[\s-]free)"
        r"(?:\s+\w+){0,2}\s+by\s+20\d\d",
        r"by\s+20\d\d,?\s+(?:we|it|our\s+\w+)(?:\s+\w+){0,4}\s+(?:net[\s-]?zero|carbon[\s-]neutral|climate[\s-]neutral)",
    ),
    signs=words("net netzero carbon climate plastic zero by"),
    examples=("net zero by 2030", "plastic-free by 2028"),
)
DEGRADABLE = Wording(
    lines(
        """biodegradable, bio-degradable, degradable, oxo-degradable, photodegradable, breaks down naturally
        decomposes naturally, biologisch abbaubar, biodégradable, 可降解, 生物降解"""
    ),
    # Said within which time or under which conditions, it is a statement that can be checked.
    unless=(r"(?:bio-?)?degradable\s+(?:(?:with)?in|after|under|according\s+to)\s+[\w,.]+", r"[不非]可降解"),
    examples=("biodegradable", "breaks down naturally"),
)
COMPOSTABLE = Wording(
    ("compostable", "可堆肥"),
    unless=(
        r"(?:home|industrially|commercially|municipally)[\s-]compostable",
        r"compostable\s+(?:in|within|at)\s+[\w,.]+",
    ),
)
NON_TOXIC = Wording(
    lines(
        """non-toxic, toxin-free, free of toxins, chemical-free, free of chemicals, free from chemicals
        zero chemicals"""
    ),
    examples=("non-toxic", "chemical-free"),
)
OZONE = Wording(("ozone-friendly", "ozone-safe", "ozone friendly", "safe for the ozone layer"))
RECYCLABLE = Wording(
    ("recyclable", "recyclables"),
    unless=(r"recyclable\s+(?:where|in|at|through|with|via)\s+\w+", r"non[\s-]recyclable"),
)
ORGANIC = Wording(
    ("organic", "organically grown", "organically farmed", "有机"),
    unless=(r"organic\s+(?:shape|form|glass|chemistry|compound|solvent|light|LED|search)s?", r"有机(?:玻璃|硅|溶剂)"),
    examples=("organic honey", "organically grown"),
)

ECOLABELS = r"EU Ecolabel|Ecolabel EU|Nordic Swan|Nordic Ecolabel|Blue Angel|Blauer Engel|ISO 14024"
"""Type I ecolabels (ISO 14024), by which a recognised excellent environmental performance can be shown."""
DEGRADES = r"EN 13432|EN 14995|EN 17033|ASTM D-?6400|ASTM D-?6868|AS 4736|AS 5810|OK compost|OECD 301\w?|BPI"
"""Standards and marks of how a material degrades or composts."""
ORGANIC_MARKS = (
    r"GOTS|Global Organic Textile Standard|OCS|Organic Content Standard|EU organic|USDA organic|Soil Association"
    r"|[A-Z]{2}-(?:BIO|ÖKO|OKO|ORG|EKO)-\d{2,3}|Demeter|Naturland|Bioland|Ecocert|COSMOS|JAS|certified organic"
)
SAFE_FOR_PLAY = r"EN 71(?:-\d+)?|ASTM D-?4236|ASTM F-?963|ACMI|AP seal"
