"""Sentence boundaries of an abstract.

One regex finds terminators that white space follows; each candidate is then judged by the word before it, the word
after it and the brackets that are open. A semicolon or colon never splits; items of an enumeration (``1) … 2) …``) are
only apart where a full stop parts them.
"""

from __future__ import annotations

import re

from claimx.model import Span
from claimx.scan import places


def _words(table: str) -> frozenset[str]:
    return frozenset(table.split())


# Openers of an English sentence: after one of these even an abbreviation's period ends the sentence.
_STARTERS = _words(
    """
    a additionally after all also although among an and another any as at based because before besides beyond both
    but by code compared comprehensive consequently contrary conversely crucially current data despite due during
    each empirical empirically evaluated evaluating evaluation evaluations even existing experimental experiments
    extensive finally first firstly following for from further furthermore given hence here how however if
    importantly in indeed inspired instead interestingly it its lastly many meanwhile more moreover most motivated
    nevertheless next nonetheless notably of on one only or our overall particularly previous prior recent recently
    remarkably results second secondly several similarly since so some specifically starting still subsequently such
    surprisingly that the their then theoretically there therefore these they third this those though through
    throughout thus to together towards two under unfortunately unlike until using via we what when where whereas
    whether which while why with within without yet you
    """
)
# Always go on.
_JOINING = _words("e.g i.e eg ie cf vs viz v.s dr mr mrs prof mt ft incl")
# Go on before a number, a letter that serves as one, a bracket or a lower-case word.
_NUMBERED = _words(
    """
    fig figs eq eqs eqn eqns sec sect secs ch chap tab tabs alg algs thm thms def lem prop cor ref refs no nos nr
    vol app suppl p pp art ver
    """
)
# Go on unless an opener follows.
_ABBREVIATIONS = _words(
    """
    al approx appr resp etc ca c.f w.r.t wrt avg std dev max min med est inc ltd co corp jr sr st dept univ proc
    conf int assoc ed eds intl symp trans lett rev phys chem comput sci eng math stat u.s u.k u.n e.u ph.d m.sc b.sc
    a.k.a aka i.i.d a.m p.m s.t w.l.o.g et abbr jan feb mar apr jun jul aug sep sept oct nov dec hr hrs mins secs
    temp ext gen sp spp subsp var
    """
)
_BEFORE_VARIABLE = (["in"], ["over"], ["on"], ["set"], ["space"], ["class"], ["to"], ["="], ["∈"], ["≤"], ["<"], [">"])
_GLUED = "We|Our|The|This|These|In|To|It|However|Moreover|Furthermore|Finally|Experiments|Extensive|Code|Specifically"
_CANDIDATE = re.compile(
    r"[.!?…。！？U](?:"  # a class in front of all alternatives: it alone is compared with most characters
    r"(?<=[.!?…])(?<![.!?…][.!?…])[.!?…]*+[)\]}\"'”’»*]*+(?:(?:\[[0-9][0-9, –-]*\])?\s++"
    rf"|(?=(?:{_GLUED})[ ,])(?<=[a-z0-9)%][a-z0-9)%\]].))|(?<=[。！？])[。！？]*+[」』）]*+\s*+"
    # arXiv's listings take "results.We" for an address and print this in its stead.
    r"|(?<=U)RL (?:(?<=this http URL )|(?<=this https URL ))(?=[A-Z][a-z]+[ ,]))"
)
_BRACKETS = "()[]“”"
_NEXT = re.compile(r"[(\[{\"'“‘«`*]*+([^\W_](?:[\w’'+-]|\.(?=\w))*+)?")
_ROMAN = frozenset("IVX")
_OPENERS, _CLOSERS = "([“", ")]”"
_STRIP = "([{\"'“‘«`*~$"
# A bracket that stays open for longer than this, or that nothing closes this near, is taken for a stray one.
_BRACKET_REACH = 400


