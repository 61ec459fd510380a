"""Under CI a test that is left out makes the run red (tests/conftest.py)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLE = """
import pytest

@pytest.mark.skipif(True, reason="no tool here")
def test_marked(): pass

def test_inside(): pytest.skip("no tool there")

@pytest.mark.xfail(reason="known")
def test_known(): assert False
"""


@pytest.mark.parametrize(("ci", "status"), [("", 0), ("true", 1)])
def test_left_out(tmp_path: Path, ci: str, status: int) -> None:
    shutil.copy(Path(__file__).parent / "conftest.py", tmp_path)
    (tmp_path / "test_sample.py").write_text(SAMPLE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=."],
        cwd=tmp_path,
        env=os.environ | {"CI": ci},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout
    for name, reason in (("marked", "no tool here"), ("inside", "no tool there")):
        told = f"test_sample.py::test_{name} was left out, and under CI none may be: "
        assert (told in done.stdout and reason in done.stdout) == bool(ci)
    assert "1 xfailed" in done.stdout
