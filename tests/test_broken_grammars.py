"""Grammars with every kind of mistake: told with file, place and what would be legal; nothing else is touched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from claimx import bounds, clean, pipeline, resources, units
from claimx.cli import codes, main

ROOT = Path(__file__).resolve().parents[1]
EARLIER = b"earlier content"
GOOD = b'{"id": "p1", "abstract": "TidalNet reaches 97.3% accuracy on CIFAR-10."}\n'
Run = pytest.CaptureFixture[str]

PATTERN = '[[pattern]]\nname = "p"\nmatch = "value:PCT of MATCH"\n'
RULE = "\n[[rule]]\nname = 'r'\ntrigger = 'q'\npattern = 'qq'\nreplace = 'z'\nexamples = [['qq', 'z']]\n"

# The file, what is appended to it (or, after "=", put in its stead; None: it is taken away), and what must be told.
GRAMMARS: list[tuple[str, str, str | None, tuple[str, ...]]] = [
    ("bad TOML", "patterns/values.toml", "[[pattern]\nname = 3\n", ("is not TOML", "line", "legal here: [[pattern]]")),
    ("no UTF-8", "patterns/values.toml", "=\udcff", ("is not UTF-8 (byte 0)",)),
    ("an unknown key", "patterns/own.toml", PATTERN.replace("MATCH", "METRIC") + "ranks = 3\n", ("'ranks'",
     "legal here: rank")),
    ("an unknown token type", "patterns/own.toml", PATTERN.replace("MATCH", "METRC"),
     ("pattern 'p', column 14: no token type is called METRC", "\n                 ^\n", "legal here: METRIC")),
    ("an unknown word class", "patterns/own.toml", PATTERN.replace("MATCH", "<improv>"), ("<improv>", "<improve>")),
    ("an unclosed bracket", "patterns/own.toml", PATTERN.replace("MATCH", "[ METRIC"),
     ("column 14: a '[' without its ']'",)),
    ("an empty repeat", "patterns/own.toml", PATTERN.replace("MATCH", "METRIC*"), ("a repeat has a bound",)),
    ("an example without claims", "patterns/own.toml",
     PATTERN.replace("MATCH", "METRIC") + "[[pattern.example]]\ntext = 'x'\n", ("needs text and claims",
     "legal here: text")),
    ("a near miss without why", "patterns/own.toml",
     PATTERN.replace("MATCH", "METRIC") + "[[pattern.example]]\ntext = 'x'\nclaims = []\n", ("must say why",)),
    ("no pattern at all", "patterns/*", None, ("holds no grammar file", "legal here: *.toml")),
    ("a unit line of nothing", "units.txt", "nonsense\n", (": not a unit definition",
     "legal here: name = definition")),
    ("a unit form twice", "units.txt", "#: ms\n", ("'ms' already writes the unit 'millisecond'",)),
    ("units that are no UTF-8", "units.txt", "\udcff", ("units.txt: is not UTF-8",)),
    ("no units", "units.txt", None, ("the units file is missing",)),
    ("a metric without name", "lexicon/metrics.toml", "\n[[metric]]\nname = 3\n", ("without name",
     'name = "accuracy"')),
    ("a metric of no way", "lexicon/metrics.toml", "\n[[metric]]\nname = 'q q'\nbetter = 'up'\n",
     ("better of [[metric]] 'q q' is 'up'", "legal here: 'higher', 'lower', 'none'")),
    ("a metric of no unit", "lexicon/metrics.toml", "\n[[metric]]\nname = 'q q'\nunit = 'flurb'\n",
     ("unknown unit 'flurb'",)),
    ("a metric with a wrong key", "lexicon/metrics.toml", "\n[[metric]]\nname = 'q q'\nalias = ['r']\n",
     ("unknown key 'alias'", "legal here: aliases")),
    ("a metric with an empty alias", "lexicon/metrics.toml", "\n[[metric]]\nname = 'q q'\naliases = ['']\n",
     ("aliases of [[metric]] 'q q' has an empty string",)),
    ("a metric that is generic in words", "lexicon/metrics.toml", "\n[[metric]]\nname = 'q q'\ngeneric = 'yes'\n",
     ("must be true or false",)),
    ("metrics that are no tables", "lexicon/metrics-own.toml", "metric = 3", ("'metric' must be an array of tables",
     "[[metric]]")),
    ("benchmarks that are no table", "lexicon/benchmarks-own.toml", "benchmark = 3",
     ("[benchmark] must be a table, not 3",)),
    ("a benchmark that is no table", "lexicon/benchmarks-own.toml", "[benchmark]\nX = 3\n",
     ("benchmark 'X' must be a table",)),
    ("a task that is a number", "lexicon/benchmarks-own.toml", "[benchmark]\nX = { task = 3 }\n",
     ("task of benchmark 'X'",)),
    ("methods that are no table", "lexicon/methods-own.toml", "family = 3", ("[family] must be a table",)),
    ("methods of no kind", "lexicon/methods-own.toml", "[famly]\nnames = []\n", ("unknown key 'famly'",
     "legal here: family")),
    ("heads that are no table", "lexicon/metric-heads.toml", "=heads = 3", ("[heads] must be a table",)),
    ("no words", "lexicon/words.toml", None, ("words.toml: cannot be read: No such file",)),
    ("a class that is no table", "lexicon/words.toml", "=[class]\nx = 3\n", ("[class.x] must be a table, not 3",)),
    ("no class of those that patterns name", "lexicon/words.toml", "=[class.x]\nwords = ['y']\n",
     ("no word class is called",)),
    ("a verb of one letter", "lexicon/words.toml", "\n[class.x]\nverbs = ['y']\n", ("[class.x] has 'y'",)),
    ("an irregular verb that is no list", "lexicon/words.toml", "=[irregular]\ngo = 'went'\n",
     ("[irregular] go must be",)),
    ("no hedges", "lexicon/hedges.toml", None, ("hedges.toml: cannot be read",)),
    ("hedges of no bound", "lexicon/hedges.toml", "=[before]\n'!' = ['about']\n", ("unknown key '!' in [before]",
     "legal here")),
    ("hedges without a section", "lexicon/hedges.toml", "=[before]\n'~' = ['about']\n", ("lacks the s",)),
    ("clean with a bad regex", "clean.toml", RULE.replace("'qq'", "'q('", 1), ("pattern 'r', column 2: missing )",
     "legal here")),
    ("clean with a regex that takes nothing", "clean.toml", RULE.replace("'qq'", "'q*'", 1), ("matches nothing",)),
    ("clean with examples of no pairs", "clean.toml", RULE.replace("[['qq', 'z']]", "3"),
     ("must be pairs of strings",)),
    ("clean with a pattern of no string", "clean.toml", RULE.replace("'qq'", "3", 1), ("pattern must be a string",)),
    ("clean with an unknown section", "clean.toml", "[own]\n", ("unknown section 'own'", "legal here: literal")),
    ("no weights", "ranking/role.toml", None, ("role.toml: cannot be read",)),
    ("weights without a table", "ranking/role.toml", "=x = 3", ("has no table [weights]", "legal here")),
    ("a weight in words", "ranking/role.toml", "=[weights]\nx = 'y'\n", ("the weight of 'x' is no number",)),
    ("a weight beyond all", "ranking/role.toml", "=[weights]\nx = inf\n",
     ("the weight of 'x' is no number from -1e6 to 1e6",)),
    ("TOML nested too deeply", "ranking/role.toml", "=x = " + "[" * 5000, ("nested too deeply",)),
]  # fmt: skip


@pytest.fixture
def grammars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small copy of the grammar that claimx is pointed at, with nothing loaded before or after."""
    folder = tmp_path / "grammars"
    shutil.copytree(ROOT / "grammars", folder)
    for path in (*folder.glob("lexicon/benchmarks-*.toml"), *folder.glob("lexicon/metrics-*.toml")):
        path.unlink()
    monkeypatch.setenv(resources.ENVIRONMENT, str(folder))
    caches = (bounds.hedges, units.forms, units.registry, pipeline.extractor, clean._tables)
    for cache in caches:
        cache.cache_clear()
    yield folder
    for cache in caches:
        cache.cache_clear()


