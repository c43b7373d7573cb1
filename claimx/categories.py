"""The syntactic category of a tagged word: noun, verb, function word and their like, by its form and its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Token
from .words import Words

NOMINAL = frozenset({"N", "METRIC", "BENCH", "METHOD", "NAME", "HUMAN", "ACRONYM"})
NUMBERS = frozenset({"PCT", "PTS", "FAC", "UNIT", "NUM", "INT", "SIGNED"})
# Words that are nouns or verbs; which one, their neighbours tell.
_EITHER = frozenset(
    "score scores cost costs time times result results test tests benchmark benchmarks report reports rank ranks "
    "label labels track tracks scale scales map maps sample samples process processes work works state states study "
    "studies design designs play set sets rate rates measure measures record records run runs need needs use uses "
    "match pair pairs stack level name names place form forms process query queries return returns peak peaks average "
    "averages cover covers support filter filters model models train display end start stop answer answers range "
    "ranges span spans change changes shift shifts transfer transfers approach approaches trade attack attacks "
    "project projects estimate estimates flag cache load loads store power screen mark marks market segment segments "
    "translate feature features call calls update updates control position order frame frames judge judges surface "
    "limit limits object objects subject turn turns act plan plans release releases pass passes fail capture review "
    "claim claims lead sound sounds contract access attempt attempts question questions task tasks".split()
)
# Those of them, and others, that right before a number are verbs.
_VERBAL = frozenset(
    "record records range ranges leave leaves flip flips score scores peak peaks average averages hover hovers sit "
    "sits stand stands fail need needs use uses work works run runs return returns report reports set sets show shows "
    "lead match pass act play".split()
)
# Verb forms that abstracts use as nouns wherever the syntax allows both.
_NOUN_ING = frozenset(
    "learning training tuning fine-tuning finetuning prompting sampling processing reasoning decoding encoding scaling "
    "modeling modelling planning mapping tracking testing embedding filtering merging matching ranking labeling "
    "labelling screening timing rendering pre-training pretraining masking forecasting annotating scheduling".split()
)
_ADVERBS = frozenset(
    "only just even also very still already further quite too rather then thus thereby again often always together "
    "alone approximately roughly nearly almost".split()
)
_NO_ADVERBS = frozenset("anomaly family assembly supply early reply likely monthly daily weekly yearly hourly".split())
_VERB_LEADS = frozenset("by while when after before without of".split())  # "by tuning the model"
_CLAUSE_LEADS = frozenset("we it they to that which can could will may and who i not".split())
_AFTER_NOUN = frozenset(", . ) ( ; :".split())
_BEFORE_NOUN_ING = frozenset("of in and higher lower faster less more".split())
_BEFORE_NOUN = frozenset("a an the our its their this of at in by higher lower highest lowest".split())
_ARTICLES = frozenset("a an the our its their".split())
_BEFORE_BASE = frozenset("of than over with from on in against by for at via between under".split())
_SUBJECT = 8  # tokens before a verb in which its subject is looked for
_PLURALS = frozenset("data people children criteria media phenomena humans which who".split())
_BEFORE_VERB_ED = frozenset("was were is are been be we it has have which".split())  # "was trained"
_NUMBER_LEADS = frozenset("only just about around from at below above".split())
_NAMES = frozenset({"METHOD", "NAME", "ACRONYM"})
_QUALITIES = ("function", "quality", "faster", "slower", "better", "worse", "more", "less")
_CHANGES = (
    *("gain", "rise", "drop", "harm", "speedup", "gap", "lossnoun", "ci", "points", "absolute", "relative"),
    *("improve", "raise", "reduce", "worsen", "exceed", "lag"),
)


# "test set", "dev splits": nouns, though each of the words may be a verb
_PARTS_OF_DATA = frozenset("data test testing validation val dev development evaluation training held-out".split())
_SETS = frozenset("set sets split splits".split())


def _of_data(toks: Sequence[Token], i: int) -> bool:
    low = toks[i].low
    if low in _SETS:
        return i > 0 and toks[i - 1].low in _PARTS_OF_DATA
    return low in _PARTS_OF_DATA and i + 1 < len(toks) and toks[i + 1].low in _SETS


def _adverbial(low: str) -> bool:
    """Whether a word has an adverb's ending: "jointly", but no "supply", no "text-only"."""
    return low.endswith("ly") and len(low) > 4 and low not in _NO_ADVERBS and not low.endswith("-only")


