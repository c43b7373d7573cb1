"""The wheel: what it carries, and that it works in a fresh environment from a folder that is not the checkout."""

from __future__ import annotations

import email
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.slow


def _run(command: list[str | Path], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing of this checkout on its way."""
    hidden = {"PYTHONPATH", "CLAIMX_GRAMMARS", "PYTHONHOME"}
    environment = {key: value for key, value in os.environ.items() if key not in hidden}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    out = tmp_path_factory.mktemp("dist")
    _run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out], ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of a fresh environment with the wheel; the dependencies are lent by the one that runs this."""
    pytest.importorskip("pip")
    home = tmp_path_factory.mktemp("fresh")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    paths = {"base": str(home), "platbase": str(home)}
    scripts = Path(sysconfig.get_path("scripts", "venv", paths))
    python = scripts / Path(sys.executable).name
    if not python.exists():
        python = scripts / "python"
    _run([sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel], home)
    lent = Path(sysconfig.get_path("purelib", "venv", paths)) / "lent.pth"
    lent.write_text("\n".join(sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})) + "\n")
    return scripts


def test_wheel_carries_package_grammars_and_papers(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        metadata = email.message_from_bytes(archive.read(next(n for n in names if n.endswith(".dist-info/METADATA"))))
        entry = archive.read(next(n for n in names if n.endswith("entry_points.txt"))).decode()
    data = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "grammars").rglob("*") if path.suffix in {".toml", ".txt"}
    }
    assert data, "the checkout has grammars"
    assert {f"claimx/{name}" for name in data} <= names
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "claimx").rglob("*.py")}
    assert modules <= names
    assert "claimx/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [
        name for name in names if name.split("/")[0] not in {"claimx", f"claimx-{metadata['Version']}.dist-info"}
    ]
    assert metadata["Requires-Python"] == ">=3.11"
    assert "claimx = claimx.cli:run" in entry


def test_fresh_environment_extracts_from_elsewhere(installed: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "datasets" / "sample.jsonl", tmp_path)
    where = _run([installed / "python", "-c", "import claimx; print(claimx.__file__)"], tmp_path).stdout.strip()
    assert Path(where).resolve().is_relative_to(installed.parent.resolve()), "the wheel's copy is the one that runs"
    done = _run([installed / "claimx", "extract", "sample.jsonl", "-o", "claims.jsonl"], tmp_path)
    papers = (tmp_path / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in (tmp_path / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert f"{len(papers)} abstracts, {len(rows)} claims, 0 skipped" in done.stderr
    assert len(rows) > 40
    assert {"CIFAR-10", "GSM8K"} <= {row["benchmark"] for row in rows}


def test_fresh_environment_checks_its_grammar(installed: Path, tmp_path: Path) -> None:
    assert " 0 failed" in _run([installed / "claimx", "check"], tmp_path).stderr
