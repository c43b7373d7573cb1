"""What a title tells of a document's own method: the name before its colon, its first noun phrase, a phrase within."""

from __future__ import annotations

import re

import regex

from .acronyms import acronym_of, shaped
from .name_patterns import BENCH_HEAD, METHOD_HEAD

# "Foo: a method for …", "Foo – learning to …"
_NAMED = re.compile(r"^\s*[\[\"“]?(?P<name>[^:?!]{1,60}?)[\"”\]]?\s*(?::|\s[-–—]{1,3}\s)\s*(?P<rest>.+)$", re.S)
_MARK = re.compile(r":|\s[-–—]")  # which it has
# "Full Object Optimiser (FOO)"
_ACRONYM = regex.compile(r"\(([\w\-]+)\)\s*$")
_BRACKETED = regex.compile(r"\s\(([\w\-]{2,20})\)(?=$|:|\s(?:for|in|on|with|to|of)\b)")
# "for", "with": where the head noun's phrase ends
_AFTER_HEAD = re.compile(r"\b(?:for|of|in|with|via|using|on|to|through|from|by|across|over|under|at)\b")
# "A Large Dataset …", "Benchmarking …": the title of a benchmark
_BENCH_TITLE = regex.compile(
    r"\s*(?:A|An|The|Towards?)?\s*(?:[\w\-]+\s){0,3}(?:Benchmarking|Evaluating|(?:Dataset|Benchmark)"
    r"(?! (?:Distillation|Condensation|Pruning|Compression|Generation|Synthesis|Construction|Selection|Search)))"
)
# "How …", "A Study of …", "Comparing …": the title of a study, whose words before the colon name no method
_STUDY = regex.compile(
    r"(?:Why|When|Where|What|How|Do|Does|Can|Is|Are|Comparing|Understanding|Analy[sz]ing|Investigating|Examining|Exploring"
    r"|(?:An?|The)\s(?:[\w\-]+\s){0,2}?(?:Study|Survey|Review|Analysis|Investigation|Cost|Cause|Case|Comparison|Look)"
    r"|Lessons|Evidence)\b"
)
# "Soft Sensing via …": the parts between prepositions
_PARTS = regex.compile(
    r"\s*(?::|\b(?:via|with|through|using|by|for|in|on|of|from|to|towards?|and|is|are|as|at|can|may"
    r"|that|which|without|under|against|beyond"
    r"|mitigates?|improves?|boosts?|promotes?|enables?|reduces?|enhances?|makes?|learns?|helps?|yields?|outperforms?|beats?"
    r"|strengthens?|accelerates?|generates?|needs?|matters?|drives?|speeds?|predicts?|reveals?|unlocks?|elicits?)\b)\s*",
    regex.I,
)
# "… via sense tuning for …": the means
_MEANS = regex.compile(r"\b(?:via|through|using|with|by)\s+(.+?)(?:\s(?:for|in|on|of|from|to)\s|:|$)", regex.I)
# "Improving …", "A …": what a phrase does not begin with
_PART_LEAD = regex.compile(
    r"^(?:a|an|the|improving|towards?|learning|efficient|on|rethinking|revisiting|exploring|simple)\s+", regex.I
)
# "Design and Analysis of a …"
_LEAD = regex.compile(
    r"^(?:(?:towards?|on|a|an|the|design|analysis|development|implementation|and|of|improving|improved|efficient"
    r"|exploring|simple|novel|new|using)\s+)+",
    regex.I,
)
# "… for", "… without", "…: ": where the noun phrase that a title begins with ends
_CUT = regex.compile(
    r"\s*(?::|[-–—]\s|[?!,]|\b(?:for|via|with|through|using|by|in|on|from|to|towards?|is|are|as|at|of|under|that|which"
    r"|can|makes?|improves?|without|beyond|based|against|learns?|and|vs|when|need|needs)\b)\s*",
    regex.I,
)
_SPOKEN = regex.compile(r"\b(?:our|the|this|proposed)$")  # before the head of a phrase of the title
_STOPS = frozenset(
    "of in for on with and the a an to is are how what why when do does can beyond towards toward from learning it you "
    "your not no all less more".split()
)
# What a study does or has; no method is called so.
NOT_THINGS = frozenset(
    "study analysis evaluation investigation comparison survey review overview experiments results problem question "
    "task dataset benchmark corpus understanding insights view perspective number set series examination "
    "exploration assessment theory proof findings step first role impact effect effectiveness potential importance "
    "need ability possibility effects performance challenge challenges gap correlation reduction improvement gain "
    "increase decrease degree kind type class combination bound advantage trade-off tradeoff correlations "
    "reductions improvements gains bounds setting settings".split()
)
_NOT_TITLED = NOT_THINGS | frozenset(
    "language recognition classification detection prediction generation question answering design errors error "
    "models agents networks data images translation estimation learning knowledge scaling reasoning understanding law "
    "laws bias biases limits impacts effects behavior behaviors dynamics signatures relations".split()
)
# What a field works on or with; "large language models" are no document's own.
_FIELDS = NOT_THINGS | frozenset("models agents networks data knowledge systems images robots humans users".split())


