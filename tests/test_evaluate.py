"""The scorer: its definitions one by one, agreement with the reference scorer, and the sample's gold."""

from __future__ import annotations

import importlib.util
import itertools
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.cli import main
from claimx.errors import ReadError
from claimx.evaluate import Evaluation, Gold, assign, compare, evaluate, same_name
from claimx.model import Claim
from claimx.output import write

ROOT = Path(__file__).resolve().parents[1]
SAMPLE_GOLD = ROOT / "datasets" / "sample-gold.jsonl"
REFERENCE = ROOT.parent / "shared" / "gold"


@pytest.mark.parametrize(
    ("name", "accepted", "strict", "lenient"),
    [
        ("CIFAR-10", ["cifar10"], True, True),
        ("the CIFAR-10 dataset", ["CIFAR-10"], True, True),
        ("mAP_50", ["mAP50"], True, True),
        ("$F_1$", ["F1"], True, True),
        ("error rates", ["error rate"], True, True),
        ("loss", ["los"], False, False),
        ("sampling speed gain", ["sampling speed"], False, True),
        ("accuracy", ["precision"], False, False),
        (None, [""], True, True),
        ("  ", ["accuracy"], False, False),
        ("accuracy", ["", "speed"], False, False),
    ],
)
def test_names_are_compared_folded(name: str | None, accepted: list[str], strict: bool, lenient: bool) -> None:
    assert same_name(name, accepted) is strict
    assert same_name(name, accepted, lenient=True) is lenient


def _gold(**row: Any) -> Gold:
    return Gold.of({"method": ["M"], "benchmark": [""], "metric": ["accuracy"], **row})


@pytest.mark.parametrize(
    ("claim", "gold", "right"),
    [
        (Claim(value=44.5, unit="percent"), _gold(value=44.5, unit="%"), True),
        (Claim(value=44.5), _gold(value=44.5, unit="%"), False),
        (Claim(value=44.5, unit="percent"), _gold(value=44.6, unit="%"), False),
        (Claim(delta=-1.07), _gold(delta=1.07, direction="down"), True),
        (Claim(delta=1.07), _gold(delta=1.07, direction="down"), False),
        (Claim(delta=-3.3, delta_high=-1.9), _gold(delta=1.9, delta_hi=3.3, direction="down"), True),
        (Claim(delta=1.9), _gold(delta=1.9, delta_hi=3.3, direction="up"), False),
        (Claim(value=9.0, delta=2.0, delta_derived=True), _gold(value=9), True),
        (Claim(value=9.0, delta=2.0), _gold(value=9), False),
        (Claim(value=1e-9), _gold(value=0), True),
    ],
)
def test_numbers_must_be_equal(claim: Claim, gold: Gold, right: bool) -> None:
    assert compare(claim, gold)["number"] is right


def test_the_texts_own_wording_may_stand_in_for_metric_and_benchmark_but_not_method() -> None:
    claim = Claim(method="X", method_text="M", metric="top-1 accuracy", metric_text="accuracy", value=1.0)
    right = compare(claim, _gold(value=1))
    assert right["metric"]
    assert not right["method"]
    assert not right["tuple"]


@given(st.integers(1, 4).flatmap(lambda m: st.lists(st.lists(st.integers(0, 9), min_size=m, max_size=m), max_size=4)))
def test_assignment_has_the_greatest_weight(weights: list[list[int]]) -> None:
    pairs = assign(weights)
    rows, columns = len(weights), len(weights[0]) if weights else 0
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(weights[i][j] > 0 for i, j in pairs)
    slots = [*range(columns), *[None] * rows]
    best = max(
        (
            sum(weights[i][j] for i, j in enumerate(choice) if j is not None)
            for choice in itertools.permutations(slots, rows)
        ),
        default=0,
    )
    assert sum(weights[i][j] for i, j in pairs) == best


def test_optional_rows_neither_reward_nor_punish() -> None:
    golds = [_gold(value=1, value_start=0, value_end=1), _gold(value=2, value_start=5, value_end=6, optional=True)]
    right = Claim(paper_id="p", method="M", metric="accuracy", value=1.0, value_start=0, value_end=1)
    aside = Claim(paper_id="p", value=7.0, value_start=5, value_end=6)
    stray = Claim(paper_id="p", value=8.0, value_start=9, value_end=10)

    def figures(*claims: Claim) -> tuple[int, int, float]:
        result = Evaluation()
        result.add("p", "1    2   8", list(claims), golds)
        return result.gold, result.predicted, result.f1("tuple")

    assert figures(right) == (1, 1, 1.0)
    assert figures(right, aside, aside) == (1, 1, 1.0)
    assert figures(right, stray) == (1, 2, 0.6667)
    assert figures() == (1, 0, 0.0)


