"""Where things live."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from imago_tui import paths
from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path


def test_a_home_that_is_named_holds_everything(imago_home: Path) -> None:
    assert paths.home() == imago_home
    assert paths.settings_file() == imago_home / "settings.toml"
    assert paths.journal_dir() == imago_home / "journal"
    assert paths.exercises_dir() == imago_home / "exercises"
    assert not imago_home.exists(), "asking for a place makes nothing"


def test_a_home_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IMAGO_TUI_HOME", "near")
    assert paths.home() == tmp_path / "near"


@pytest.mark.parametrize("value", [None, ""])
def test_without_one_the_platform_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, value: str | None
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("IMAGO_TUI_HOME")
    if value is not None:
        monkeypatch.setenv("IMAGO_TUI_HOME", value)
    places = [paths.settings_file(), paths.journal_dir(), paths.exercises_dir()]
    assert paths.home() is None
    assert all(place.is_relative_to(tmp_path) and "imago-tui" in place.parts for place in places)
    assert len(set(places)) == len(places)
    assert list(tmp_path.iterdir()) == []


def test_nobody_at_home_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IMAGO_TUI_HOME")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    # What expanduser leaves standing when neither HOME nor the password file knows a home.
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    with pytest.raises(ImagoError) as met:
        paths.journal_dir()
    assert met.value.status == 2
    assert "IMAGO_TUI_HOME" in met.value.hint


def test_a_named_home_needs_no_platformdirs() -> None:
    code = "import sys; from imago_tui import paths; paths.journal_dir(); print(*sys.modules)"
    seen = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "imago_tui.paths" in seen
    assert "platformdirs" not in seen


LONG = "k" * 300
"""A name longer than any system takes."""


@pytest.mark.parametrize(
    "text", [LONG, f"/tmp/{LONG}/key.txt", "/tmp/a\0b", "~nobody-of-this-name/x"]
)
def test_a_place_where_there_can_be_no_file_is_told(text: str) -> None:
    with pytest.raises(ImagoError) as met:
        paths.typed(text)
    assert (met.value.message, met.value.status) == (words("errors.no_place"), 2)


def test_a_place_that_was_typed_is_in_full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert paths.typed(" ~/key.txt ") == paths.typed("key.txt") == tmp_path / "key.txt"
    assert paths.typed("nowhere/at/all") == tmp_path / "nowhere" / "at" / "all"


@pytest.mark.parametrize("name", [LONG, "/".join(["home" * 40] * 25)])
def test_a_home_that_there_can_not_be_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """The second can be; but not what would be written in it."""
    monkeypatch.setenv("IMAGO_TUI_HOME", str(tmp_path / name))
    for place in (paths.home, paths.settings_file, paths.journal_dir):
        with pytest.raises(ImagoError) as met:
            place()
        assert (met.value.message, met.value.status) == (words("errors.no_place"), 2)
