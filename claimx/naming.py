"""Names to stable ids, through the lexicons' aliases: what counts as the same metric, benchmark or method.

A name is looked up as it stands, then without trimmings: a unit, the abbreviation in brackets, "score" or "dataset".
Unlike things are never made one; ``grammars/lexicon/naming-*.toml`` say where a name that stands alone is more, or
less, than the same words in a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from .lexicon import Entry, default
from .registry import Registry, registry, slug
from .spellings import bare, bracketed, clean, expanded, is_short_for, key

__all__ = ["Name", "benchmark", "method_key", "metric", "nearest"]


@dataclass(frozen=True, slots=True)
class Name:
    """What a name stands for.

    ``id`` is a stable slug of the canonical name ("cifar-10", "pass@k"), for an unknown name "~" and its folded key;
    ``parameter`` the number in place of the k of pass@k, so that a board's key is (``id``, ``parameter``);
    ``parent`` the id of what this is a part or variant of, "" if none; ``better`` "higher", "lower" or "none";
    ``unit`` the metric's usual unit as the units registry names it, "" for plain scores; ``share`` whether its values
    are shares, on 0 to 1 or in per cent.
    """

    id: str
    name: str
    known: bool
    parameter: str = ""
    parent: str = ""
    better: str = "none"
    task: str = ""
    unit: str = ""
    share: bool = False


def metric(name: str, text: str = "") -> Name:
    """The metric that ``name`` stands for; an unknown one as written.

    With ``text``, the words of the source, a narrower metric where they name one: chrF that is written chrF++.
    """
    found = _metric(name)
    return _narrower(found, _metric(text), text, registry("METRIC")) if text and text != name else found


def benchmark(name: str, text: str = "") -> Name:
    """The benchmark that ``name`` stands for; an unknown one as written.

    With ``text``, the words of the source, a part of it where they name one: COCO that is written COCO test-dev.
    """
    found = _benchmark(name)
    return _narrower(found, _benchmark(text), text, registry("BENCH")) if text and text != name else found


@lru_cache(maxsize=1 << 17)
def method_key(name: str) -> str:
    """The key by which two names are the same method: without case, hyphens, spaces and the like."""
    return key(name)


def _narrower(found: Name, stated: Name, text: str, known: Registry) -> Name:
    """``stated`` where it is a part of ``found``, has its number, or is what the unknown ``found`` is short for."""
    if not stated.known:
        return found
    if not found.known:
        return stated if is_short_for(found.name, text) else found
    wider = known.wider.get(stated.name)
    part = stated.parent == found.id or (wider is not None and slug(wider) == found.id)
    numbered = stated.id == found.id and not found.parameter
    return stated if part or numbered else found


def _unknown(name: str) -> Name:
    return Name("~" + (key(name) or name.strip().casefold()), name, known=False)


def nearest(name: str, count: int = 3, kind: str | None = None) -> list[str]:
    """The canonical names that are spelled most like ``name``, the nearest first, of metrics and benchmarks.

    ``kind`` is "metric" or "benchmark" where only these are wanted.
    """
    sorts = {"metric": "METRIC", "benchmark": "BENCH"}
    near = {form for sort in ([sorts[kind]] if kind else sorts.values()) for form in registry(sort).near(name, count)}
    return [form for _, form in sorted(near, key=lambda found: (-found[0], found[1]))][:count]


# --- metrics

_AT = re.compile(r"\s*(?:@|\bat\b)\s*(?:(?:rank|top|k|n|IoU)\b\s*[-=]?\s*)?(?=[\d.])", re.I)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
# Words that say no more than that the metric was measured.
_LEADING = re.compile(r"^(?:the|our|overall|average|mean|averaged|reported)\s+", re.I)
_TRAILING = re.compile(
    r"[\s_-]+(?:scores?|values?|metrics?|measures?|results?|points?)$|(?<=correlation)\s+coefficients?$", re.I
)
_IOU_METRICS = {"mAP@k", "AP@k"}


@lru_cache(maxsize=1 << 17)
def _metric(name: str) -> Name:
    known = registry("METRIC")
    for form in _metric_forms(clean(name)):
        found = _stated(form, known)
        if found is not None:
            return found
    unknown = _unknown(name)
    better, unit, share = _head(name, known)
    return replace(unknown, better=better, unit=unit, share=share)


def _stated(form: str, known: Registry) -> Name | None:
    entry = known.find(form)
    if entry is not None and not entry.parameter:
        return _of_metric(entry, "", known)
    folded = key(form)
    for number in _NUMBER.finditer(folded):
        general = known.at(folded[: number.start()] + "k" + folded[number.end() :])
        if general is not None and general.parameter:
            percent = "%" if f"@{number[0]}%" in form else ""  # recall@5% is no recall@5
            return replace(found := _of_metric(general, number[0], known), parameter=found.parameter + percent,
                           name=found.name + percent)  # fmt: skip
    return _of_metric(entry, "", known) if entry is not None else None


def _of_metric(entry: Entry, number: str, known: Registry) -> Name:
    """The name of an entry; of mAP@0.5, which the lexicon lists beside mAP@k, that of the latter with its number."""
    base, at, fixed = entry.name.partition("@")
    if at and _NUMBER.fullmatch(fixed):
        general = known.at(key(f"{base}@k"))
        if general is not None and general.parameter:
            entry, number = general, fixed
    if number:
        number = f"{float(number):.10g}"
        if entry.name in _IOU_METRICS and number.isdigit() and 25 <= int(number) < 100 and int(number) % 5 == 0:
            number = f"{int(number) / 100:.10g}"  # AP50 is AP at an IoU of 0.5
    shown = re.sub(rf"(?<=[@^\-\s_=]){entry.parameter}\b", number, entry.name) if number else entry.name
    if number and shown == entry.name:
        shown = f"{entry.name}@{number}"
    wider = known.find(entry.parent or entry.head)
    parent = slug(wider.name) if wider is not None and wider != entry else ""
    return Name(slug(entry.name), shown, True, number, parent, entry.better, "", entry.unit, known.is_share(entry))


def _metric_forms(text: str) -> Iterator[str]:
    """``text`` and what it may be once trimmings are off, the fullest first."""
    for form in _without_trimmings(text):
        joined = _AT.sub("@", form)
        yield joined
        long = expanded(joined)
        if long != joined:
            yield long
        for trimmed in (_TRAILING.sub("", long), _LEADING.sub("", long), _LEADING.sub("", _TRAILING.sub("", long))):
            if trimmed != long:
                yield trimmed


def _without_trimmings(text: str) -> Iterator[str]:
    yield text
    short = bare(text)
    if short != text:
        yield short
    parts = bracketed(short)
    if parts is None:
        return
    before, inside = parts
    first, second = registry("METRIC").find(before), registry("METRIC").find(inside)
    if is_short_for(inside, before) or (first is not None and first == second):
        yield before
        yield inside
    else:
        yield f"{inside} {before}"  # F1 (macro); what fits nowhere stays unknown


def _head(name: str, known: Registry) -> tuple[str, str, bool]:
    """Direction, unit and share of an unknown metric: those of the known one that its last words name."""
    text = bare(clean(name))
    parts = bracketed(text)
    words = (parts[0] if parts else text).split()
    for start in range(len(words)):
        entry = known.find(" ".join(words[start:]))
        if entry is not None and not entry.generic:
            return entry.better, entry.unit, known.is_share(entry)
    last = words[-1].lower() if words else ""
    rate = last in ("rate", "percentage", "proportion", "fraction")
    return default().heads.get(last, "none"), "percent" if rate else "", rate


# --- benchmarks

_THE = re.compile(r"^(?:the|a|our)\s+", re.I)
_NOUN = re.compile(
    r"[\s_-]+(?:data\s?-?sets?|benchmarks?|corpus|corpora|suites?|leaderboards?|databases?|tasks?|collections?"
    r"|challenges?|environments?|treebank|archive|(?:citation\s+)?(?:networks?|graphs?))$",
    re.I,
)  # fmt: skip
_SPLIT = re.compile(
    r"[\s_(\[/,:;-]+(?P<split>test[\s_-]?dev(?:elopment)?|test[\s_-]?(?:std|standard)|test[\s_-]?(?:clean|other|challenge|mini|core|reserve|full)"
    r"|dev[\s_-]?(?:clean|other)|mini[\s_-]?val|val[\s_-]?(?:unseen|seen)|test[\s_-]?(?:unseen|seen)|(?:val|test|train)[\s_-]?20\d\d"
    r"|test(?:ing)?|val(?:id(?:ation)?)?|dev(?:elopment)?|train(?:ing)?|\d+[\s_-]shot|zero[\s_-]shot|few[\s_-]shot)"
    r"(?:[\s_-]?(?:sets?|splits?|subsets?|partition|data|fold))?\s*[)\]]?$",
    re.I,
)  # fmt: skip
_SPLITS = {"testing": "test", "valid": "val", "validation": "val", "development": "dev", "training": "train",
           "testdevelopment": "testdev", "teststandard": "teststd"}  # fmt: skip
_SPLIT_NAMES = re.compile(
    r"(test|dev|val|train|mini)(?=dev|std|clean|other|challenge|mini|core|reserve|full|unseen|seen)"
)
_LANGUAGES = {
    "en": "English", "de": "German", "fr": "French", "ro": "Romanian", "zh": "Chinese", "ru": "Russian", "cs": "Czech",
    "fi": "Finnish", "tr": "Turkish", "vi": "Vietnamese", "ja": "Japanese", "ko": "Korean", "es": "Spanish",
    "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "ar": "Arabic", "hi": "Hindi", "et": "Estonian", "pl": "Polish",
    "lv": "Latvian", "lt": "Lithuanian", "kk": "Kazakh", "gu": "Gujarati", "uk": "Ukrainian", "he": "Hebrew",
}  # fmt: skip
_LANGUAGE = "|".join([*_LANGUAGES, *_LANGUAGES.values()])
_PAIR = re.compile(rf"[\s_(\[/,:.-]+({_LANGUAGE})\s*(?:-|to|2|→|->|=>|/|\s)+\s*({_LANGUAGE})\s*[)\]]?$", re.I)
# Words, numbers and letters that make a part or a variant out of the name before them.
_VARIANT = re.compile(
    r"[\s_(\[/,:-]+(?:(?i:hard|easy|medium|lite|mini|small|large|full|base|pro|plus|verified|multilingual|multimodal|extended"
    r"|clean|other|subset|diamond|main|extra|tiny|long|short|noisy|core|live)|[vV]\d+(?:\.\d+)*|\d+(?:\.\d+)?[kKmM%]?"
    r"|[a-z]{2}|[A-Z])\s*[)\]]?$|\++$",
)  # fmt: skip


@lru_cache(maxsize=1 << 17)
def _benchmark(name: str) -> Name:
    known = registry("BENCH")
    text = clean(name)
    for form in _benchmark_forms(text):
        entry = known.find(form)
        if entry is not None:
            return _of_benchmark(entry, known)
    for form in _benchmark_forms(text):
        part = _SPLIT.search(form) or _PAIR.search(form)
        whole = _benchmark(form[: part.start()]) if part else None
        if part is not None and whole is not None and whole.known:
            return _part_of(whole, _split(part["split"]) if part.re is _SPLIT else _pair(part))
    parent = _whole_of(text, known)
    return replace(_unknown(name), parent=parent.id, task=parent.task) if parent else _unknown(name)


def _part_of(whole: Name, part: str) -> Name:
    entry = registry("BENCH").find(f"{whole.name} {part}")
    if entry is not None:
        return _of_benchmark(entry, registry("BENCH"))
    return Name(f"{whole.id}-{slug(part)}", f"{whole.name} {part}", True, parent=whole.id, task=whole.task)


def _pair(written: re.Match[str]) -> str:
    return "-".join(_LANGUAGES.get(language.lower(), language.title()) for language in written.groups())


def _split(written: str) -> str:
    short = re.sub(r"[\s_-]", "", written.lower())
    return _SPLIT_NAMES.sub(r"\1-", _SPLITS.get(short, short)).replace("mini-val", "minival").replace("shot", "-shot")


def _of_benchmark(entry: Entry, known: Registry) -> Name:
    part = _SPLIT.search(entry.name)
    whole = known.find(entry.parent or (entry.name[: part.start()] if part else ""))
    parent = slug(whole.name) if whole is not None and whole != entry else ""
    return Name(slug(entry.name), entry.name, True, parent=parent, task=entry.task)


def _whole_of(text: str, known: Registry) -> Name | None:
    """The known benchmark that an unknown name is a variant of, by the word at its end."""
    part = _VARIANT.search(text)
    whole = _benchmark(text[: part.start()]) if part and part.start() else None
    return whole if whole is not None and whole.known else None


def _benchmark_forms(text: str) -> Iterator[str]:
    """``text`` and what it may be once trimmings are off, the fullest first."""
    yield text
    short = _THE.sub("", text)
    while True:
        if short != text:
            yield short
        trimmed = _NOUN.sub("", short)
        if trimmed == short:
            break
        short = trimmed
    parts = bracketed(short)
    if parts is not None:
        before, inside = parts
        first, second = registry("BENCH").find(before), registry("BENCH").find(inside)
        if is_short_for(inside, before) or (first is not None and first == second):
            yield before
            yield inside