@pytest.mark.parametrize(("file", "change", "says"), [row[1:] for row in GRAMMARS], ids=[row[0] for row in GRAMMARS])
def test_a_mistake_in_a_grammar_is_told(
    file: str, change: str | None, says: tuple[str, ...], grammars: Path, tmp_path: Path, capsys: Run
) -> None:
    if change is None:
        for path in grammars.glob(file):
            path.unlink()
    else:
        before = b"" if change[0] == "=" or not (grammars / file).exists() else (grammars / file).read_bytes()
        (grammars / file).write_bytes(before + change.removeprefix("=").encode("utf-8", "surrogateescape"))
    (tmp_path / "in.jsonl").write_bytes(GOOD)
    (tmp_path / "out.csv").write_bytes(EARLIER)
    code = main(["extract", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "out.csv")])
    out, err = capsys.readouterr()
    assert (code, out) == (codes.GRAMMAR, ""), err
    lines = err.splitlines()
    assert lines[0].startswith(f"claimx: {grammars}")
    if "*" not in file:
        assert file.rsplit("/", 1)[-1] in lines[0] or "unknown unit" in lines[0] or "no word class" in lines[0]
    assert len(lines) <= 4, "the mistake, the line with its caret, and what would be legal"
    for part in says:
        assert part in err
    assert (tmp_path / "out.csv").read_bytes() == EARLIER
    assert sorted(os.listdir(tmp_path)) == ["grammars", "in.jsonl", "out.csv"]


def test_a_class_that_claimx_itself_needs(grammars: Path, capsys: Run) -> None:
    path = grammars / "lexicon" / "words.toml"
    path.write_text(path.read_text().replace("[class.adjective-name]", "[class.renamed]"))
    assert main(["explain", "We propose FooNet. FooNet gains 5% accuracy on CIFAR-10."]) == codes.GRAMMAR
    err = capsys.readouterr().err
    assert f"{path}: lacks the class 'adjective-name', which claimx needs" in err
    assert "legal here: [class.adjective-name]" in err


def test_an_empty_and_a_missing_grammar_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Run) -> None:
    (tmp_path / "empty").mkdir()
    for folder, says in (("empty", "cannot be read: No such file"), ("none", "named by the environment variable")):
        monkeypatch.setenv(resources.ENVIRONMENT, str(tmp_path / folder))
        pipeline.extractor.cache_clear()
        assert main(["explain", "It gains 5%."]) == codes.GRAMMAR
        assert says in capsys.readouterr().err
        assert pipeline.extractor.cache_info().currsize == 0
