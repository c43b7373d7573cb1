"""What stands for a document's own method where it has no name: a description, "our method", what a study studies."""

from __future__ import annotations

import regex

from .anchors import Anchors, matches
from .name_patterns import CALLED, COMPONENT, HEAD, HEADS, PROPOSE
from .titles import NOT_THINGS

# Praise before the words that describe a method.
VAGUE = frozenset(
    "novel new simple effective efficient powerful first general generic unified comprehensive scalable practical and "
    "but yet innovative principled flexible robust lightweight conceptually highly fully completely very surprisingly "
    "the a an elegant straightforward large-scale further also then systematic general-purpose advanced improved "
    "alternative different original".split()
)
# What follows the noun it modifies: "a corpus comprising", "a robot equipped with".
_TRAILING = frozenset("built comprising containing consisting composed aimed trained capable suitable".split())
_WORD = r"[\w\-–/’'+]+(?:\(\d\)[\w\-]*)?"
# "a scalable, end-to-end workflow": the comma after these is within the phrase
_ADJECTIVE = r"(?:able|ible|[-–](?:based|driven|free|aware|end|wise|level|scale)|novel|new|simple|fast|unified)"
_FUNCTION = (
    r"(?:that|which|for|to|with|based (?:on|upon)|of|in|using|by|on|where|from|between|among|across|under|via|through"
    r"|into|capable|consisting|called|named|termed"
    r"|dubbed|as|and|combining|leveraging|designed|is|are|was|has)\b"
)
_ASIDE = rf"\s\([\w\-]{{2,9}}\)(?=\s(?!{_FUNCTION})[a-z])"  # "a brain-machine interface (BMI) system"
_NP = rf"(?P<np>(?:{_WORD}(?:{_ASIDE})?,?\s){{0,7}}?{_WORD})"
_STOP = rf"(?=\s{_FUNCTION}|(?<!{_ADJECTIVE}),|[.;:(]|\s(?!{_ASIDE[2:]})[(–—])"
# "the design and control of a": what is done to the thing that a work presents
_MAKING = (
    r"(?:(?:the\s)?(?:\w+\s)?(?:design|development|implementation|fabrication|construction|realization)"
    r"(?:,?\s(?:and\s)?(?:the\s)?[\w\-]+){0,4}?\sof\s)?"
)
# "we propose a two-stage training scheme that"
_DESCRIBED = regex.compile(
    rf"\b(?i:we|here|paper|work|study|authors|article)\b,?(?:\s[\w,]+){{0,3}}?\s(?:{PROPOSE}"
    rf"\s(?:and\s\w+\s)?{_MAKING}(?:an?|our|two|the)|demonstrate\san?)\s{_NP}{_STOP}"
)
_DONE = r"\s(?:\w+ly\s|then\s)?(?:propos|present|introduc|develop|design|describ|built)"
_IS_DONE = regex.compile(rf"\b(?:is|are|was|were|been){_DONE}")
# "A two-stage training scheme for cameras is proposed"
_PASSIVE = regex.compile(
    rf"(?:^|[.;:]\s|\b(?i:in this (?:paper|work|study|article)),?\s){_MAKING}(?i:an?|the)\s{_NP}{_STOP}"
    rf"(?:\s[^.;]{{0,120}}?)?\s(?:is|are|was|were|has been|have been){_DONE}",
)
# "we propose sense tuning, which …": a method by a common name without article
_PLAIN = regex.compile(
    r"\b(?i:we|paper|work)\s(?:\w+ly\s)?(?:propose|introduce|present|proposes|introduces|presents)\s"
    r"(?P<np>(?!(?:to|the|a|an|our|two|three|four|five|several|new|novel|and|how|that|using|this|results|experiments"
    r"|methods|evidence|some|more|both|it|what)\b)"
    r"[a-z][\w\-]+(?:\s(?:and\s)?[a-z][\w\-]+){1,3}?)"
    r"(?=,\s(?:a|an|which|the|where)\b|\s\(|:|\s(?:that|which)\b)"
)
# "a method called sense tuning"
_CALLED = regex.compile(
    rf"(?!namely){CALLED}\s[\"“'‘]?(?P<np>[a-z][\w\-]+(?:\s[a-z][\w\-]+){{1,3}}?)[\"”'’]?"
    r"(?=\s?[,.;:(]|\s(?:that|which|for|to|by|with|in|is|based)\b)"
)
_METHOD_BEFORE = regex.compile(rf"\b{HEAD},?\s(?:(?:that|which)\s(?:is|we)\s)?$")
_OURS_HEAD = (
    r"(?:method|approach|model|framework|system|algorithm|technique|strategy|architecture|network|pipeline|attack)"
)
# "our approach", "this two-stage model"
_OURS = regex.compile(
    r"\b(?:our|the proposed|this)\s"
    rf"(?:(?!(?:and|an?|the|of|prior|previous|earlier|baseline|target)\s)[\w\-]+\s){{0,2}}?{_OURS_HEAD}\b(?!-)",
    regex.I,
)
_SAYS = regex.compile(r"this\s\w+s\s", regex.I)  # "this suggests a model"
# "we evaluate 14 vision-language models": whose values an evaluation reports
_STUDIED = regex.compile(
    r"\b(?i:we|study|paper|work)\s(?:\w+ly\s|then\s|also\s)?"
    r"(?:evaluat|benchmark|assess|test|examin|investigat|stud|analy[sz]|compar|probe)(?:e|es|ed|y|ies|ied|s|ing)?\s"
    r"(?:the\s)?(?:(?:over|more than|up to)\s)?"
    r"(?P<np>(?:(?!(?:of|why|how|which|whether|what|these|all|on)\s)[\w\-]+\s){0,4}?"
    r"(?:[\w\-]*(?:models|agents|LLMs|MLLMs|VLMs"
    r"|LMs|systems|detectors|classifiers|judges|assistants|chatbots|encoders|methods|algorithms)))(?=[\s,.;:(])"
)


