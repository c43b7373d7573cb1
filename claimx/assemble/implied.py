"""Metrics that no name tells: of a word of change ("faster"), a unit ("at 41 FPS"), a verb ("solves 62% of them")."""

from __future__ import annotations

import re

from ..words import verb_forms
from .scene import Scene

OWN_METRIC = {
    "faster": "speed",
    "slower": "speed",
    "speedup": "speed",
    "speedups": "speed",
    "quicker": "speed",
    "cheaper": "cost",
    "accurate": "accuracy",
    "efficient": "efficiency",
    "expensive": "cost",
    "robust": "robustness",
    "sample-efficient": "sample efficiency",
    "data-efficient": "data efficiency",
    "memory-efficient": "memory efficiency",
    "parameter-efficient": "parameter efficiency",
    "energy-efficient": "energy efficiency",
    "compute-efficient": "compute efficiency",
    "token-efficient": "token efficiency",
    "cost-efficient": "cost efficiency",
    "cost-effective": "cost effectiveness",
    "reliable": "reliability",
    "stable": "stability",
    "consistent": "consistency",
    "effective": "effectiveness",
    "diverse": "diversity",
    "complete": "completeness",
    "aligned": "alignment",
    "precise": "precision",
    "compact": "size",
    "smaller": "size",
    "shorter": "length",
    "speed-up": "speed",
    "acceleration": "speed",
    "accelerations": "speed",
    "speed-ups": "speed",
    "slowdown": "speed",
    "slowdowns": "speed",
}
# The metric that a unit tells by itself, where the sentence names none ("requires 4 MB", "runs at 41 FPS").
UNIT_METRICS = {
    "millisecond": "time",
    "second": "time",
    "minute": "time",
    "hour": "time",
    "day": "time",
    "week": "time",
    "microsecond": "time",
    "nanosecond": "time",
    "byte": "memory",
    "kilobyte": "memory",
    "megabyte": "memory",
    "gigabyte": "memory",
    "terabyte": "memory",
    "gibibyte": "memory",
    "mebibyte": "memory",
    "watt": "power",
    "milliwatt": "power",
    "kilowatt": "power",
    "microwatt": "power",
    "joule": "energy",
    "millijoule": "energy",
    "kilojoule": "energy",
    "frame_per_second": "FPS",
    "fps": "FPS",
    "token_per_second": "throughput",
    "image_per_second": "throughput",
    "hertz": "frequency",
    "dollar": "cost",
}

# What a verb makes of the share of things that it is done to or that do it: "solves 62% of the tasks".
_OUTCOMES = {
    "solve": "solve rate",
    "resolve": "resolve rate",
    "pass": "pass rate",
    "fail": "failure rate",
    "succeed": "success rate",
    "detect": "detection rate",
    "identify": "identification rate",
    "recognize": "recognition rate",
    "recognise": "recognition rate",
    "misclassify": "misclassification rate",
    "recover": "recovery rate",
    "complete": "completion rate",
    "refuse": "refusal rate",
    "reject": "rejection rate",
    "accept": "acceptance rate",
    "comply": "compliance rate",
    "hallucinate": "hallucination rate",
    "transfer": "transfer rate",
    "compile": "compilation rate",
    "survive": "survival rate",
    "repair": "repair rate",
    "fix": "fix rate",
    "block": "block rate",
    "cover": "coverage",
}
_BY_FORM = {form: metric for verb, metric in _OUTCOMES.items() for form in verb_forms(verb)}
_RIGHTLY = re.compile(r"\b(?:correctly|accurately)\W+(?:\w+\W+)?$")
_WRONGLY = re.compile(r"\b(?:incorrectly|wrongly|falsely|erroneously)\W+(?:\w+\W+)?$")
_FAILS = re.compile(r"\bfail(?:s|ed|ing)?\W+to\W+(?:\w+\W+)?$")
_AUXILIARIES = frozenset("is are was were be been being has have had do does".split())
_REACH = 12


def outcome(scene: Scene, at: int, text: str) -> str | None:
    """The metric of a share by its verb: the nearest to the left, or the predicate where the share is the subject."""
    tokens, clause = scene.tokens, scene.clause[at]
    left = range(at - 1, max(-1, at - _REACH), -1)
    right = range(at + 1, min(len(tokens), at + _REACH))
    for side in (left, right):
        for k in side:
            t = tokens[k]
            if scene.clause[k] != clause or t.low in (",", ":", "("):
                break
            if t.low in _BY_FORM or (scene.verbs[k] and t.low not in _AUXILIARIES):
                before = text[max(0, t.start - 24) : t.start].lower()
                if _FAILS.search(before):
                    return "failure rate"
                if _WRONGLY.search(before):
                    return "misclassification rate" if t.low.startswith("classif") else "error rate"
                return _BY_FORM.get(t.low) or ("accuracy" if _RIGHTLY.search(before) else None)
    return None
