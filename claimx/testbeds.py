"""Names that nothing but their place tells to be benchmarks: "on RAFT", "datasets such as Foo", a list with CIFAR-10.

A name stands where a benchmark stands after "on" or "across", after a noun for data sets that introduces it, in one
coordination with a benchmark, or after "from" where data are taken from it.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from .acronyms import coined, shaped
from .lexicon import Entry, Lexicon
from .model import Token
from .names import Name
from .tag import COMPOUND
from .words import Words

_NAMES = frozenset({"NAME", "ACRONYM", "METHOD"})
_NUMBERS = frozenset({"PCT", "PTS", "FAC", "UNIT", "NUM", "INT", "SIGNED"})
_ON = frozenset({"on", "across"})
_AND = frozenset({"and", "or", "&", "/"})
_COLON = frozenset({":", "-", "--", "–", "—", "(", "["})
_EXAMPLES = frozenset("such as including like e.g. e.g i.e. i.e namely named called".split())
_CLAUSE = frozenset({",", ";", ":", "and", "but", "that", "(", "–", "—"})  # after these "on" opens a clause
# What runs, builds or leans on a thing does not evaluate on it.
_LEANS = frozenset(
    "based built build builds building rely relies relied relying depend depends depending focus focuses focused "
    "focusing run runs running hosted available deployed deploy implemented released founded centered work works "
    "working".split()
)
# Models and hardware, by size or by family: never a benchmark.
_MODEL = regex.compile(
    r"[0-9]+(?:\.[0-9]+)?[BM]$|(?i:gpt|llama|llava|qwen|bert|resnet|gemma|mistral|claude|gemini|deepseek|yolo|rcnn|r-cnn"
    r"|u-?net$|former$|diffusion$|(?<![a-z])(?:t5|vit|phi|deit|opt|clip|lora|mamba|swin|whisper|a100|h100|v100|[gct]pus?"
    r"|rtx|nvidia|jetson|mac|imb|arm|x86)(?![a-z]))"
)
# "Image Captioning", "Autoformalization": a task in capitals.
_TASK = regex.compile(r"(?:[a-z]ing|tion|ment|sis|ity|ism|ness|ship)s?$")
# Nouns for what is done on a data set: "on Foo classification", "on BarTest problems".
_DONE = frozenset(
    "classification recognition detection segmentation generation retrieval translation captioning forecasting "
    "navigation summarization answering parsing extraction localization tasks task problems questions scenes images "
    "videos games sequences instances queries samples examples splits leaderboard misclassification pretraining "
    "localisation synthesis matching tracking".split()
)
# "real-world", "public": may stand between the preposition and the name.
_QUALITY = regex.compile(r"[a-z]+-[a-z]+|[a-z]+(?:ic|al|ous|ing|ed|ive|ful|able|ary|ard|ar|ern)")
# Nouns for what is taken from a data set: "bugs from Foo".
_TAKEN = frozenset(
    "data samples images videos questions problems tasks bugs instances scenes examples sequences dialogues articles "
    "documents recordings sentences queries scans clips environments".split()
)
_PARTS = frozenset("subset subsets split splits".split())
_SCENES = frozenset("environment environments games simulators".split())  # heads of plain phrases that introduce names
_EDITION = regex.compile(r"(?:19|20)[0-9]{2}|[1-9]\.0|[0-9]+[kKM]|[0-9]+(?:x|×|times)[0-9]+")  # "Foo 2014", "Foo 2.0"
_STATES = frozenset({"=", ":"})
_ASIDE = 7  # tokens of the longest aside between two names of a list


class Testbeds:
    """Finds benchmarks by their place with the help of one lexicon and one set of word classes; holds no state."""

    def __init__(self, lexicon: Lexicon, words: Words) -> None:
        self._lexicon = lexicon
        self._verbs = words.verbs

    def settle(self, toks: list[Token]) -> list[Token]:
        """The tokens, with the names in a benchmark's place turned into benchmarks, each with all of its name."""
        out: list[Token] = []
        k = done = 0
        while k < len(toks):
            if toks[k].type != "BENCH" and not self._candidate(toks[k]):
                k += 1
                continue
            items, joined = self._coordination(toks, k)
            for first, end in self._placed(toks, items, joined):
                out.extend(toks[done:first])
                out.append(_bench(toks[first:end]))
                done = end
            k = items[-1][1]
        out.extend(toks[done:])
        return out

    def _candidate(self, t: Token) -> bool:
        """Whether a name can be a benchmark's: no model's, no task's, none of the document's own."""
        if t.type not in _NAMES or t.low in self._lexicon.not_benches:
            return False
        if isinstance(t.data, Name):
            if t.data.strength > 2 or t.data.aliases:
                return False
        elif t.data is not None and not (isinstance(t.data, Entry) and t.data.kind == "METHOD" and t.text.isupper()):
            return False
        elif t.type == "METHOD" and t.data is None:
            return False  # a family's, or a phrase's
        return not (_MODEL.search(t.text) or COMPOUND.search(t.text) or _TASK.search(t.text))

    def _end(self, toks: Sequence[Token], first: int) -> int:
        """The index after the name that begins at ``first``, with its second name, year, version and head noun."""
        at, n = first + 1, len(toks)
        if toks[first].type == "BENCH" and toks[first].head in self._lexicon.bench_heads:
            return at
        if at < n and _adjoins(toks, at) and self._candidate(toks[at]):
            if toks[first].type != "BENCH" or toks[first].data is not None:
                after = toks[at + 1] if at + 1 < n else None
                if after is None or not (self._acts(after) or after.type in _NUMBERS or after.low in _STATES):
                    at += 1  # no method or metric of its own: "On GLUE FooNet gains", "GLUE EM 0.4"
        if at < n and _adjoins(toks, at) and _EDITION.fullmatch(toks[at].text):
            at += 1
            if at < n and _adjoins(toks, at) and toks[at].type == "GROUP" and " " not in toks[at].text:
                at += 1
        return at

    def _coordination(self, toks: Sequence[Token], first: int) -> tuple[list[tuple[int, int]], bool]:
        """The names coordinated with the one at ``first``, and whether "and" closes the list.

        Asides in brackets may follow each name: "Foo (+2.1), Bar (+3)".
        """
        at, joined = self._end(toks, first), False
        items = [(first, at)]
        while not joined:
            k = _after_aside(toks, at)
            begin = k
            if k < len(toks) and toks[k].low == ",":
                k += 1
            if k < len(toks) and toks[k].low in _AND:
                joined = toks[k].low != "/"
                k += 1
            if k == begin or k >= len(toks) or (toks[k].type != "BENCH" and not self._candidate(toks[k])):
                return items, False
            at = self._end(toks, k)
            items.append((k, at))
        return items, joined

    def _placed(self, toks: Sequence[Token], items: list[tuple[int, int]], joined: bool) -> list[tuple[int, int]]:
        """Those of the coordinated names that stand in a benchmark's place."""
        first = items[0][0]
        if first > 1 and toks[first - 1].type == "NP" and coined(toks[first].text):
            if _QUALITY.fullmatch(toks[first - 1].low):
                first -= 1
        before = toks[first - 1].low if first else ""
        after = _following(toks, items)
        acts = self._acts(after)
        introduced = self._introduced(toks, items[0][0])
        if not joined and len(items) > 1 and before not in ("(", ":"):
            # "on Foo, BarNet gains": a comma alone coordinates only what is listed as data sets
            if introduced < 2 and not (after is None or after.low in (".", ";", ")")):
                sure = [n for n, item in enumerate(items) if toks[item[0]].type == "BENCH"]
                items = items[: sure[-1] + 1] if sure else items[:1]
                after, acts = _following(toks, items), False
        elif joined and acts and before in _ON and _opens(toks, first - 1) and toks[items[0][1]].low == ",":
            items, joined, acts = items[:1], False, False  # "On Foo, BarNet and BazNet gain"
            after = _following(toks, items)
        if any(toks[i].type == "BENCH" for i, _ in items):
            return items
        if before in _ON:
            leans = first > 1 and toks[first - 2].low in _LEANS
            return items if not leans and _closes(after) else []
        stated = after is not None and (after.low in _STATES or after.type in _NUMBERS)  # a metric: "split (EM = 0.4)"
        if (introduced == 2 and not stated) or (introduced == 1 and joined and not acts):
            return items
        if before == "from" and first > 1 and toks[first - 2].low.split()[-1] in _TAKEN and _closes(after):
            return [item for item in items if shaped(toks[item[0]].text)]
        if before == "in" and after is not None and after.type == "NP" and _closes(after):
            return [item for item in items if coined(toks[item[0]].text)]  # "in QuipRoad segmentation"
        if before == "of" and first > 1 and toks[first - 2].type == "GROUP" and toks[first - 2].head in _PARTS:
            return items
        return []

    def _introduced(self, toks: Sequence[Token], first: int) -> int:
        """How surely a noun for data sets introduces a name: 2 in "datasets (Foo", 1 in "datasets, Foo", else 0."""
        k, said, comma = first - 1, False, False
        while k >= 0 and first - k <= 4 and toks[k].type not in ("GROUP", "NP"):
            low = toks[k].low
            if low in _EXAMPLES or low in _COLON:
                said = True
            elif low == ",":
                comma = True
            else:
                return 0
            k -= 1
        if k < 0 or first - k > 4:
            return 0
        head = toks[k].low.split()[-1]
        if toks[k].type == "GROUP" or head.removesuffix("s") in self._lexicon.bench_heads or head in _SCENES:
            return 2 if said or not comma else 1
        return 0

    def _acts(self, t: Token | None) -> bool:
        """Whether a token is a verb, whose subject stands before it."""
        return t is not None and t.type == "WORD" and (t.head == "verb" or t.low in self._verbs)


