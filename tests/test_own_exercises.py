"""A folder of one's own exercises: found, marked, walked before they are held, never trusted."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from imago_tui import exercises, menu, paths, retelling
from imago_tui.cli import main
from imago_tui.dialogue.stage import ExerciseError
from imago_tui.errors import ImagoError
from imago_tui.evening import Evening
from imago_tui.exercises import HERE, own
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MINE = (HERE / "silly.toml").read_text("utf-8").replace('id = "silly"', 'id = "kitchen"')
SCRIPT = """
exercise = "kitchen"
partners = ["Ana", "Ben"]
[[turn]]
step = "send"
who = "Ana"
say = "The kettle is a spy."
[[turn]]
step = "mirror"
who = "Ben"
say = "The kettle is a spy."
[[turn]]
step = "check"
who = "Ana"
say = "yes"
[[turn]]
step = "switch"
who = "Ben"
say = "enough"
"""


@pytest.fixture
def folder(imago_home: Path) -> Path:
    place = paths.exercises_dir()
    place.mkdir(parents=True)
    assert imago_home in place.parents
    return place


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def go(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = main(list(arguments))
        out, err = capfd.readouterr()
        return status, out, err

    return go


def test_without_a_folder_there_are_the_shipped_ones() -> None:
    assert not paths.exercises_dir().exists()
    assert exercises.every() == exercises.names()


def test_one_s_own_is_listed_as_such_shown_and_held(
    folder: Path, run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (folder / "kitchen.toml").write_text(MINE, "utf-8")
    assert exercises.every() == (*exercises.names(), "kitchen")
    status, out, err = run("exercises", "list")
    assert (status, err) == (0, "")
    assert out.splitlines()[-1].startswith("kitchen (your own): Mirror something silly")
    assert out.count("(your own)") == 1
    assert "(your own)" in run("exercises", "show", "kitchen")[1]
    assert run("exercises", "check", str(folder / "kitchen.toml"))[0] == 0
    script = tmp_path / "script.toml"
    script.write_text(SCRIPT, "utf-8")
    status, out, _ = run("dialogue", "--script", str(script), "--no-journal")
    assert (status, out.startswith("done")) == (0, True)


def test_the_one_that_the_guide_writes_can_be_held(
    folder: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    guide = (HERE.parents[1] / "docs" / "writing-exercises.md").read_text("utf-8")
    text = guide.partition("```toml\n")[2].partition("```")[0]
    (folder / "two-wishes.toml").write_text(text, "utf-8")
    assert run("exercises", "check", str(folder / "two-wishes.toml"))[0] == 0
    held = exercises.load("two-wishes")
    assert held.group == "appreciate"
    assert [stage.id for stage in held.stages] == [
        "ready", "send", "request", "gift", "switch", "keep",
    ]  # fmt: skip


def test_a_changed_file_counts_from_the_next_look_on(folder: Path) -> None:
    file = folder / "kitchen.toml"
    file.write_text(MINE, "utf-8")
    assert exercises.load("kitchen").minutes == 2
    file.write_text(MINE.replace("minutes = 2", "minutes = 3"), "utf-8")
    assert exercises.load("kitchen").minutes == 3
    file.unlink()
    with pytest.raises(ExerciseError) as gone:
        exercises.load("kitchen")
    assert gone.value.rule == "unknown-exercise"


def test_at_the_table_and_in_lists_it_is_marked(folder: Path) -> None:
    (folder / "kitchen.toml").write_text(MINE, "utf-8")
    shipped, mine = exercises.load("silly"), exercises.load("kitchen")
    assert menu.title(shipped) == shipped.title
    assert menu.title(mine) == words("menu.marked", title=mine.title)
    listed = {item.id: item for item in menu.of("talk")}
    assert listed["kitchen"].own
    assert listed["kitchen"].label != listed["silly"].label
    sits = replace(Evening.begin(journal=False), at="setup", exercise="kitchen")
    assert words("evening.own_exercise", title=mine.title) in sits.page().lines


def test_in_the_journal_it_has_its_title(folder: Path) -> None:
    (folder / "kitchen.toml").write_text(MINE, "utf-8")
    (folder / "cellar.toml").write_text("no exercise", "utf-8")
    told = [retelling.what(name) for name in ("kitchen", "silly", "cellar", "gone")]
    assert told == ["Mirror something silly", "Mirror something silly", "cellar", "gone"]


def loop(file: Path) -> None:
    file.symlink_to(file.name)


BAD: dict[str, Callable[[Path], object]] = {
    "no text": lambda file: file.write_bytes(b'id = "kitchen"\n\xff\xfe'),
    "no TOML": lambda file: file.write_text("[[stage\n", "utf-8"),
    "another id": lambda file: file.write_text(MINE.replace('"kitchen"', '"cellar"'), "utf-8"),
    "an unknown kind": lambda file: file.write_text(MINE.replace('"hear"', '"heer"'), "utf-8"),
    "against the gate": lambda file: file.write_text(MINE.replace("both = true, ", ""), "utf-8"),
    "an escape sequence": lambda file: file.write_text(
        MINE.replace('title = "Mirror', 'title = "\\u001b[2JMirror'), "utf-8"
    ),
    "a text turned round": lambda file: file.write_text(
        MINE.replace('"The moon', '"\\u202eThe moon'), "utf-8"
    ),
    "too many stages": lambda file: file.write_text(
        MINE
        + "".join(f'\n[[stage]]\nid = "s{n}"\nkind = "still"\nby = "either"\n' for n in range(60)),
        "utf-8",
    ),
    "nested without end": lambda file: file.write_text(f"x = {'[' * 20000}", "utf-8"),
    "a symlink loop": loop,
    "a symlink to nothing": lambda file: file.symlink_to("none"),
    "a folder": lambda file: file.mkdir(),
    "a pipe": os.mkfifo,
    "nothing": lambda file: file.touch(),
}


@pytest.mark.parametrize("make", BAD.values(), ids=BAD)
def test_what_can_t_be_held_is_told_and_the_rest_is_served(
    make: Callable[[Path], object],
    folder: Path,
    run: Callable[..., tuple[int, str, str]],
    tmp_path: Path,
) -> None:
    make(folder / "kitchen.toml")
    (folder / "porch.toml").write_text(MINE.replace('"kitchen"', '"porch"'), "utf-8")
    status, out, err = run("exercises", "list")
    assert status == 0
    assert "porch (your own)" in out
    assert "kitchen" not in out
    assert err.startswith("kitchen.toml: ")
    assert "exercises check" in err
    script = tmp_path / "script.toml"
    script.write_text(SCRIPT, "utf-8")
    for arguments in (("dialogue", "kitchen", "--plain"), ("dialogue", "--script", str(script))):
        status, out, err = run(*arguments)
        assert (status, out) == (2, "")
        assert "kitchen.toml cannot be held as it stands" in err
        assert "Traceback" not in err
    status, out, err = run("exercises", "check", str(folder / "kitchen.toml"))
    assert (status, out) == (2, "")
    assert "\x1b" not in err


def test_a_file_of_fifty_megabytes_is_not_read_whole(
    folder: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    with (folder / "kitchen.toml").open("wb") as file:
        file.truncate(50 << 20)
    assert len(own.read(folder / "kitchen.toml")) == own.MOST + 1
    assert run("exercises", "list")[2].startswith("kitchen.toml: ")
    assert "longer than any exercise" in run("exercises", "check", str(folder / "kitchen.toml"))[2]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("silly", "comes with the program"),
        ("Ours Two", "name this exercise"),
        ("a\x1b[2J", "name this exercise"),
        ("x" * 41, "name this exercise"),
    ],
)
def test_a_name_that_can_t_be_given(
    name: str, told: str, folder: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    (folder / f"{name}.toml").write_text(MINE, "utf-8")
    assert exercises.every() == exercises.names()
    status, _, err = run("exercises", "list")
    assert (status, "\x1b" in err) == (0, False)
    assert told in err
    assert exercises.load("silly").title == "Mirror something silly"


def test_the_folder_itself_may_be_anything(run: Callable[..., tuple[int, str, str]]) -> None:
    place = paths.exercises_dir()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(place.name)
    assert (own.files(), run("exercises", "list")[0]) == ((), 0)
    place.unlink()
    place.write_text("x", "utf-8")
    assert own.files() == ()


def test_nobody_needs_a_place_for_them(
    run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def nowhere() -> Path:
        raise ImagoError("no home", "", 2)

    monkeypatch.setattr(paths, "exercises_dir", nowhere)
    (tmp_path / "kitchen.toml").write_text(MINE, "utf-8")
    assert run("exercises", "list")[0] == 0
    assert run("exercises", "check", str(tmp_path / "kitchen.toml"))[0] == 0
    assert run("exercises", "show", "kitchen")[0] == 2


def test_a_folder_with_very_many_files_is_not_walked_whole(folder: Path) -> None:
    for n in range(own.MANY + 20):
        (folder / f"e{n:03}.toml").touch()
    assert len(own.files()) == own.MANY
