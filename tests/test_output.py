"""Files of claims: names and formats, whole or not at all, and what each format makes of odd values."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimx.errors import ReadError, TableError
from claimx.model import Claim
from claimx.output import WRITERS, check_target, json_line, load, write
from claimx.table import NAMES

CLAIMS = [
    Claim(paper_id="a", method="FooNet", benchmark="CIFAR-10", metric="accuracy", value=96.8, unit="percent", rule="r"),
    Claim(paper_id="b", published=dt.date(2024, 2, 29), metric="FID", delta=-1.07, delta_kind="points", rule="r"),
]
SUFFIXES = pytest.mark.parametrize("suffix", sorted(WRITERS))


@SUFFIXES
def test_what_is_written_is_read_back(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"claims{suffix}"
    assert write(CLAIMS, path) == 2
    assert load(path) == CLAIMS


@SUFFIXES
def test_the_same_claims_give_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    write(CLAIMS, one)
    write(iter(CLAIMS), two)
    assert one.read_bytes() == two.read_bytes()


@SUFFIXES
def test_no_claims_make_an_empty_table(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"none{suffix}"
    assert write([], path) == 0
    assert load(path) == []


@SUFFIXES
def test_an_interrupt_leaves_the_old_file_alone(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"claims{suffix}"
    write(CLAIMS[:1], path)
    before = path.read_bytes()

    def broken() -> Iterator[Claim]:
        yield CLAIMS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(broken(), path)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_suffixes_are_read_in_any_case(tmp_path: Path) -> None:
    assert write(CLAIMS, tmp_path / "CLAIMS.JSONL") == 2
    assert load(tmp_path / "CLAIMS.JSONL") == CLAIMS


def test_a_json_line_has_every_column_in_order() -> None:
    row = json.loads(json_line(CLAIMS[1]))
    assert list(row) == list(NAMES)
    assert (row["published"], row["delta"], row["method"]) == ("2024-02-29", -1.07, None)


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_json_has_no_infinity(number: float) -> None:
    assert json.loads(json_line(Claim(value=number, delta=2.0)))["value"] is None


def test_json_keeps_letters_and_one_line() -> None:
    line = json_line(Claim(method="Maß\n数", sentence="a\u2028b"))
    assert "Maß" in line
    assert "\n" not in line
    assert json.loads(line)["method"] == "Maß\n数"


@pytest.mark.parametrize(("raw", "cell"), [(False, "'=1+1"), (True, "=1+1")])
def test_csv_formulas_are_guarded_unless_raw(raw: bool, cell: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    write([Claim(paper_id="a", method="=1+1")], path, raw=raw)
    with open(path, newline="", encoding="utf-8") as stream:
        [row] = csv.DictReader(stream)
    assert row["method"] == cell


@pytest.mark.parametrize(
    ("name", "message"), [("claims.txt", "must end in"), ("claims", "must end in"), ("no/claims.csv", "no folder")]
)
def test_places_that_cannot_be_written_are_refused_before_any_work(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(TableError, match=message):
        check_target(tmp_path / name)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "claims.csv").mkdir()
    with pytest.raises(TableError, match="no regular file"):
        check_target(tmp_path / "claims.csv")


def test_blank_lines_of_json_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text("\n" + json_line(CLAIMS[0]) + "\n\n", encoding="utf-8")
    assert load(path) == CLAIMS[:1]


@pytest.mark.parametrize("content", ["[]\n", "{}\n", "{\n", '{"paper_id": "a", "value": "high"}\n'])
def test_other_json_is_no_claim_table(content: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=r"claims\.jsonl"):
        load(path)


def test_a_missing_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="No such file"):
        load(tmp_path / "claims.csv")