def _bench(parts: Sequence[Token]) -> Token:
    """One benchmark of a name and what follows it: "GLUE", "GLUE 2014", "GLUE Foo dataset"."""
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        if first.type != "BENCH":
            first.type, first.name, first.head = "BENCH", first.text, "on"
        return first
    named = parts[:-1] if last.type == "GROUP" and not last.text[0].isupper() else parts
    name = " ".join([first.name if first.type == "BENCH" and first.name else first.text, *(t.text for t in named[1:])])
    text = " ".join(t.text for t in parts)
    head = last.head or last.low
    return Token(first.start, last.end, text, text.lower(), "BENCH", name=name, head=head, det=first.det)


def _adjoins(toks: Sequence[Token], k: int) -> bool:
    return toks[k].start == toks[k - 1].end + 1


def _after_aside(toks: Sequence[Token], at: int) -> int:
    """The index after the bracket that opens at ``at``, or ``at``."""
    if at < len(toks) and toks[at].low == "(":
        for k in range(at + 1, min(len(toks), at + _ASIDE)):
            if toks[k].low == ")":
                return k + 1
    return at


def _following(toks: Sequence[Token], items: list[tuple[int, int]]) -> Token | None:
    """The token after a list of names and the aside that may follow it."""
    at = _after_aside(toks, items[-1][1])
    return toks[at] if at < len(toks) else None


def _closes(after: Token | None) -> bool:
    """Whether a name ends before ``after`` as a place does, and modifies nothing but what is done on a data set."""
    if after is None or after.type in _NUMBERS or after.type == "WORD":
        return after is None or after.low not in ("-", "’s", "'s")
    return after.type == "NP" and after.low.split()[-1] in _DONE


def _opens(toks: Sequence[Token], at: int) -> bool:
    """Whether the preposition at ``at`` opens a clause."""
    return at == 0 or toks[at - 1].low in _CLAUSE
