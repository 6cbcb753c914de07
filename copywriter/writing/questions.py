"""Questions and answers: the field's name makes the question, the model answers it with the fact. Pure.

Asked for a question too, the small model answers another one: of 143 pairs that it wrote by itself some half did not
belong together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from copywriter.compliance import Rules
from copywriter.writing import describing
from copywriter.writing.briefs import Brief, sentence_messages
from copywriter.writing.coverage import is_brand, is_sentence, is_type, is_yes, wanted
from copywriter.writing.describing import Candidate, Group, Sofar
from copywriter.writing.fluency import has_verb
from copywriter.writing.grouping import named_shortly
from copywriter.writing.style import Style
from foundation.evidence import Fact
from foundation.inference.types import Completion, Message

VERBLESS = 0.25
"""What an answer loses that is no sentence: "T-shirt in blue or red"."""
PAIR = re.compile(r"(?m)^Q: (?P<asked>[^\n]+\?)\nA: ")
# What a buyer asks, by the name of the field; the first that fits, and the most wanted first.
_ASKED: tuple[tuple[str, str], ...] = (
    (r"(?:materials?|fabric|composition)", "What is it made of?"),
    (r"(?:size|sizes)", "Which sizes are there?"),
    (r"(?:dimensions?|measurements?|product size)", "How large is it?"),
    (r"(?:capacity|volume)", "How much does it hold?"),
    (r"(?:item )?weight", "How much does it weigh?"),
    (r"(?:compatib\w*(?: with)?|fits|suitable for|works with)", "What does it fit?"),
    (r"(?:colou?rs?)", "Which colours are there?"),
    (r"(?:care(?: instructions)?|washing(?: instructions)?|cleaning)", "How is it cared for?"),
    (r"(?:net content|net weight|contents?|pack size|quantity|package contents?|included|what is in the box)",
     "How much is in a pack?"),
    (r"(?:ingredients?)", "What is in it?"),
    (r"(?:flavou?rs?|tastes?)", "What does it taste of?"),
    (r"(?:scents?|fragrances?)", "What does it smell of?"),
    (r"(?:age|age range|recommended age)", "For which age is it?"),
    (r"(?:power source|batter\w+|power supply)", "What does it run on?"),
    (r"(?:origin|country of origin|made in|region)", "Where does it come from?"),
    (r"(?:warranty|guarantee)", "Which warranty does it have?"),
    (r"(?:authors?)", "Who wrote it?"),
    (r"(?:language)", "Which language is it in?"),
    (r"(?:use|uses|purpose|intended use|occasion)", "What is it for?"),
    (r"(?:gender|department|target audience|suitable for)", "Who is it for?"),
    (r"(?:seasons?)", "For which season is it?"),
    (r"(?:special\w*|features?|special features?|highlights?)", "What is special about it?"),
    (r"(?:style|design|theme)", "What is its style?"),
    (r"(?:pattern|print)", "Which pattern does it have?"),
    (r"(?:item )?form|format", "In which form does it come?"),
    (r"(?:model|model number|model name)", "Which model is it?"),
    (r"(?:manufacturer|maker|brand)", "Who makes it?"),
)  # fmt: skip
_KNOWN = tuple((re.compile(rf"(?i){label}"), question) for label, question in _ASKED)


def grouped(facts: Sequence[Fact], length: str) -> tuple[Group, ...]:
    """Each fact that a buyer asks for alone, beside the title, the most wanted first."""
    title = tuple(fact for fact in named_shortly(facts) if fact.source == "title")
    asking = [fact for fact in wanted(facts) if not (is_brand(fact) or is_type(fact) or is_sentence(fact))]
    by_question = {question([fact]): fact for fact in sorted(asking, key=_rank, reverse=True)}  # the first one stays
    return tuple((*title, fact) for fact in reversed(by_question.values()))


def _rank(fact: Fact) -> int:
    return next((n for n, (label, _question) in enumerate(_KNOWN) if label.fullmatch(fact.label)), len(_KNOWN))


def asked(sofar: Sofar, brief: Brief, system: str, group: Group) -> tuple[Message, ...]:
    """For the answer: a sentence that names the product and tells the fact, whatever was answered before."""
    return sentence_messages(brief.tone, (), group, system)


def candidate(sofar: Sofar, completion: Completion, rules: Rules, style: Style) -> Candidate:
    """What an answer is worth by itself: the one before it stands under another question."""
    found = describing.candidate(replace(sofar, turns=()), completion, rules, style)
    return found if not found.text or has_verb(found.text) else found._replace(flaws=found.flaws + VERBLESS)


def laid(sofar: Sofar) -> str:
    return "\n\n".join(f"Q: {question(turn.facts)}\nA: {turn.text}" for turn in sofar.turns)


def question(facts: Iterable[Fact]) -> str:
    """What the last of the facts answers."""
    fact = [one for one in facts if one.source != "title"][-1]
    if is_yes(fact):
        return f"Is it {fact.label.lower()}?"
    known = next((asked for label, asked in _KNOWN if label.fullmatch(fact.label)), "")
    return known or f"What is the {_lowered(fact.label)}?"


def _lowered(label: str) -> str:
    """A name of a field in a sentence; abbreviations keep their letters."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in label.split())


def claiming(text: str, facts: Iterable[Fact]) -> str:
    """The text with blanks for the questions that a field's name makes, which claim nothing: every claim stays where it
    stands. Any other question may claim something: "Is it the only certified mug?"."""
    ours = {question([fact]) for fact in facts if fact.source != "title"} | {asked for _label, asked in _ASKED}

    def blanked(found: re.Match[str]) -> str:
        kept = " " * len(found["asked"]) if found["asked"] in ours else found["asked"]
        return f"   {kept}\n   "

    return PAIR.sub(blanked, text)


def is_allowed(group: Group, rules: Rules) -> bool:
    """Whether the question may be asked: the name of a field can hold a competitor's."""
    return next(iter(rules.breaches(question(group), group)), None) is None