def described(anchors: Anchors, passive: bool = True) -> str | None:
    """What the abstract describes its method as, without praise: "a two-stage training scheme".

    ``passive`` admits "A scheme … is proposed", which often speaks of a part.
    """
    text = anchors.text
    places = anchors.leads if "demonstrate" in text else anchors.proposing
    for m in matches(_DESCRIBED, text, places):
        if (phrase := _bare(m.group("np").split())) is not None:
            return phrase
    if passive and _IS_DONE.search(text):
        for m in _PASSIVE.finditer(text):
            if (phrase := _bare(m.group("np").split())) is not None:
                return phrase
    return None


def _bare(words: list[str]) -> str | None:
    """A noun phrase without praise before it and without what follows its noun."""
    while len(words) > 1 and words[0].lower().strip(",") in VAGUE:
        words.pop(0)
    for n in range(1, len(words)):
        participle = "-" not in words[n] and words[n].endswith(("ed", "ing"))
        last = n == len(words) - 1 and words[n].endswith("ed")
        if words[n] in _TRAILING or (participle and (last or words[n - 1] in HEADS)):
            words = words[:n]
            break
    if not 2 <= len(words) <= 7 or words[-1].lower() in NOT_THINGS or words[-1].isdigit():
        return None
    return " ".join(words)


def called_plainly(anchors: Anchors) -> str | None:
    """A common name that the method goes by: "we propose sense tuning", "a method called sense tuning"."""
    text = anchors.text
    for m in matches(_CALLED, text, anchors.calls):
        if _METHOD_BEFORE.search(text, max(0, m.start() - 40), m.start()) and (phrase := _plain(m)) is not None:
            return phrase
    for m in matches(_PLAIN, text, anchors.proposing):
        if (phrase := _plain(m)) is not None:
            return phrase
    return None


def _plain(m: regex.Match[str]) -> str | None:
    """The common name of a match, if it can name a method that is the whole of what is proposed."""
    words = m.group("np").split()
    if words[0] in VAGUE or words[-1] in NOT_THINGS:
        return None
    part = COMPONENT.search(m.string, max(0, m.start() - 90), m.start() + 8)
    return " ".join(words) if part is None else None


def ours(anchors: Anchors) -> str | None:
    """How the abstract speaks of its own method: "our method" before "this method", short before long."""
    found = matches(_OURS, anchors.text, anchors.ours)
    spoken = [m.group() for m in found if not _SAYS.match(m.group())]
    return min(spoken, key=lambda w: (w.lower().startswith("this"), len(w.split()) > 3), default=None)


def studied(anchors: Anchors) -> str | None:
    """Whose values an evaluation reports: "14 vision-language models"."""
    m = next(matches(_STUDIED, anchors.text, anchors.leads), None)
    return m.group("np") if m is not None else None
