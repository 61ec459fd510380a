"""Settings of this machine."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui import config, paths
from imago_tui.config import DEFAULTS, Settings
from imago_tui.errors import ImagoError
from imago_tui.words import words

if TYPE_CHECKING:
    from pathlib import Path

ANY = st.builds(
    Settings,
    language=st.just("en"),
    pace=st.sampled_from(["calm", "normal", "brisk"]),
    motion=st.booleans(),
    bell=st.booleans(),
    digits=st.booleans(),
    rest=st.sampled_from([0, 2, 5, 10, 20, 30, 60]),
    theme=st.sampled_from(["auto", "dark", "light"]),
)
WRITTEN = [
    "",
    "# only a comment",
    'pace = "calm" # for Ana\n\n# no bells\nbell=true',
    '"pace" = "brisk"\n',
    " " * 200_000 + "\n" + " " * 200_000 + "pace = 'calm'\n",
    "motion = false\r\nbell = true\r\n",
]


def test_no_file_means_the_defaults() -> None:
    assert config.load() == Settings()
    assert not paths.settings_file().exists()


def test_what_is_saved_is_read_again() -> None:
    wanted = Settings(pace="calm", motion=False, digits=True)
    config.save(wanted)
    assert config.load() == wanted
    assert [file.name for file in paths.settings_file().parent.iterdir()] == ["settings.toml"]


@given(before=st.sampled_from(WRITTEN), wanted=ANY)
def test_any_settings_survive_whatever_stood_there(
    tmp_path_factory: pytest.TempPathFactory, before: str, wanted: Settings
) -> None:
    file = tmp_path_factory.mktemp("settings") / "settings.toml"
    file.write_text(before, "utf-8")
    config.save(wanted, file)
    assert config.load(file) == wanted


def test_a_persons_own_lines_stay(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('# ours\npace = "calm"  # for Ana\nbell = true\n', "utf-8")
    config.save(replace(config.load(file), bell=False, motion=False), file)
    assert file.read_text("utf-8") == (
        '# ours\npace = "calm"  # for Ana\nbell = false\nmotion = false\n'
    )


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    link = tmp_path / "settings.toml"
    real.write_text("", "utf-8")
    link.symlink_to(real)
    config.save(replace(DEFAULTS, bell=True), link)
    assert link.is_symlink()
    assert config.load(real).bell


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
    with pytest.raises(ImagoError):
        config.save(replace(DEFAULTS, bell=True), file)
    assert file.read_text("utf-8") == text, "what cannot be read is not written over"


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
