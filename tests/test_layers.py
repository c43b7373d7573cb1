"""Who may import whom: every import of the package, also those within functions, goes from right to left."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "claimx"

# The way of a text to its claims; a module may import from earlier steps only, never from its own.
CHAIN = (
    {"notebook"},
    {"model", "errors"},
    {"resources", "shape", "scan"},
    {"tokens", "numerals", "markup_tables", "bounds", "words", "units", "lexicon", "sentences"},
    {"name_patterns", "acronyms"},
    {"markup", "labels", "titles", "anchors"},
    {"clean", "wordscan", "endpoints", "descriptions"},
    {"quantities", "introductions", "grammar", "categories"},
    {"names", "arithmetic"},
    {"tag", "consistency"},
    {"phrases", "testbeds"},
    {"chunk"},
    {"assemble"},
    {"explain"},
    {"pipeline"},
    {"check"},
)
ROOT, SHARED = {"model", "errors"}, {"model", "errors", "resources"}
WHOLE_CHAIN = set().union(*CHAIN)
# What stands beside that way, with all that each may import.
BRANCHES: dict[str, set[str]] = {
    "read": ROOT,
    "jsonl": ROOT,
    "gold": ROOT | {"jsonl"},
    "table": SHARED,
    "display": ROOT,
    "output": SHARED | {"table", "jsonl"},
    "spellings": SHARED | {"units"},
    "registry": SHARED | {"lexicon", "spellings"},
    "naming": SHARED | {"lexicon", "spellings", "registry"},
    "measures": SHARED | {"units", "naming"},
    "derive": WHOLE_CHAIN | {"table"},
    "contradictions": WHOLE_CHAIN | {"table", "naming", "measures"},
    "leaderboard": SHARED | {"table", "output", "display", "lexicon", "naming", "measures"},
    "pandas": SHARED | {"table", "leaderboard"},
    "report": SHARED | {"table", "output", "display", "naming", "measures", "leaderboard", "contradictions"},
    "export": SHARED | {"table", "output", "lexicon", "naming", "measures"},
    "frame": WHOLE_CHAIN | {"table"},
    "evaluate": WHOLE_CHAIN | {"table", "output", "gold"},
    "batch": WHOLE_CHAIN | {"table", "read", "derive"},
    "parallel": WHOLE_CHAIN | {"table", "batch"},
    "parts": SHARED | {"table", "output"},
    "spark": ROOT | {"table", "batch"},
    "fit": WHOLE_CHAIN | {"evaluate"},
}
ALLOWED = {
    **{name: set().union(*CHAIN[:step]) for step, names in enumerate(CHAIN) for name in names},
    **BRANCHES,
    "cli": WHOLE_CHAIN | BRANCHES.keys(),
    "__main__": {"cli"},
}
# Heavy libraries load behind one boundary each.
BOUNDARIES: dict[str, tuple[str, ...]] = {
    "pint": ("units",),
    "pandas": ("table", "frame", "derive", "contradictions", "leaderboard/", "pandas", "export/__init__"),
    "pyarrow": (
        "table",
        "output",
        "derive",
        "contradictions",
        "read/arrow",
        "leaderboard/",
        "export/__init__",
        "batch",
        "parallel",
        "parts",
        "spark",
    ),
    "click": ("cli/",),
    "rich": ("cli/", "leaderboard/terminal"),
    "jinja2": ("report/render",),
    "matplotlib": ("report/plot",),
    "pyspark": ("spark",),
    "numpy": ("fit/",),
    "yaml": ("export/model_index",),
}
FILES = sorted(PACKAGE.rglob("*.py"))


def _part(path: Path) -> str:
    """The room a file belongs to: its module, or the subpackage that it is in."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def _imports(path: Path, rooms: set[str]) -> Iterator[tuple[str, int]]:
    """Absolute names of what a file imports, as dotted paths, with their lines; typing-only imports count as well."""
    package = ["claimx", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = module == "claimx" and alias.name in rooms
                yield (f"claimx.{alias.name}" if inner else module, node.lineno)


@pytest.mark.parametrize("path", [path for path in FILES if _part(path) != "__init__"], ids=lambda path: path.stem)
def test_imports_go_from_right_to_left(path: Path) -> None:
    rooms = {_part(file) for file in FILES}
    room = _part(path)
    assert room in ALLOWED, f"claimx/{room} has no place in the layers: give it one in this test and in the design"
    for name, line in _imports(path, rooms):
        parts = name.split(".")
        if parts[0] != "claimx" or parts[1:2] == [room]:
            continue
        if len(parts) == 1:
            source = path.read_text(encoding="utf-8").splitlines()[line - 1].strip()
            assert source == "from claimx import __version__", (
                f"{path.name}:{line} imports the package itself: {source}"
            )
        else:
            assert parts[1] in ALLOWED[room], f"{path.name}:{line}: {room} must not import {parts[1]}"


def test_no_modules_of_a_subpackage_import_each_other() -> None:
    rooms = {_part(file) for file in FILES}
    for room in rooms:
        files = {file.stem: file for file in FILES if _part(file) == room and file.parent.name == room}
        needed = {
            stem: {name.split(".")[2] for name, _ in _imports(file, rooms) if name.startswith(f"claimx.{room}.")}
            for stem, file in files.items()
        }
        TopologicalSorter({stem: needs & files.keys() for stem, needs in needed.items()}).prepare()  # or a CycleError


def test_learning_is_for_the_command_line_alone() -> None:
    assert "fit" not in set().union(*(allowed for room, allowed in ALLOWED.items() if room != "cli"))
    code = "import sys, claimx; claimx.extract('FooNet reaches 9% WER.'); print(*sorted(sys.modules))"
    assert "claimx.fit" not in _python(code).split()


def test_rules_cover_no_one_twice() -> None:
    placed = [name for names in CHAIN for name in names] + list(BRANCHES)
    assert len(placed) == len(set(placed))


@pytest.mark.parametrize("library", BOUNDARIES)
def test_heavy_libraries_stay_behind_their_boundary(library: str) -> None:
    rooms = {_part(file) for file in FILES}
    for path in FILES:
        where = path.relative_to(PACKAGE).as_posix().removesuffix(".py")
        for name, line in _imports(path, rooms):
            if name.split(".")[0] == library:
                allowed = any(where == home or (home.endswith("/") and where.startswith(home))
                              for home in BOUNDARIES[library])  # fmt: skip
                assert allowed, f"claimx/{where}.py:{line} imports {library}"


def _python(code: str) -> str:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PACKAGE.parent, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_import_is_light_and_quick() -> None:
    loaded = _python("import sys, claimx; print(*sorted(sys.modules))").split()
    heavy = {"pandas", "pyarrow", "pint", "numpy", "click", "rich", "regex", "orjson", "zstandard"}
    assert not heavy & set(loaded)
    assert [name for name in loaded if name.startswith("claimx.")] == []
    timed = "import time; t = time.perf_counter(); import claimx; print(time.perf_counter() - t)"
    assert min(float(_python(timed)) for _ in range(5)) < 0.150


def test_extraction_needs_neither_pandas_nor_arrow_nor_pint() -> None:
    code = "import sys, claimx; claimx.extract('FooNet reaches 9% WER.'); print(*sorted(sys.modules))"
    assert not {"pandas", "pyarrow", "pint", "numpy", "click", "rich"} & set(_python(code).split())


def test_the_package_can_be_sent_to_another_process() -> None:
    assert _python("import claimx, pickle; print(pickle.loads(pickle.dumps(claimx)) is claimx)") == "True"


def test_public_names_exist_and_read_stays_a_function() -> None:
    code = (
        "import claimx, claimx.read, claimx.read.jsonl\n"
        "from claimx.read import ReadReport\n"
        "assert claimx.read.__class__.__name__ == 'function', claimx.read\n"
        "for name in claimx.__all__: assert getattr(claimx, name) is not None, name\n"
        "assert claimx.read.__class__.__name__ == 'function', claimx.read\n"
        "assert set(claimx.__all__) <= set(dir(claimx))\n"
        "assert claimx.ReadReport is ReadReport\n"
        "try: claimx.nothing\n"
        "except AttributeError as error: print(error)\n"
    )
    assert _python(code) == "module 'claimx' has no attribute 'nothing'"
