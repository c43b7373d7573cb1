"""What holds for every text: properties of the extraction as a whole."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from strategies import (
    BENCHMARKS,
    CLAIM_FREE,
    HIGHER,
    LOWER,
    Report,
    abstract,
    any_text,
    content,
    junk,
    method_names,
    numbers,
    reports,
)

import claimx
from claimx.lexicon import Entry, default, fold
from claimx.model import Claim, Document

checked = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60, derandomize=True)
SPANS = (("value", "value_start", "value_end"), ("delta", "delta_start", "delta_end"),
         ("baseline_value", "baseline_value_start", "baseline_value_end"))  # fmt: skip


def rows(text: str, *without: str) -> list[dict[str, object]]:
    return [content(claim, *without) for claim in claimx.extract(text)]


def one(text: str) -> Claim:
    claims = claimx.extract(text)
    assert len(claims) == 1, claims
    return claims[0]


@settings(checked, max_examples=250)
@given(any_text, st.none() | any_text)
def test_any_text_is_read_without_an_error(text: str, title: str | None) -> None:
    for claim in claimx.extract(text, title):
        assert claim.value is not None or claim.delta is not None
    for quantity in claimx.find_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)


@checked
@given(reports(), junk)
def test_the_same_text_gives_the_same_claims(report: Report, noise: str) -> None:
    text = abstract(report) + " " + noise
    assert claimx.extract(text) == claimx.extract(text)


@checked
@given(st.lists(reports(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_documents_do_not_touch_each_other(several: list[Report], shuffle: Random) -> None:
    documents = [Document(str(n), abstract(report)) for n, report in enumerate(several)]
    alone = {document.id: list(claimx.extract_document(document)) for document in documents}
    shuffle.shuffle(documents)
    together: dict[str, list[Claim]] = {document.id: [] for document in documents}
    for claim in claimx.extract_many(documents):
        together[claim.paper_id].append(claim)
    assert together == alone


@settings(checked, max_examples=120)
@given(reports().map(abstract) | junk, junk)
def test_every_number_stands_where_its_span_says(text: str, noise: str) -> None:
    text = f"{text} {noise}"
    for claim in claimx.extract(text):
        assert claim.sentence_start is not None
        assert claim.sentence_end is not None
        for name, start, end in SPANS:
            number, a, b = getattr(claim, name), getattr(claim, start), getattr(claim, end)
            assert (number is None) == (a is None) == (b is None)
            if number is None:
                continue
            assert claim.sentence_start <= a < b <= claim.sentence_end
            there = [q for q in claimx.find_quantities(text) if q.start < b and a < q.end]
            read = [abs(q.value) for q in there or claimx.find_quantities(text[a:b])]
            assert pytest.approx(abs(number), rel=1e-3) in read, (text[a:b], number)


@checked
@given(reports(), st.sampled_from(CLAIM_FREE), st.sampled_from(["before", "between", "after"]))
def test_a_sentence_without_claims_changes_nothing(report: Report, extra: str, place: str) -> None:
    intro = f"We propose {report.method}, a new method."
    text = {"before": f"{extra} {intro} {report.text}", "between": f"{intro} {extra} {report.text}",
            "after": f"{intro} {report.text} {extra}"}[place]  # fmt: skip
    assert rows(text) == rows(f"{intro} {report.text}")


@checked
@given(reports(), st.sampled_from(CLAIM_FREE))
def test_spans_move_by_what_stands_before(report: Report, extra: str) -> None:
    plain, moved = claimx.extract(abstract(report)), claimx.extract(f"{extra} {abstract(report)}")
    by = len(extra) + 1
    for before, after in zip(plain, moved, strict=True):
        for _, start, end in SPANS:
            a, b = getattr(before, start), getattr(before, end)
            assert (getattr(after, start), getattr(after, end)) == ((None, None) if a is None else (a + by, b + by))


@checked
@given(reports(), st.sampled_from(["  ", "\n", " \n ", "\t"]))
def test_spacing_changes_no_number_or_name(report: Report, gap: str) -> None:
    text = abstract(report)
    assert rows(text.replace(" ", gap), "sentence", "metric_text") == rows(text, "sentence", "metric_text")


@checked
@given(reports())
def test_an_escaped_percent_sign_is_a_percent_sign(report: Report) -> None:
    text = abstract(report)
    assert rows(text.replace("%", "\\%"), "sentence") == rows(text, "sentence")


@checked
@given(reports(), method_names)
def test_another_name_for_the_method_changes_only_the_name(report: Report, name: str) -> None:
    left = ("method", "method_text", "sentence")
    text = abstract(report)
    renamed = text.replace(report.method, name)
    assert rows(renamed, *left) == rows(text, *left)
    assert {claim.method for claim in claimx.extract(renamed)} == {name}


@checked
@given(method_names, st.lists(numbers, min_size=3, max_size=3, unique=True), st.permutations(range(3)),
       st.lists(st.sampled_from(BENCHMARKS), min_size=3, max_size=3, unique=True))  # fmt: skip
def test_respectively_pairs_whatever_the_order(
    name: str, scores: list[float], order: list[int], places: list[str]
) -> None:
    def pairs(at: list[int]) -> set[tuple[str | None, float | None]]:
        a, b, c = at
        text = (f"{name} achieves {scores[a]}%, {scores[b]}% and {scores[c]}% accuracy on {places[a]}, {places[b]} "
                f"and {places[c]}, respectively.")  # fmt: skip
        return {(claim.benchmark, claim.value) for claim in claimx.extract(text)}

    assert pairs([0, 1, 2]) == pairs(order) == set(zip(places, scores, strict=True))


@checked
@given(method_names, st.sampled_from(HIGHER + LOWER), numbers, numbers)
def test_from_to_and_its_swap_are_opposites(name: str, metric: str, low: float, high: float) -> None:
    assume(low != high)
    there = one(f"{name} changes {metric} from {low}% to {high}%.")
    back = one(f"{name} changes {metric} from {high}% to {low}%.")
    assert (there.baseline_value, there.value) == (low, high) == (back.value, back.baseline_value)
    if there.delta is not None or back.delta is not None:
        assert there.delta is not None
        assert there.delta == pytest.approx(-back.delta)  # type: ignore[operator]
    assert there.metric == back.metric
    assert there.improved is None or there.improved is not back.improved


@checked
@given(method_names, st.sampled_from(HIGHER + LOWER), numbers)
def test_raising_and_lowering_are_opposites(name: str, metric: str, amount: float) -> None:
    up, down = one(f"{name} increases {metric} by {amount}%."), one(f"{name} decreases {metric} by {amount}%.")
    assert (up.delta, down.delta) == (amount, -amount)
    assert up.metric == down.metric
    assert (up.improved, down.improved) == ((True, False) if metric in HIGHER else (False, True))


@checked
@given(method_names, st.sampled_from(HIGHER + LOWER), numbers)
def test_improving_moves_a_metric_its_own_better_way(name: str, metric: str, amount: float) -> None:
    claim = one(f"{name} improves {metric} by {amount} points.")
    assert claim.delta == (amount if metric in HIGHER else -amount)
    assert claim.improved is True


RANGES = ("{}-{}x", "{}–{}x", "{}x to {}x", "between {}x and {}x")


@checked
@given(st.tuples(numbers, numbers).map(sorted), st.sampled_from(RANGES))
def test_a_range_keeps_both_ends(ends: list[float], shape: str) -> None:
    low, high = ends
    assume(low < high)
    claim = one(f"BrinFlow achieves {shape.format(low, high)} higher throughput than vLLM.")
    assert (claim.delta, claim.delta_high, claim.delta_kind) == (low, high, "factor")


@checked
@given(reports(("{method} reaches a {metric} of {number} on {benchmark}.",)))
def test_a_number_ten_times_as_large_changes_only_the_number(report: Report) -> None:
    larger = report.text.replace(f" {report.number} ", f" {report.number * 10:.0f}.0 ")
    [claim], [scaled] = claimx.extract(report.text), claimx.extract(larger)
    assert claim.value == report.number
    assert scaled.value == pytest.approx(10 * report.number)
    left = ("value", "sentence")
    assert content(scaled, *left) == content(claim, *left)


HEDGES = (("about", "~"), ("over", ">"), ("up to", "<="), ("at least", ">="), ("nearly", "~"), ("under", "<"))


@checked
@given(reports(("{method} achieves HEDGE {number}% accuracy on {benchmark}.",)),
       st.sampled_from(HEDGES))  # fmt: skip
def test_a_hedge_sets_the_bound_and_nothing_else(report: Report, hedge: tuple[str, str]) -> None:
    word, bound = hedge
    hedged, plain = one(report.text.replace("HEDGE", word)), one(report.text.replace("HEDGE ", ""))
    assert (hedged.bound, plain.bound) == (bound, "=")
    left = ("bound", "sentence", "confidence", "rule")
    assert content(hedged, *left) == content(plain, *left)


ALIASES = (
    ("metric", ("word error rate", "WER")), ("metric", ("mean average precision", "mAP")),
    ("metric", ("Fréchet inception distance", "FID")), ("metric", ("exact match", "EM")),
    ("metric", ("mean intersection over union", "mIoU")), ("metric", ("F1", "F1 score", "F1-score")),
    ("benchmark", ("CIFAR-10", "CIFAR10", "CIFAR 10")), ("benchmark", ("BBH", "BIG-Bench Hard")),
    ("benchmark", ("PASCAL VOC", "Pascal VOC")), ("benchmark", ("MS MARCO", "MSMARCO")),
)  # fmt: skip


@checked
@given(st.sampled_from(ALIASES), method_names, numbers)
def test_an_alias_leads_to_the_same_name(alias: tuple[str, tuple[str, ...]], name: str, score: float) -> None:
    kind, surfaces = alias
    frame = "{n} achieves a {s} of {v} on SVHN." if kind == "metric" else "{n} achieves {v}% accuracy on {s}."
    claims = [one(frame.format(n=name, v=score, s=surface)) for surface in surfaces]
    assert len({getattr(claim, kind) for claim in claims}) == 1
    assert [getattr(claim, f"{kind}_text") for claim in claims] == list(surfaces)
    assert all(claim.value == score for claim in claims)


# Names that the tagger does not see: verbs or qualities by their words, or a number by their digits.
HIDDEN = {"Hockey Fight", "real-sim", "Civil Comments", "Newer College", "300W"}


@checked
@given(st.sampled_from([e for e in default().entries if e.kind == "BENCH" and e.name not in HIDDEN]), numbers)
def test_a_benchmark_of_the_lexicon_is_found_in_a_sentence(entry: Entry, score: float) -> None:
    name = entry.name
    claims = claimx.extract(f"BrinFlow achieves {score}% accuracy on {name}.")
    assert score in [claim.value for claim in claims]
    assert fold(name) in [fold(claim.benchmark or "") for claim in claims if claim.value == score]


_letters = st.text("abcdfghijklmpqrstuvy", min_size=2, max_size=9)
_words = st.sampled_from("the model accuracy improves CIFAR FooNet on by than faster".split())
_sentences = st.lists(_letters | _words, max_size=15).map(lambda words: " ".join(words) + ".")


@checked
@given(_sentences)
def test_no_number_no_claim(text: str) -> None:
    assume(not claimx.find_quantities(text))
    assert claimx.extract(text) == []


@settings(checked, max_examples=30)
@given(reports(), junk)
def test_claims_survive_the_table(report: Report, noise: str) -> None:
    claims = claimx.extract(f"{abstract(report)} {noise}")
    for before, after in zip(claims, claimx.from_table(claimx.to_table(claims)), strict=True):
        left = ("confidence", "sentence", "setting")  # float32; lone surrogates of the text become replacement marks
        assert content(after, *left) == content(before, *left)


@checked
@given(st.lists(reports(), min_size=1, max_size=4))
def test_claims_stand_in_the_order_of_the_text(several: list[Report]) -> None:
    text = " ".join(report.text for report in several)
    places = [claim.sentence_start for claim in claimx.extract(text)]
    assert all(a <= b for a, b in pairwise(places))  # type: ignore[operator]
