"""scripts/run on machines that are barer than ours."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imago_tui import __version__
from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from types import ModuleType

TOP = Path(__file__).parent.parent
SHELL = shutil.which("dash") or "/bin/sh"
SAID = f"imago-tui {__version__}\n"
Done = subprocess.CompletedProcess[str]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of its own, in a folder with a space and an umlaut, nothing set up."""
    top = tmp_path / "Ana und Jürgen" / "imago tui"
    for name in ("imago_tui", "scripts", "constraints"):
        shutil.copytree(TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
    return top


@pytest.fixture
def ready(checkout: Path) -> Path:
    """A checkout whose environment is there already: that of these tests, seen from it."""
    folder = checkout / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    (folder / "lib").symlink_to(Path(sys.prefix) / "lib")
    shutil.copy(Path(sys.prefix) / "pyvenv.cfg", folder)
    shutil.copy(checkout / "constraints" / "run.txt", folder / "imago-stamp")
    return checkout


def start(*command: str | Path, cwd: Path, **environment: str) -> Done:
    """Run a command with nothing in its environment but what is given."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_with_an_empty_environment_from_anywhere(ready: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("Ana und Jürgen/imago tui/scripts/run")
    run = ready / "scripts" / "run"
    for command in ([SHELL, run], [run], [SHELL, link], [link], [SHELL, "link"]):
        done = start(*command, "--version", cwd=tmp_path)
        assert (done.stdout, done.stderr, done.returncode) == (SAID, "", 0), command
    inside = start(SHELL, "run", "--version", cwd=ready / "scripts")
    assert inside.stdout == SAID


def test_a_home_that_is_not_there_is_not_made(ready: Path, tmp_path: Path) -> None:
    home = tmp_path / "nobody"
    done = start(ready / "scripts" / "run", "about", cwd=tmp_path, HOME=str(home))
    assert (done.returncode, done.stderr) == (0, "")
    assert "findahelpline.com" in done.stdout
    assert not home.exists()


def test_nothing_is_imported_from_where_one_stands(ready: Path, tmp_path: Path) -> None:
    for name in ("imago_tui", "click", "tomllib"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('trap')", "utf-8")
    done = start(ready / "scripts" / "run", "about", cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")


def test_arguments_and_status_pass_through(ready: Path, tmp_path: Path) -> None:
    done = start(ready / "scripts" / "run", "two words", "*", cwd=tmp_path)
    assert done.returncode == 2
    assert "two words" in done.stderr


def tiny_wheel(folder: Path) -> str:
    """Make the smallest wheel there can be in `folder`; the line that pins it."""
    file = folder / "tiny_part-1-py3-none-any.whl"
    info = "tiny_part-1.dist-info"
    contents = {
        "tiny_part.py": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: tiny-part\nVersion: 1\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [f"{info}/RECORD,,"]
    with zipfile.ZipFile(file, "w") as wheel:
        for name, text in contents.items():
            wheel.writestr(name, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
            rows.append(f"{name},sha256={digest.decode()},{len(text)}")
        wheel.writestr(f"{info}/RECORD", "\n".join(rows) + "\n")
    return f"tiny-part==1 --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


def test_two_first_starts_at_once_set_up_once_and_a_broken_one_is_mended(
    checkout: Path, tmp_path: Path
) -> None:
    """The real thing, with one small part in place of the real ones and no network."""
    pin = tiny_wheel(tmp_path)
    (checkout / "constraints" / "run.txt").write_text(pin, "utf-8")
    environment = {
        "PYTHON": sys.executable,
        "PIP_NO_INDEX": "1",
        "PIP_" + "FIND" + "_LINKS": str(tmp_path),
        "PIP_USER": "1",
        "PIP_TARGET": str(tmp_path / "elsewhere"),
        "HOME": str(tmp_path / "nobody"),
    }
    command = [str(checkout / "scripts" / "run"), "--version"]
    both = [
        subprocess.Popen(
            command,
            cwd=tmp_path,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    told = [one.communicate(timeout=120) for one in both]
    assert [out for out, _ in told] == [SAID, SAID]
    assert sorted(err for _, err in told) == ["", words("install.once_run") + "\n"]
    assert not (tmp_path / "elsewhere").exists()
    assert not (tmp_path / "nobody").exists()

    # Broken off: no stamp, and half of it missing.
    (checkout / ".venv" / "imago-stamp").unlink()
    shutil.rmtree(checkout / ".venv" / "lib")
    mended = start(*command, cwd=tmp_path, **environment)
    assert (mended.stdout, mended.returncode) == (SAID, 0)
    assert list((checkout / ".venv" / "lib").glob("*/site-packages/tiny_part.py"))

    # Other constraints are fetched in place, and what cannot be had is told plainly.
    newer = pin.replace("==1", "==2")
    (checkout / "constraints" / "run.txt").write_text(newer, "utf-8")
    (checkout / ".venv" / "bin" / "one-that-is-running").touch()
    refused = start(*command, cwd=tmp_path, **environment)
    assert (refused.stdout, refused.returncode) == ("", 1)
    assert words("install.not_installed") in refused.stderr
    assert "Traceback" not in refused.stderr
    assert (checkout / ".venv" / "bin" / "one-that-is-running").exists()


@pytest.fixture
def set_up() -> ModuleType:
    """scripts/set_up.py as a module."""
    spec = importlib.util.spec_from_file_location("set_up", TOP / "scripts" / "set_up.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def test_an_environment_of_somebody_else_stays(set_up: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / ".venv"
    (folder / "bin").mkdir(parents=True)
    with pytest.raises(ImagoError) as met:
        set_up.clear(folder)
    assert met.value.status == 2
    assert (folder / "bin").exists()


def test_no_network_is_told(set_up: ModuleType, tmp_path: Path) -> None:
    said = "print('NameResolutionError: no such host'); raise SystemExit(1)"
    with pytest.raises(ImagoError) as met:
        set_up.run([sys.executable, "-c", said], tmp_path)
    assert met.value.message == words("install.offline")
    assert "no such host" in (tmp_path / set_up.LOG).read_text("utf-8")


def test_no_place_is_told(
    set_up: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    assert set_up.main("run", in_the_way / "venv") == 7
    assert capsys.readouterr().err.startswith("imago-tui: ")


def test_a_folder_of_somebody_else_is_not_trusted(
    set_up: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(ImagoError), set_up.alone(tmp_path / "venv"):
        pytest.fail("it went on in a folder of somebody else")


def test_without_a_python_it_says_what_to_do(checkout: Path, tmp_path: Path) -> None:
    """Every Python that could be found answers as one that lacks the part for environments."""
    script = checkout / "scripts" / "find-venv.sh"
    text = script.read_text("utf-8")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("dirname", "cmp", "readlink"):
        (tools / name).symlink_to(shutil.which(name) or name)
    script.write_text(
        text.replace("/usr/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3", "")
    )
    none = start(SHELL, checkout / "scripts" / "run", cwd=tmp_path, PATH=str(tools))
    assert none.returncode == 2
    assert "Python 3.11" in none.stderr
    (tools / "python3").write_text("#!/bin/sh\necho lacking 3.12\n")
    (tools / "python3").chmod(0o755)
    lacking = start(SHELL, checkout / "scripts" / "run", cwd=tmp_path, PATH=str(tools))
    assert lacking.returncode == 2
    assert "apt install python3.12-venv" in lacking.stderr