def name_in_title(title: str, text: str) -> tuple[str, str, int] | None:
    """The name before the colon of a title, with its kind (METHOD or BENCH) and strength, or None.

    It counts for less where ``text`` never has it.
    """
    m = _NAMED.match(title) if _MARK.search(title) else None
    if m is None:
        return None
    name, rest = m.group("name").strip().removeprefix("Introducing "), m.group("rest")
    acronym = _ACRONYM.search(name)
    if acronym:
        name = acronym.group(1)
    words = name.split()
    if len(words) > 4 or (not any(map(shaped, words)) and _STUDY.match(rest)):
        return None
    in_text = name in text
    if not in_text and len(words) > 1 and name.lower() in text.lower():
        at = text.lower().index(name.lower())
        name, in_text = text[at : at + len(name)], True
        if not name[:1].isupper():
            return None
    if not in_text and 1 < len(words) <= 3 and all(w[:1].isupper() for w in words):
        pun = words[0].endswith("ing") or (len(words) == 2 and words[1].endswith("s")) or "'" in name or "’" in name
        if not pun and not any(w.lower() in _STOPS for w in words):
            return name, "METHOD", 4
    if len(words) == 1:
        named = shaped(name) or in_text
    else:
        named = bool(words) and in_text and all(w[:1].isupper() or (w.islower() and len(w) < 4) for w in words)
    if not named:
        return None
    head = _AFTER_HEAD.split(rest, maxsplit=1)[0]
    bench = BENCH_HEAD.search(head) is not None or _BENCH_TITLE.match(rest) is not None
    method = METHOD_HEAD.search(head.split(" and ")[0]) is not None
    return name, "BENCH" if bench and not method else "METHOD", 9 if in_text else 8


def bracketed_in_title(title: str) -> tuple[str, str, int] | None:
    """The short name in brackets after its long form, as of :func:`name_in_title`: "Full Object Optimiser (FOO)"."""
    m = _BRACKETED.search(title) if "(" in title else None
    if m is None or not shaped(m.group(1)):
        return None
    long = acronym_of(m.group(1), title, m.start(1) - 2)
    if long is None:
        return None
    return m.group(1), "BENCH" if BENCH_HEAD.search(long) else "METHOD", 6


def thing_in_title(title: str, text: str) -> str | None:
    """The noun phrase a title begins with, where it names a thing: "Soft sensor for …", "Design of a Wearable Arm"."""
    part = _CUT.split(_LEAD.sub("", title.strip(), count=1), maxsplit=1)[0].strip()
    words = part.split()
    if not 2 <= len(words) <= 5 or words[-1].lower() in _NOT_TITLED:
        return None
    if words[0].lower() in _STOPS or words[0].lower().endswith("ing"):
        return None
    if not (METHOD_HEAD.search(words[-1]) or _spoken_of(part, words[-1].lower().rstrip("s"), text)):
        return None
    return " ".join(w if shaped(w) else w[:1].lower() + w[1:] for w in words)


def _spoken_of(part: str, head: str, text: str) -> bool:
    """Whether a text has a phrase, or speaks of its head as of its own thing."""
    phrase, low = part.lower(), text.lower()
    if phrase in low or phrase.rstrip("s") in low:
        return True
    at = low.find(" " + head)
    while at >= 0:
        if _SPOKEN.search(low, max(0, at - len("proposed ")), at):
            return True
        at = low.find(" " + head, at + 1)
    return False


def phrase_of_title(title: str, text: str) -> str | None:
    """A phrase of the title that the abstract uses for what it does, as the abstract writes it, or None."""
    low = text.lower()
    means = _MEANS.search(title)
    for part in [*([means.group(1)] if means else []), *_PARTS.split(title)[:1]]:
        phrase = _PART_LEAD.sub("", part.strip())
        words = phrase.lower().split()
        if 2 <= len(words) <= 5 and words[-1] not in _FIELDS and phrase.lower() in low:
            at = low.index(phrase.lower())
            return text[at : at + len(phrase)]
    return None
