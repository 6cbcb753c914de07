"""Text that is about the writing, not the product: refusals, chat, leaked prompts, broken markup. It never passes."""

from __future__ import annotations

import re

from foundation.evidence.refusals import is_refusal
from foundation.evidence.wordsets import words

_META = re.compile(
    r"""
    \bas\ an?\ (?:ai|artificial|language|virtual|chat)\b
    | \b(?:ai|language)\ (?:language\ )?(?:model|assistant)\b | \bchat\s?gpt\b | \btraining\ data\b
    | \b(?:i'?m|i\ am|we'?re|we\ are)\ (?:sorry|afraid|unable|not\ able)\b
    | ^\W*(?:sorry|apologies|unfortunately)\b | \bmy\ apologies\b
    | \bi\ (?:can\s?not|can't|could\ not|couldn't|won't|will\ not|don't|do\ not|apologi[sz]e|would|'?ll|'?d)\b
    | \b(?:cannot|can't|unable\ to)\ (?:fulfil|fulfill|provide|assist|help|write|generate|complete|comply)\b
    | ^\W*(?:(?:yes|no)\W+)?(?:sure|certainly|of\ course|absolutely|okay|ok|great|got\ it)\s*[!,;.:]
    | ^\W*(?:yes|no)\s*[!;:]
    | ^\W*(?:(?:yes|no)\W+)?here(?:'s|\ is|\ are)\b | ^\W*(?:below|the\ following)\ (?:is|are)\b
    | \b(?:revised|rewritten|rephrased|improved|concise)\ (?:version|sentence|text|description|paragraph)\b
    | \b(?:product|shop|sample)\ (?:description|copy|page|details)\s*(?::|$) | \bone\ sentence\b
    | \b(?:this|the|following)\ (?:sentence|paragraph|prompt)\b | \bword\ count\b
    | \b(?:the|these|those|given|provided|following|listed)\ facts\b
    | \bfacts?\ (?:provided|given|listed|above|below)\b
    | \b(?:previous|above|prior|earlier|following)\ (?:instructions?|prompts?|messages?)\b
    | \bsystem\ prompt\b | \bignore\ (?:all|any|the|previous)\b | \btranslat(?:e|ion)\ (?:this|of|to)\b
    | <\|?/?[a-z_]+\|?> | <\| | \|> | \[/?inst\] | \[(?:insert|your|name|brand|product)[^\]]*\]
    | \{[^}]*\} | ``` | \*\* | \bhttps?:// | \bwww\. | \blorem\ ipsum\b | \b(?:example|placeholder)\ text\b
    | ^\W*(?:products?|brand|facts?|title|vendor|details?|sentences?|descriptions?|answer|response|user
      |(?:in|out)put(?!\s*:\s*(?:\d|[ad]c\b|usb))
      |assistant|system|note|notes|rewrite|example|text|tags?|type|question|task|summary|features?)\s*:
    | \b(?:user|assistant|system)\s*:
    """,
    re.I | re.X,
)
_LABEL = re.compile(r"(?:^|[,;.\n]\s*)[A-Z][\w ]{1,24}:\s")
_REPEATED = re.compile(r"\b(\w+(?:\W+\w+){1,5})(?:\W+\1\b){2,}|\b(\w{2,})(?:\W+\2\b){2,}", re.I)
# Without one of these no pattern above can match; looking for them costs a tenth of trying the patterns.
_SIGNS = re.compile(r"[<>|\[{`*:/]|www")
_WORDS = re.compile(r"[a-z]+")
_TRIGGERS = words(
    "ai artificial language virtual chat chatgpt gpt training sorry afraid unable apologies apologize apologise i"
    " unfortunately cannot can fulfil fulfill sure certainly course absolutely okay ok yes no great got here below"
    " following revised rewritten rephrased improved concise description copy page details sentence paragraph prompt"
    " word fact facts instruction instructions prompts message messages ignore translate translation lorem example"
    " placeholder assist generate complete comply"
)


def is_meta(sentence: str) -> bool:
    """Whether a sentence is a refusal, an aside, a leaked prompt, a list of labels or a loop."""
    said = _WORDS.findall(sentence.lower())
    suspicious = not _TRIGGERS.isdisjoint(said) or bool(_SIGNS.search(sentence))
    if suspicious and (_META.search(sentence) or len(_LABEL.findall(sentence)) > 1):
        return True
    if is_refusal(sentence):
        return True
    return len(said) - len(set(said)) > 1 and bool(_REPEATED.search(sentence))
