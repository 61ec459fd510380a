"""Settings of this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui import config, paths
from imago_tui.config import Settings
from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path


def test_no_file_means_the_defaults() -> None:
    assert config.load() == Settings()
    assert not paths.settings_file().exists()


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ('\npcae = "calm"', 2, "pace"),
        ('pace = "clam"', 1, "calm"),
        ("pace = 3", 1, "a word in quotes"),
        ("# one\n# two\nbell = 1", 3, "true or false"),
        ('motion = "yes"', 1, "true or false"),
        ("[bell]\nx = 1", 1, "true or false"),
        ("[zzz]\nx = 1", 1, "language, pace"),
        ('language = "xx"', 1, "en"),
        ("pace = \n", 1, "pace ="),
        ('\n\npace = "', 3, "pace ="),
        ("bell = true\nbell = true", 2, "pace ="),
    ],
)
def test_a_setting_that_is_not_known_is_told_with_its_line(
    tmp_path: Path, text: str, line: int, hint: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ImagoError) as met:
        config.load(file)
    assert met.value.status == 2
    assert f"{file}, line {line}:" in met.value.message
    assert hint in met.value.hint


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# only a comment", Settings()),
        ('pace = "calm" # for Ana\n\n# no bells\nbell=true', Settings(pace="calm", bell=True)),
        ('"pace" = "brisk"\n', Settings(pace="brisk")),
        (" " * 200_000 + "\n" + " " * 200_000 + "pace = 'calm'\n", Settings(pace="calm")),
        ("motion = false\r\nrest = 0\r\n", Settings(motion=False, rest=0)),
    ],
)
def test_settings_are_read_as_people_write_them(
    tmp_path: Path, text: str, wanted: Settings
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, "utf-8")
    assert config.load(file) == wanted


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ImagoError) as met:
        config.load(file)
    assert met.value.status == 2


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(ImagoError) as met:
        config.load(tmp_path)
    assert met.value.status == 2


@pytest.mark.parametrize("what", ["fifo", "/dev/zero", "sparse"])
def test_what_has_no_end_in_its_place_is_told_at_once(tmp_path: Path, what: str) -> None:
    file = tmp_path / "settings.toml"
    if what == "fifo":
        os.mkfifo(file)
    elif what == "sparse":
        with file.open("wb") as out:
            out.truncate(1 << 40)
    else:
        file.symlink_to(what)
    with pytest.raises(ImagoError) as met:
        config.load(file)
    assert met.value.message == words("config.unreadable", file=file)


@given(text=st.text(alphabet='abcelp=[]"\n .1#', max_size=40))
def test_no_text_is_met_with_anything_but_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    file.write_text(text, "utf-8")
    try:
        met: Settings | ImagoError = config.load(file)
    except ImagoError as told:
        met = told
    assert isinstance(met, Settings) or (met.status == 2 and ", line " in met.message)
