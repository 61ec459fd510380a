"""The wheel: built without a network, whole, and it runs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from imago_tui import __version__

TOP = Path(__file__).parent.parent
PACKAGE = TOP / "imago_tui"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=TOP, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def test_every_file_of_the_package_is_in_it(wheel: Path) -> None:
    assert wheel.name == f"imago_tui-{__version__}-py3-none-any.whl"
    wanted = {
        str(file.relative_to(TOP))
        for kind in ("*.py", "*.toml", "*.tcss", "py.typed")
        for file in PACKAGE.rglob(kind)
    }
    with zipfile.ZipFile(wheel) as inside:
        names = set(inside.namelist())
    assert wanted <= names
    assert "imago_tui/words/en/errors.toml" in names
    assert not {name for name in names if name.startswith(("tests/", "scripts/", "docs/"))}


def test_it_installs_and_runs_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "with a space"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    where = ["--no-deps", "--no-index", "--no-compile", "--target", str(target)]
    subprocess.run([*pip, *where, str(wheel)], check=True, capture_output=True)
    for arguments, said in ((["--version"], f"imago-tui {__version__}\n"), (["about"], None)):
        done = subprocess.run(
            [sys.executable, target / "bin" / "imago-tui", *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(target)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        assert done.stdout == said or (said is None and done.stdout)