_EITHER_WAY, _VERB_FORM = "noun or verb", "verb form"  # what the neighbours tell
_VOCABULARY = 1 << 15  # words kept


class Categories:
    """Tells categories by one set of word classes."""

    def __init__(self, words: Words) -> None:
        c = words.classes
        self._verbs = words.verbs
        self._determiners, self._function = c["determiner"], c["function"]
        self._modifies_baseline, self._modifies_ours = c["baseline-mod"], c["ours-mod"]
        self._plain_verbs, self._achieve = c["verb"], c["achieve"]
        self._comparing = c["more"] | c["less"]
        self._alone: dict[str, str] = {}  # what words are by themselves
        self._closed = frozenset().union(*(c[name] for name in _QUALITIES))
        self._classed = frozenset().union(*(c[name] for name in _CHANGES))

    def of(self, toks: Sequence[Token], i: int) -> str:
        """The category of a token.

        D(eterminer), F(unction word), C(lassed word), V(erb), (adve)R(b), N(oun or adjective), M(ark or bare number),
        or the token's type where it is no mere word.
        """
        t = toks[i]
        if t.type != "WORD":
            return t.type
        low = t.low
        alone = self._alone.get(low)
        if alone is None:
            if len(self._alone) > _VOCABULARY:
                self._alone.clear()
            alone = self._alone[low] = self._by_itself(low)
        if low in _PARTS_OF_DATA or low in _SETS:
            if alone != "D" and _of_data(toks, i):
                return "N"
        if alone == _EITHER_WAY:
            return "N" if self._noun_here(toks, i) else "V"
        if alone != _VERB_FORM:
            return alone
        before, after = toks[i - 1] if i else None, toks[i + 1] if i + 1 < len(toks) else None
        noun = (
            self._modifier(low, before, after)
            or self._noun_ing(low, before, after)
            or self._base_form(toks, i, before, after)
        )
        return "N" if noun or self._participle(toks, i, before, after) else "V"

    def _by_itself(self, low: str) -> str:
        """The category of a word as far as it tells by itself."""
        if not low[0].isalnum():
            return "M"
        if low in self._determiners:
            return "D"
        if low in _EITHER:
            return _EITHER_WAY
        if low in self._closed:
            return "F"
        if low in _ADVERBS or _adverbial(low):
            return "R"
        if low in self._classed:
            return "C"
        if low in self._verbs:
            modifies = low in self._modifies_baseline or low.endswith(("ed", "ing", "en", "wn"))
            return _VERB_FORM if modifies or not low.endswith("s") else "V"
        return "M" if low[0].isdigit() and not any(map(str.isalpha, low)) else "N"

    def noun_like(self, t: Token) -> bool:
        """Whether a raw token can be part of a noun phrase, going by the word alone."""
        return self._nominal(t) and not (t.type == "WORD" and _adverbial(t.low))

    def _nominal(self, t: Token) -> bool:
        """The same, adverbs included."""
        if t.type != "WORD":
            return t.type in NOMINAL
        low = t.low
        return (
            low[0].isalpha() and low not in self._function and low not in self._determiners and low not in self._verbs
        )

    def _modifier(self, low: str, before: Token | None, after: Token | None) -> bool:
        """Whether a verb form modifies: "existing methods", "previous fine-tuned models"."""
        if after is None:
            return False
        if low in self._modifies_baseline and self.noun_like(after):
            return True
        return (
            before is not None
            and low.endswith("ed")
            and (before.low in self._modifies_baseline or before.low in self._modifies_ours)
            and self.noun_like(after)
        )

    def _noun_ing(self, low: str, before: Token | None, after: Token | None) -> bool:
        """Whether an -ing form is a noun: "after pre-training", "instruction tuning provides"."""
        if before is None or not low.endswith("ing"):
            return False
        governs = after is not None and after.low in self._determiners  # "tuning the model"
        if low in _NOUN_ING and before.low not in _VERB_LEADS and not governs:
            return True
        if low not in self._plain_verbs or not self.noun_like(before):
            return False
        if after is None:
            return True
        return after.type == "WORD" and not governs and not self._opens_noun(after.low)

    def _base_form(self, toks: Sequence[Token], i: int, before: Token | None, after: Token | None) -> bool:
        """Whether a verb's base form is a noun: "the base model", "a 91% drive score", "at merge cost"."""
        low = toks[i].low
        if before is None or low.endswith(("s", "ed", "ing")):
            return False
        if before.low in _ARTICLES:
            return True
        if after is not None and after.low in self._determiners:
            return False
        if after is not None and self._nominal(after) and (before.type in NUMBERS or self._gerund(before)):
            return True  # "the 235B base model", "improving base models"
        if after is not None and after.type == "METRIC" and before.low in _BEFORE_NOUN:
            return True
        if before.low in _BEFORE_BASE:
            return True
        # After a singular it can be the verb of a plural before: "experiments on the data set show".
        near = (t for t in toks[max(0, i - _SUBJECT) : i] if self.noun_like(t))
        plural = any(t.low.endswith("s") or t.low in _PLURALS for t in near)
        return before.type == "WORD" and self.noun_like(before) and not plural and low not in self._achieve

    def _gerund(self, t: Token) -> bool:
        return t.low.endswith("ing") and t.low in self._verbs

    def _opens_noun(self, low: str) -> bool:
        return low not in self._function and low not in self._verbs and low[0].isalpha()

    def _participle(self, toks: Sequence[Token], i: int, before: Token | None, after: Token | None) -> bool:
        """Whether a participle stands before its noun: "the learned features", "higher scoring models"."""
        low = toks[i].low
        if before is None or after is None or not low.endswith(("ing", "ed", "en", "wn")) or not self._nominal(after):
            return False
        if low.endswith("ing"):
            return low not in self._achieve and (
                before.low in self._determiners
                or before.low in _BEFORE_NOUN_ING
                or before.type in ("PCT", "FAC", "UNIT")
                or (before.type == "WORD" and before.low in self._verbs)
            )
        if before.low in _BEFORE_VERB_ED:
            return False
        if before.low == "that" and not (i > 1 and toks[i - 2].low in self._verbs):
            return False
        return (
            before.low in self._determiners
            or before.low in self._function
            or before.low in self._comparing
            or before.type in ("PCT", "FAC", "INT")
            or before.low in (",", "(")
        )

    def _noun_here(self, toks: Sequence[Token], i: int) -> bool:
        """Whether a word that may be noun or verb is a noun at this place."""
        low = toks[i].low
        before, after = toks[i - 1] if i else None, toks[i + 1] if i + 1 < len(toks) else None
        if before is None:
            return after is not None and not (after.type == "WORD" and after.low in self._determiners)
        if before.type in ("METRIC", "PCT", "NUM", "UNIT", "FAC", "INT", "PTS"):
            return True
        if before.low == ")":
            return False
        if before.low in self._modifies_baseline:
            return True  # "over prior work on trees"
        if after is not None and low in _VERBAL and self.noun_like(before):
            if after.type in NUMBERS or after.low in _NUMBER_LEADS:
                return False
            if before.type == "WORD" and not self.noun_like(after):
                return False
        if after is not None and after.type == "WORD" and self._predicate(after.low):
            if before.low not in ("we", "to", "which", "they"):
                return True
        if before.low in ("to", "that"):
            return False
        if before.low == "and":
            return after is not None and after.type == "WORD" and after.low in ("of", "from", "on", ",", ".", "by")
        if before.type in _NAMES:  # "FooNet model," but "FooNet models the data"
            return low not in _VERBAL and (after is None or self._ends_phrase(after))
        return before.low not in _CLAUSE_LEADS

    def _predicate(self, low: str) -> bool:
        """Whether a word after it makes what comes before a subject."""
        return low in self._verbs and low not in _EITHER and not low.endswith("ing")

    def _ends_phrase(self, t: Token) -> bool:
        if t.low in _AFTER_NOUN:
            return True
        return t.type == "WORD" and t.low in self._function and t.low not in self._determiners