def test_errors_say_what_is_wrong_and_where() -> None:
    golds = [_gold(value=1, value_start=0, value_end=1), _gold(delta=3, delta_start=4, delta_end=5)]
    wrong = Claim(method="M", metric="speed", value=2.0, value_start=0, value_end=1)
    stray = Claim(value=8.0, value_start=8, value_end=9)
    result = Evaluation()
    result.add("p", "1   3   8", [wrong, stray], golds)
    assert [(error.kind, error.span) for error in result.errors] == [
        ("spurious", (8, 9)), ("wrong number,metric", (0, 1)), ("missed", (4, 5)),
    ]  # fmt: skip


def test_rows_from_texts_without_numbers_are_counted() -> None:
    result = Evaluation()
    result.add("p", "No number here.", [Claim(), Claim()], [])
    result.add("q", "Trained for 3 days.", [Claim()], [])
    assert result.numberless_rows == 2
    assert result.predicted == 3


def _rows(papers: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(paper, row) for paper in papers for row in paper["claims"]]


def perturbed(papers: list[dict[str, Any]], seed: int) -> list[Claim]:
    """Predictions made out of gold: rows lost, doubled, moved, renamed and miscounted, by a fixed seed."""
    rng = random.Random(seed)
    strangers = ["accuracy", "speed", "CIFAR-10", "our method", "", "the", "benchmark", None]
    claims = []
    for paper, row in _rows(papers):
        for _ in range(rng.choice([0, 1, 1, 1, 1, 2])):
            sign = -1 if row.get("direction") == "down" else 1
            names: dict[str, Any] = {
                name: rng.choice([*(row.get(name.removesuffix("_text")) or [""]) * 2, *strangers[: rng.randint(0, 8)]])
                for name in ("method", "baseline", "benchmark", "metric", "benchmark_text", "metric_text")
            }
            spans = {key: row.get(key) for key in ("value_start", "value_end", "delta_start", "delta_end")}
            if rng.random() < 0.1 and spans["value_end"] is not None:
                spans["value_end"] += 60
            numbers = {
                "value": row.get("value"),
                "value_high": row.get("value_hi"),
                "delta": row["delta"] * sign if "delta" in row else None,
                "delta_high": row["delta_hi"] * sign if "delta_hi" in row else None,
                "baseline_value": row.get("baseline_value"),
            }
            if rng.random() < 0.1:
                numbers = {key: number and number * 1.1 for key, number in numbers.items()}
            claims.append(
                Claim(
                    paper_id=str(paper["id"]),
                    unit=rng.choice(["percent", row.get("unit"), None]),
                    bound=rng.choice([row.get("bound", "="), "="]),
                    delta_kind=rng.choice([row.get("delta_kind"), "points"]),
                    delta_derived=rng.random() < 0.1,
                    **names,
                    **spans,
                    **{key: None if number is None else float(number) for key, number in numbers.items()},
                )
            )
    rng.shuffle(claims)
    return claims


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference scorer is not beside this checkout")
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", ["dev-listings.jsonl", "dev-venues.jsonl", None])
def test_figures_are_those_of_the_reference_scorer(name: str | None, seed: int, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("reference_scorer", REFERENCE / "score.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    gold = REFERENCE / name if name else SAMPLE_GOLD
    papers = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    claims = tmp_path / "claims.parquet"
    write(perturbed(papers, seed), claims)
    ours, theirs = evaluate(gold, claims), reference.score(str(gold), str(claims))
    assert ours.figures() == theirs.figures()
    assert [error.kind for error in ours.errors] == [error[0] for error in theirs.errors]
    assert 0.1 < ours.f1("tuple") < ours.f1("found") < 1, "the perturbation must exercise every branch"


def test_gold_against_itself_is_perfect_and_pools(tmp_path: Path) -> None:
    papers = [json.loads(line) for line in SAMPLE_GOLD.read_text(encoding="utf-8").splitlines()]
    claims = []
    for paper, row in _rows(papers):
        sign = -1 if row.get("direction") == "down" else 1
        names = {name: row[name][0] or None for name in ("method", "baseline", "benchmark", "metric")}
        spans = {key: row[key] for key in row if re.fullmatch("(value|delta)_(start|end)", key)}
        claims.append(
            Claim(
                paper_id=paper["id"],
                unit="percent" if row.get("unit") == "%" else None,
                value=row.get("value"),
                value_high=row.get("value_hi"),
                delta=sign * row["delta"] if "delta" in row else None,
                delta_high=sign * row["delta_hi"] if "delta_hi" in row else None,
                **names,
                **spans,
            )
        )
    result = evaluate(SAMPLE_GOLD, claims)
    assert {name: result.f1(name) for name in ("found", "number", "tuple")} == {"found": 1, "number": 1, "tuple": 1}
    assert not result.errors
    assert not result.unknown
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"id": "new", "abstract": "x", "claims": []}) + "\n")
    pooled = evaluate([SAMPLE_GOLD, other], [*claims, Claim(paper_id="new"), Claim(paper_id="stranger")])
    assert pooled.predicted == result.predicted + 1
    assert pooled.unknown == ["stranger"]


