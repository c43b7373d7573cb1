"""The units file, its written forms, and conversion."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimx import units
from claimx.errors import GrammarError
from claimx.resources import grammars_dir


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty grammars folder in place of the project's own."""
    monkeypatch.setenv("CLAIMX_GRAMMARS", str(tmp_path))
    units.forms.cache_clear()
    units.registry.cache_clear()
    yield tmp_path
    units.forms.cache_clear()
    units.registry.cache_clear()


@pytest.mark.parametrize(
    ("form", "unit"),
    [
        ("%", "percent"),
        ("per cent", "percent"),
        ("Percent", "percent"),
        ("pp", "point"),
        ("percentage points", "point"),
        ("x", "x"),
        ("times", "x"),
        ("ms", "millisecond"),
        ("s", "second"),
        ("minutes", "minute"),
        ("GB", "gigabyte"),
        ("GFLOPs", "gigaflop"),
        ("dB", "decibel"),
        ("fps", "frame_per_second"),
        ("FPS", "frame_per_second"),
        ("tokens/s", "token_per_second"),
        ("tokens per second", "token_per_second"),
        ("mW", "milliwatt"),
        ("MW", "megawatt"),
        ("μm", "micrometer"),
        ("°C", "degree_Celsius"),
        ("kPa", "kilopascal"),
        ("km/h", "kilometer_per_hour"),
        ("bits per dimension", "bit_per_dimension"),
        ("$", "dollar"),
        ("pixels per second", "pixel_per_second"),
    ],
)
def test_forms(form: str, unit: str) -> None:
    assert units.unit_of(form) == unit


@pytest.mark.parametrize("form", ["B", "K", "M", "in", "T", "DB", "Fold-5", "accuracy", ""])
def test_no_unit(form: str) -> None:
    assert units.unit_of(form) is None


def test_a_unit_that_goes_on_is_another() -> None:
    assert units.match_unit("kg on", 0) == ("kilogram", 2)
    assert units.match_unit("N·m on", 0) == ("newton_meter", 3)
    for text in ("kg·m2", "kg⋅m", "kg/x", "GB/frame", "m^4", "mˆ4"):
        assert units.match_unit(text, 0) is None


def test_points_are_no_length_and_fps_no_speed() -> None:
    with pytest.raises(ValueError, match="not convertible"):
        units.convert(1.0, "point", "meter")
    with pytest.raises(ValueError, match="not convertible"):
        units.convert(1.0, "frame_per_second", "meter_per_second")
    with pytest.raises(ValueError, match="not convertible"):
        units.convert(1.0, "point", "percent")
    with pytest.raises(ValueError, match="not convertible"):
        units.convert(1.0, "dollar", "euro")


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        (50.0, "percent", "x", 0.5),
        (1.5, "second", "millisecond", 1500.0),
        (2.0, "hour", "minute", 120.0),
        (1.0, "byte", "bit", 8.0),
        (2.5, "gigabyte", "megabyte", 2500.0),
        (3.0, "teraflop", "gigaflop", 3000.0),
        (36.0, "kilometer_per_hour", "meter_per_second", 10.0),
        (180.0, "degree", "radian", 3.141592653589793),
        (20.0, "degree_Celsius", "kelvin", 293.15),
        (1.0, "kilowatt_hour", "megajoule", 3.6),
        (1.0, "tonne", "kilogram", 1000.0),
    ],
)
def test_convert(value: float, source: str, target: str, result: float) -> None:
    assert units.convert(value, source, target) == pytest.approx(result)


def test_unknown_unit() -> None:
    with pytest.raises(ValueError, match="unknown unit 'parsec'"):
        units.convert(1.0, "parsec", "meter")


def test_pint_knows_every_unit_and_each_converts_to_itself() -> None:
    names = units.unit_names()
    assert len(names) > 100
    assert len(set(names)) == len(names)
    for name in names:
        assert units.convert(2.0, name, name) == pytest.approx(2.0)


def test_every_form_names_a_defined_unit_and_is_found_in_a_text() -> None:
    forms = units.forms()
    for form, unit in {**forms.exact, **forms.folded}.items():
        assert unit in forms.names
        assert units.match_unit("5" + form + " .", 1) == (unit, 1 + len(form)), form


def test_longest_form_wins_and_only_whole_words_match() -> None:
    assert units.match_unit("12 m/s on", 3) == ("meter_per_second", 6)
    assert units.match_unit("12 meters", 3) == ("meter", 9)
    assert units.match_unit("12 metrics", 3) is None
    assert units.match_unit("12 second-order", 3) is None
    assert units.match_unit("12 GB/sample", 3) is None


def test_definition_path_is_in_the_grammars_folder() -> None:
    assert units.units_path() == grammars_dir() / "units.txt"
    assert units.units_path().is_file()


def test_missing_file(folder: Path) -> None:
    with pytest.raises(GrammarError, match=r"units\.txt: the units file is missing"):
        units.forms()


def test_missing_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CLAIMX_GRAMMARS", str(tmp_path / "gone"))
    with pytest.raises(GrammarError, match="CLAIMX_GRAMMARS"):
        grammars_dir()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("#: s | sec\n", "forms before the first unit"),
        ("second = [time]\n#: s || sec\n", "an empty form"),
        ("second = [time]\n#: s\nsiemens = [conductance]\n#: s\n", "already writes the unit 'second'"),
        ("second\n", "not a unit definition"),
    ],
)
def test_mistakes_name_the_line(folder: Path, content: str, message: str) -> None:
    (folder / "units.txt").write_text(content, encoding="utf-8")
    with pytest.raises(GrammarError, match=message) as caught:
        units.forms()
    assert f"units.txt:{len(content.splitlines())}" in str(caught.value)


def test_definition_by_an_unknown_unit_is_reported(folder: Path) -> None:
    (folder / "units.txt").write_text("second = [time]\nfortnight = 14 daze\n", encoding="utf-8")
    with pytest.raises(GrammarError, match="pint refuses"):
        units.registry()


def test_recognition_does_not_load_pint() -> None:
    code = (
        "import sys; from claimx.quantities import find_quantities; "
        "print(find_quantities('3 ms')[0].unit, 'pint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["millisecond", "False"]
