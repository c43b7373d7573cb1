"""``claimx resolve`` as its user sees it."""

from __future__ import annotations

import json

import pytest

from claimx.cli import codes, main


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    code = main(["resolve", *argv])
    return code, capsys.readouterr().out


def test_what_is_known_of_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "Top-1 acc.", "COCO test-dev")
    assert code == codes.OK
    assert out.splitlines() == [
        "Top-1 acc.",
        "  metric     top-1 accuracy",
        "  id         top-k-accuracy",
        "  parameter  1",
        "  parent     accuracy",
        "  better     higher",
        "  unit       percent",
        "",
        "COCO test-dev",
        "  benchmark  COCO test-dev",
        "  id         coco-test-dev",
        "  parent     coco",
        "  task       object detection",
    ]


def test_a_name_that_is_not_known_gets_its_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "CIFAR-1O", "accuracy")
    assert code == codes.FAILED
    assert "  not known  metric or benchmark\n  id         ~cifar1o\n  nearest    CIFAR-10, " in out
    assert "  metric     accuracy\n" in out


def test_json_has_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "pass@10", "SVAMP-Hard", "--json")
    known, unknown = map(json.loads, out.splitlines())
    assert code == codes.FAILED
    assert (known["kind"], known["id"], known["parameter"], known["better"]) == ("metric", "pass@k", "10", "higher")
    assert (unknown["kind"], unknown["id"], unknown["known"], unknown["parent"]) == ("", "~svamphard", False, "svamp")


def test_one_kind_only(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "CIFAR-10", "--kind", "metric")
    assert code == codes.FAILED
    assert "not known  metric\n" in out


def test_a_name_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(capsys, "\x1b[31mred")
    assert code == codes.FAILED
    assert "\x1b[31mred" not in out


@pytest.mark.parametrize("argv", [[], ["x", "--kind", "metrics"]])
def test_mistakes(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["resolve", *argv]) == codes.USAGE
    assert "Usage: claimx resolve" in capsys.readouterr().err