def test_sample_gold_follows_the_guidelines() -> None:
    """Every row of the sample's gold has exact spans, known words and the fields that its numbers need."""
    sample = [json.loads(line) for line in (SAMPLE_GOLD.parent / "sample.jsonl").read_text("utf-8").splitlines()]
    gold = [json.loads(line) for line in SAMPLE_GOLD.read_text("utf-8").splitlines()]
    assert [(paper["id"], paper["title"], paper["abstract"]) for paper in sample] == [
        (paper["id"], paper["title"], paper["abstract"]) for paper in gold
    ]
    assert len({paper["id"] for paper in gold}) == len(gold) >= 24
    words = {"two orders of magnitude": 100, "halved": 2, "doubling": 2, "four times": 4, "3 times": 3}
    for paper in gold:
        text = paper["abstract"]
        for row in paper["claims"]:
            where = f"{paper['id']} {row}"
            assert "value" in row or "delta" in row, where
            for key in ("value", "delta", "baseline_value"):
                assert (key in row) == (f"{key}_start" in row) == (f"{key}_text" in row), where
                if key not in row:
                    continue
                start, end = row[f"{key}_start"], row[f"{key}_end"]
                written = text[start:end]
                assert written == row[f"{key}_text"], where
                assert not re.match(r"[0-9]|[.,][0-9]", text[end:]), where
                assert not text[:start] or not text[start - 1].isdigit(), where
                numbers = [float(number) for number in re.findall(r"[0-9]+(?:\.[0-9]+)?", written)]
                expected = [row[key], row[f"{key}_hi"]] if f"{key}_hi" in row else [row[key]]
                assert (numbers == expected) or words.get(written) == row[key], where
            if "delta" in row:
                assert row["direction"] in {"up", "down"}, where
                assert row["delta_kind"] in {"points", "relative", "factor", "percent"}, where
            assert row.get("bound", "=") in {"=", "~", "<", ">", "<=", ">="}, where
            for name in ("method", "baseline", "benchmark", "metric"):
                assert row[name], where
                assert all(isinstance(item, str) for item in row[name]), where
                # A claim names only what its paper does; a metric may be named by its convention.
                paper_text = (paper["title"] + " " + text).lower()
                if name != "metric" and row[name][0]:
                    assert row[name][0].lower() in paper_text, where


def test_bad_gold_is_a_read_error_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": "a", "abstract": "", "claims": []}\n{"id": "b"}\n')
    with pytest.raises(ReadError, match=r"gold\.jsonl:2: "):
        evaluate(path, [])
    path.write_text("not json\n")
    with pytest.raises(ReadError, match=r"gold\.jsonl:1: no JSON at column 1"):
        evaluate(path, [])


def test_command_prints_figures_errors_and_holds_floors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold, claims = tmp_path / "gold.jsonl", tmp_path / "claims.jsonl"
    row = {
        "value": 9,
        "unit": "%",
        "method": ["M"],
        "benchmark": [""],
        "metric": ["F1"],
        "value_start": 0,
        "value_end": 2,
    }
    gold.write_text(json.dumps({"id": "p", "abstract": "9% F1 of M, 3 of 4", "claims": [row]}) + "\n")
    right = Claim(paper_id="p", value=9.0, unit="percent", method="M", metric="F1", value_start=0, value_end=2)
    write([right, Claim(paper_id="p", value=3.0, value_start=12, value_end=13)], claims)
    arguments = ["evaluate", str(gold), str(claims)]
    assert main([*arguments, "--errors", "5", "--floor", "found=0.6"]) == 0
    out = capsys.readouterr().out
    assert "gold rows 1, predicted rows 2" in out
    assert "spurious [p] …9% F1 of M, ⟦3⟧ of 4…" in out
    assert main([*arguments, "--floor", "found=0.7,tuple=0.1"]) == 1
    assert "strict F1 of found is 0.6667, below its floor of 0.7" in capsys.readouterr().err
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == evaluate(gold, claims).figures()
    assert main([*arguments, "--errors", "5", "--field", "missed"]) == 0
    assert "⟦" not in capsys.readouterr().out
