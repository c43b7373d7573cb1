"""The regular expressions that find names: their shape, and the phrases that introduce them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import regex


def any_of(words: Iterable[str]) -> str:
    """An expression for any of some words, which looks at the letters that they begin with alike only once."""
    tails: dict[str, list[str]] = {}
    for word in words:
        tails.setdefault(word[:1], []).append(word[1:])
    ends = tails.pop("", None) is not None
    some = "|".join(first + any_of(rest) for first, rest in sorted(tails.items()))
    return f"(?:{some}){'?' if ends else ''}" if some else ""


# "ResNet", "4D-Foo", "eFoo", "pre-Foo": a capital or digit inside. Names are far shorter than the bounds, which keep a
# run of thousands of characters from being searched over and over.
WORD = (
    r"(?:[\p{Lu}0-9τλμαβπ][\w@^*+.'\-‐–/]{0,80}[\w+*]|\p{Lu}|[a-z]{1,3}[\p{Lu}][\w\-+.]{0,80}\w[+*]{0,9}"
    r"|[a-z]{1,80}-(?=\p{Lu}|[0-9])[\w\-]{1,80})"
)
# "Foo of Bar 2": such words in a row
NAME = rf"{WORD}(?:[ ](?:{WORD}|of(?=\ \p{{Lu}})|&(?=\ \p{{Lu}})|[0-9][0-9.]*))*"
QUALIFIER = r"(?:(?:[\w\-]+(?:,| and)?\s){0,7}?)"
_HEADS = (
    "method methods approach approaches framework frameworks model models system systems algorithm algorithms "
    "architecture architectures network networks pipeline pipelines agent agents technique techniques strategy "
    "strategies module modules tool tools toolkit library libraries mechanism paradigm scheme procedure methodology "
    "solution solver detector classifier regularizer optimizer loss attack defense benchmark benchmarks dataset "
    "datasets corpus suite environment testbed challenge simulator protocol variant family series"
).split()
HEADS = frozenset(_HEADS)
HEAD = any_of(_HEADS)
# Verbs of introducing, and those after which a name may stand for a phrase before it.
PROPOSING = (
    "propose proposes proposed proposing introduce introduces introduced introducing present presents presented "
    "presenting develop develops developed developing devise devises devised design designs designed designing offer "
    "offers offered release releases released unveil unveils unveiled build builds building built create creates "
    "created creating construct constructs constructed constructing yields yielding curate curates curated contribute "
    "contributes contributed describe describes described formulate formulates formulated establish establishes "
    "established suggest suggests suggested advocate advocates advocated"
).split()
TRAINING = "train trains trained obtain obtains obtained".split()
PROPOSE = any_of(PROPOSING)
CALLED = (
    r"(?:(?<![\w\-])(?:we\s)?(?:call(?:ed)?|named?|dub(?:bed)?|term(?:ed)?|coin(?:ed)?|denoted?(?: as)?"
    r"|refer(?:red)? to as|abbreviated as|namely|titled|entitled)(?:\s(?:it|this|them|as|the|our))?)"
)
CALLING = (  # its first words
    "call called name named dub dubbed term termed coin coined denote denoted refer referred abbreviated namely titled "
    "entitled"
).split()
LEADS = "we here paper work study article authors report".split()  # who proposes
# What methods do.
ACTING = [
    verb + ending
    for verb in (
        "outperform achieve improve reduce surpass surpasse attain exceed boost enable deliver yield reach reache "
        "obtain provide save speed cut accelerate enhance demonstrate show"
    ).split()
    for ending in ("", "s", "d")
]

# -- what kind of thing a phrase names -----------------------------------------------------------------------------

# "a benchmark of …", "our data set"
BENCH_HEAD = re.compile(
    r"\b(?:benchmarks?|datasets?|data sets?|corpus|corpora|test ?suite|testbed|challenge|leaderboard"
    r"|evaluation suite)\b(?!-|\s(?:distillation|condensation|pruning|compression|generation|synthesis|construction"
    r"|creation|selection|search|augmentation|expansion|inference|contamination|ownership|analysis))",
    re.I,
)
# "a framework for …", "our model"
METHOD_HEAD = re.compile(
    r"\b(?:methods?|approach|frameworks?|models?|systems?|algorithms?|networks?|pipeline|agents?|technique|strategy"
    r"|architecture|paradigm|optimizer|attack|module|mechanism)\b",
    re.I,
)
# "a metric of …": what is measured by
METRIC_HEAD = re.compile(r"\b(?:metrics?|measures?|scores?|ind(?:ex|ices)|indicators?)\b(?!-)", re.I)
# "a phenomenon", "a probing task": what is found or posed, and does nothing itself
TOPIC_HEAD = re.compile(
    r"\b(?:tasks?|problems?|phenomen(?:on|a)|effects?|situations?|settings?|issues?|hypothes[ei]s|scenarios?|paradox"
    r"|failure modes?)\b(?!-)",
    re.I,
)
# Any of them, by its kind.
KIND_HEAD = re.compile(
    "|".join(
        f"(?P<{kind}>{pattern.pattern})"
        for kind, pattern in (
            ("BENCH", BENCH_HEAD),
            ("METHOD", METHOD_HEAD),
            ("METRIC", METRIC_HEAD),
            ("TOPIC", TOPIC_HEAD),
        )
    ),
    re.I,
)
# "FooBench", "Foo Challenge", "FooEval-2"
BENCH_NAME = re.compile(
    r"(?:Bench|bench|Eval|Arena|Gym|MMLU|\sBenchmark|\sDataset|\sCorpus|\sChallenge)(?:-?[0-9.]+)?(?:\+\+?)?$"
)
# "Foo-based", "Bar-level": modifies, names nothing
MODIFIER = re.compile(
    r"-(?:(?i:based|aware|driven|free|level|wise|specific|style|like|only|compatible|equivariant|invariant|agnostic"
    r"|oriented|efficient)|[a-z]+ed)$"
)
# "LVLMs": a class of models, nobody's own
PLURAL = regex.compile(r"^[\p{Lu}\-]+s$")
# "continual learning": the end of a common noun
TERM = regex.compile(
    r"(?:learning|training|tuning|generation|recognition|detection|models?|agents?|segmentation|sampling|processing"
    r"|answering|understanding|prediction|classification|optimization|reasoning|estimation|networks?|systems?"
    r"|images?|data|attention|decoding|vehicles?|reality|intelligence|RL)$",
    regex.I,
)
# "an RFID sensor", "an SE(3)-equivariant layer": the noun after a name that only modifies it
MODIFIED = regex.compile(
    r"\(\w{1,3}\)-|\s(?!(?:which|that|to|for|in|on|with|by|as|via|from|using|based|and|or|of|an?|the|is|are|was|were|can"
    r"|could|may|will|has|have|at|into|over|under|between|across|through|where|when|while|such|both|called|named|termed"
    r"|dubbed|our|its|built|not|also|only|even|alone|directly|without|within|plus|versus|vs|does|do|then|first|than)\b)"
    r"(?P<noun>[a-z][\w\-]*+)"
)
# "achieves", "trained": no noun
VERBAL = regex.compile(r"(?:[^su]s|ed|ly)$")
FIRST = regex.compile(r"[^\W_]++")  # "Foo" of "Foo-2"
# "… dataset for images": where the head noun's phrase ends
CUT = re.compile(r"[.;]|\s(?:for|that|which|to|of|with|on|in|built|based|using|from)\s")
# "we introduce a benchmark": the verb after which the thing is called
INTRODUCING = regex.compile(
    r"\b(?:we|propose[sd]?|introduce[sd]?|present(?:s|ed)?|develop(?:s|ed)?|release[sd]?|build|built"
    r"|construct(?:s|ed)?|create[sd]?)\b"
)
# "we propose …", "called …": what makes a name the document's own
OWN = regex.compile(rf"\b(?:{PROPOSE}|{CALLED})\b")
# "propose a method of …": too far from the verb to be introduced by it
AWAY = regex.compile(
    r"[.;:()]|\b(?:over|than|against|between|of|for|based|using|with|to|in|on|that|which|by|via|from|into)\b"
)
# "Specifically, we …", "Further, we …": a part of the whole that was introduced before
COMPONENT = regex.compile(
    r"(?:^|[.;]\s)(?:Specifically|Further(?:more)?|Moreover|Additionally|In addition|Besides|Also|Second(?:ly)?"
    r"|Third(?:ly)?|Finally|Then|Next)\b[^.;]{0,70}$"
    r"|\b(?:[Oo]ur|[Tt]he|[Tt]his|[Ii]ts?)\s(?:[\w\-]+\s){0,2}?(?:method|approach|framework|model|system|network|pipeline"
    r"|architecture|algorithm)\s(?:\w+ly\s|also\s|further\s)?\w{0,8}$"
)

# -- phrases that introduce a name ---------------------------------------------------------------------------------

# "we propose Foo, a method"
PROPOSE_NAME = regex.compile(
    r"\b(?i:we|here|paper|work|study|article|authors|report|to this end,?)\b(?:\s[\w,]+){0,3}?"
    rf"\s{PROPOSE},?\s(?:(?!(?:in|on|for|at|by|from|with|using|to|of|as|under)\s)[a-z]+\s)??(?:(?:a|an|the|our)\s)?(?:(?:novel|new|simple|first|large|open)\s)?(?P<name>{NAME})"
    r"(?P<after>\s*(?:\(|,|:|--|–|—|\.|\bwhich\b|\bthat\b|\bto\b|\ba\b|\bfor\b|[\w\-]+){0,3})"
)
ARTICLE = regex.compile(r"\b(?:an?|the|our|two)\s(?:(?:novel|new|simple|first|large|open)\s)?$")
CLOSED = regex.compile(r"[,.:]|\s\(")
# ", a data set" after that: what the name is said to be
SAID = regex.compile(r"\s*(?:\([^)]{2,80}\)\s*)?(?:,|–|—|:|[\w\-]+\s(?:dataset|benchmark))")
# "a method called Foo"
CALLED_NAME = regex.compile(rf"\b{CALLED}\s[\"“'`‘]*(?P<name>{NAME})")
# "we propose a new method, Foo, that"
SUCH_HEAD = regex.compile(
    rf"\b{PROPOSE}\s(?:a|an|the|our|two|three)?\s?{QUALIFIER}{HEAD}\s?,?\s?(?:--|–|—|:|,)?\s?[\"“]?(?P<name>{NAME})"
    r"(?=\s?[(,.:;]|\s(?:for|to|that|which|with|based|on|in|,))"
)
# ", a method for …", after "Foo" or "Foo (Full Object Optimiser)"
APPOSITION = re.compile(r",\s(?:a|an|the first|the)\s(?P<kind>[^.,;:()]{3,90})")
NAME_BEFORE = regex.compile(rf"(?:^|[^\w@^*+.'\-‐–/])(?P<name>{WORD})$")
# "In Foo, a method …": what stands after such a word is no apposition
LEAD = regex.compile(r"(?:^|[.;:]\s)(?:In|For|With|On|At|Under|Using|By|From|Within|Unlike|Like|As|Via|Given)\s\S+$")
# "Full Object Optimiser (FOO)"
ACRONYM = regex.compile(
    r"\(\s?(?:i\.e\.,?\s|termed\s|called\s|dubbed\s|named\s|denoted\s|or\s)?[\"“'`]*"
    r"(?P<short>[\w\p{Lu}][\w\-+^*@.$τ’']{0,24}[\w+*])[\"”'’]*\s?[);,]"
)
# "we use a method called Foo": the name of something that others made
BORROWED = regex.compile(
    r"\b(?:appl(?:y|ies|ied)|adopt(?:s|ed)?|us(?:e|es|ed|ing)|employ(?:s|ed)?|compar(?:e|es|ed|ing)|existing|recent"
    r"|popular|well-known|known|state-of-the-art|prior|previous|baseline)\b[^.;]*$"
)
AFTER_ASIDE = re.compile(r"\),\s(?:an?|our|the)\s")
# "(Full Object Optimiser), an optimiser", after "FOO"
EXPANDED = regex.compile(r"\s\((?P<long>\p{L}[^().;:]{7,90})\),\s(?:an?|our|the)\s")
# "a new paradigm, “Align then Learn”"
QUOTED = regex.compile(
    rf"\b{PROPOSE}\s(?:an?|the|our)?\s?{QUALIFIER}?[\"“](?P<name>[\w\-+]+(?:\s[\w\-+]+){{0,4}})[,.]?[\"”]"
)
# "Foo Optimiser (FO)": the short form right after a name
ABBREVIATED = regex.compile(r"[^().;,]{0,45}\(([\w\-+*^]{2,18})\)")
# "a reinforcement learning (RL) approach": an aside within the phrase
BRACKETED = regex.compile(r"\s\([A-Z][\w\-]{1,7}\)(?=\s[a-z])")
ASIDE = re.compile(r"\([A-Z][^\s()]*\)\s[a-z]")  # found faster, and in more
# "a novel parameter-free Adaptive Feature Norm approach"
CAPITAL_RUN = regex.compile(
    rf"\b{PROPOSE}\s(?:a|an|the|our)\s(?:[a-z][\w\-]*,?\s){{0,6}}?"
    rf"(?P<name>\p{{Lu}}[\w\-]+(?:\s\p{{Lu}}[\w\-]+)+)(?=\s{HEAD}|,|\s\()"
)
# "a soft hand, the Foo Soft Hand, which"
RESTATED = regex.compile(
    rf"\b{any_of(PROPOSING + TRAINING)}\s(?:a|an|the|our)"
    rf"\s(?:(?!(?:using|based|from|of|with|by|on)\s)[\w\-]+,?\s){{1,9}}?[\w\-]+,\s(?:the\s|named\s|called\s)?(?P<name>{WORD}(?:\s{WORD})*)(?=,|\.|\swhich|\sthat)"
)
# "Our tuner, Foo, speeds up": an apposition before the verb
APPOSED = regex.compile(
    rf"\b(?:(?P<ours>[Oo]ur|[Tt]he (?:resulting|proposed|final))|[Aa]n?)\s(?:[\w\-]+\s){{0,5}}?[\w\-]+,"
    rf"\s(?P<name>{WORD}),\s(?=[a-z]+(?:s|ed)\b)"
)
# "DriftNet": a coined word, as methods have and models of the field, with their versions, seldom do
COINED = regex.compile(r"\p{Lu}[\p{Ll}]+(?:\p{Lu}[\p{L}]*)+")
# "our proposed Foo"
PROPOSED = regex.compile(
    rf"\b(?i:the proposed|our(?: proposed| new| novel)?)\s(?:(?:[a-z\-]+\s){{0,3}}?{HEAD},?\s)?(?P<name>{WORD})"
    r"(?=\s|,|\.|'s)"
)
# "Foo predicts …": a name that begins a clause
BEGINS = regex.compile(
    rf"(?:^|(?<=[.;:,]\s)|(?<=\bthat\s))(?P<name>{COINED.pattern})\s(?:(?:also|further|then|even)\s)?[a-z]{{2,}}s\s"
)
# "Foo" of "(Foo", right before "outperforms …"
ACTOR = regex.compile(rf"(?<![\w@^*+.'\-‐–/])(?P<name>{WORD})$")
ADVERB = regex.compile(r"\w+ly")