def split(text: str) -> list[Span]:
    """The sentences of ``text`` as spans, in order, without the white space around them.

    Offsets are half-open code-point offsets into ``text``. Every character that is not white space lies in exactly one
    span; a text of white space alone has none. Never raises.
    """
    spans: list[Span] = []
    size = len(text)
    start = size - len(text.lstrip())
    brackets = places(text, _BRACKETS)
    seen, depth, since = 0, 0, start
    for match in _CANDIDATE.finditer(text, start):
        end = match.end()
        if end >= size:
            break
        while seen < len(brackets) and brackets[seen] < end:
            if text[brackets[seen]] in _OPENERS:
                since = brackets[seen] if depth == 0 else since
                depth += 1
            elif depth:
                depth -= 1
            seen += 1
        if not _ends(text, match.start(), end, start):
            continue
        if depth:
            if end - since <= _BRACKET_REACH and any(
                text.find(closer, end, since + _BRACKET_REACH) >= 0 for closer in _CLOSERS
            ):
                continue
            depth = 0
        _add(spans, text, start, end)
        start = end
    if start < size:
        _add(spans, text, start, size)
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    last = start + len(text[start:end].rstrip())
    if last - start < 4 and spans and not any(map(str.isalnum, text[start:last])):
        # A lone quote or bracket belongs to what it closes.
        start = spans.pop()[0]
    if last > start:
        spans.append((start, last))


def _ends(text: str, at: int, end: int, start: int) -> bool:
    """Whether the mark at ``at`` ends the sentence that began at ``start``; the next one would begin at ``end``."""
    following = _NEXT.match(text, end)
    word = following[1] if following else None
    mark = text[at]
    if mark == "U":
        return True
    opener = word is not None and word.lower() in _STARTERS and not word.islower()
    # The last word before the mark; the window keeps a text without spaces from costing quadratic time.
    low = max(start, at - 40)
    before = text[max(text.rfind(" ", low, at) + 1, low) : at].lstrip(_STRIP)
    if mark != ".":
        return _ends_loudly(text, at, end, word, before, opener)
    if text.startswith("..", at):
        return word is not None and not word[0].islower()
    if not before:
        return word is None or not word.islower() or at == low or text[at - 1] == " "
    folded = before.lower()
    if word is not None and word[0].islower() and word.islower():
        # A lower-case sentence: only after what is clearly a full word, a number or a bracket.
        if word.startswith("http") and folded not in _JOINING:
            return True
        acronym = len(before) == 3 and before.isupper()
        if folded[-1].isalpha() and ((len(folded) < 4 and not acronym) or ("." in folded and len(folded) < 12)):
            return False
        return folded not in _JOINING and folded not in _NUMBERED and folded not in _ABBREVIATIONS
    if folded in _JOINING:
        return False
    if folded in _NUMBERED:
        plain = word is not None and len(word) > 1 and word.isalpha() and not _ROMAN.issuperset(word)
        return plain and text[end] not in "(["
    if folded in _ABBREVIATIONS:
        return opener
    if len(before) == 1 and before.isupper():
        # A variable ends a sentence ("for all x in X."), an initial does not ("by J. Smith").
        prior = text[max(start, at - 12) : at - 1].rsplit(None, 1)[-1:]
        return opener or prior in _BEFORE_VARIABLE or not (word is not None and word[0].isupper())
    if "." in before and len(before) < 10 and all(len(part) < 3 for part in before.split(".")) and before[0].isalpha():
        return opener
    if before.isdigit() and len(before) < 3:
        # "… as follows: 1. Foo" marks an item; "an accuracy of 95. We" ends.
        left = at - len(before)
        listed = text[left - 1].isspace() and text[max(start, left - 2)] in ":;,."
        return left > start and not listed
    return True


def _ends_loudly(text: str, at: int, end: int, word: str | None, before: str, opener: bool) -> bool:
    """The same for ``!``, ``?``, an ellipsis and full-width marks."""
    mark = text[at]
    if mark in "。！？":
        return True
    if word is None:
        return text[end : end + 1] not in "–—-,;:)"
    if word[0].islower() and word.islower():
        return False
    # A name that carries its mark goes on: "Yahoo! Answers", "the What's Up? benchmark".
    name = before[:1].isupper() and (mark == "!" or before[1:].islower())
    return not name or opener
