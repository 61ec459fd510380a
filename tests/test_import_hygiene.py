"""What is imported when. import-linter sees the code; this sees fresh processes."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent


def imported(code: str) -> set[str]:
    """Top-level packages, and modules of ours, in a fresh process after `code`."""
    show = "import sys; print(file=sys.stderr); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{show}"],
        cwd=TOP,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = done.stderr.splitlines()[-1].split()
    return {name if name.startswith("imago_tui") else name.partition(".")[0] for name in names}


def test_version_imports_next_to_nothing() -> None:
    seen = imported("from imago_tui.cli import main; main(['--version'])")
    assert {name for name in seen if name.startswith("imago_tui")} == {"imago_tui", "imago_tui.cli"}
    assert seen.isdisjoint(
        {"click", "textual", "rich", "pydantic", "tomllib", "pathlib", "logging"}
    )


@pytest.mark.parametrize("arguments", [["--help"], ["about"], ["abuot"]])
def test_the_command_line_brings_no_screen(arguments: list[str]) -> None:
    seen = imported(f"from imago_tui.cli import main; main({arguments})")
    assert "click" in seen
    assert seen.isdisjoint({"textual", "rich", "pydantic", "platformdirs", "pyrage", "asyncio"})


def test_help_imports_no_command() -> None:
    seen = imported("from imago_tui.cli import main; main(['--help'])")
    assert {name for name in seen if name.startswith("imago_tui.commands.")} == {
        "imago_tui.commands.group"
    }


def test_settings_are_read_without_what_only_writing_needs() -> None:
    seen = imported("from imago_tui import config; config.load()")
    assert seen.isdisjoint({"tomli_w", "tempfile", "difflib", "platformdirs", "click"})


def test_lines_in_own_words_are_read_without_what_only_writing_needs() -> None:
    seen = imported("from imago_tui import own_words; own_words.load()")
    assert seen.isdisjoint({"tomli_w", "tomlkit", "tempfile"})


def test_home_is_there_before_anything_that_a_journal_needs() -> None:
    seen = imported(
        "from imago_tui.tui import flows, at_home\n"
        "from imago_tui.house import what_stands\n"
        "from imago_tui.home import Home\n"
        "Home.begin(**what_stands()._asdict()).page()"
    )
    assert "textual" in seen
    assert seen.isdisjoint({"pydantic", "pyrage", "sqlite3", "tomli_w", "tomlkit"})
    assert not {name for name in seen if name.startswith("imago_tui.journal")}


def names_imported(file: Path) -> set[str]:
    """Every module that `file` imports, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file} imports relatively"
            found.add(node.module or "")
    return found


PURE = [file for name in ("dialogue", "coach") for file in (TOP / "imago_tui" / name).rglob("*.py")]


def test_a_talk_begins_without_the_coach() -> None:
    seen = imported("import imago_tui.hall, imago_tui.session")
    coach = {name for name in seen if name.startswith(("imago_tui.coach", "imago_tui.hints"))}
    assert not coach


def test_the_first_page_needs_no_rules_of_a_talk() -> None:
    first = "from imago_tui.evening import Evening; Evening.begin(journal=False).page()"
    places = "from imago_tui import own_places; own_places.lines()"
    rest = "from imago_tui.evening.steps import alone; alone('')"
    seen = imported(f"import imago_tui.tui.flows; {first}; {places}; {rest}")
    assert not seen & {"imago_tui.session", "imago_tui.dialogue.engine", "imago_tui.dialogue.parse"}


@pytest.mark.parametrize("file", PURE, ids=lambda file: str(file.relative_to(TOP)))
def test_what_is_pure_knows_only_itself_and_no_outside_world(file: Path) -> None:
    part = f"imago_tui.{file.relative_to(TOP / 'imago_tui').parts[0]}"
    names = names_imported(file)
    others = {name for name in names if name != part and not name.startswith(f"{part}.")}
    assert {name.partition(".")[0] for name in others} <= sys.stdlib_module_names
    assert others.isdisjoint({"os", "io", "time", "random", "secrets", "socket", "subprocess"})


VALUES = (
    *("home", "evening", "rooms", "review", "helping"),
    *("look.py", "menu.py", "topics.py", "promises.py", "path.py", "hints.py", "retelling.py"),
    *("rowtext.py", "idle.py"),
)
"""Pages and values, as the plan of the house has them: no clock."""


def test_pages_and_values_look_at_no_clock() -> None:
    for name in VALUES:
        room = TOP / "imago_tui" / name
        for file in room.rglob("*.py") if room.is_dir() else [room]:
            assert names_imported(file).isdisjoint({"time", "imago_tui.now"}), file


def test_this_moment_is_read_in_one_place() -> None:
    files = (TOP / "imago_tui").rglob("*.py")
    reading = {file.name for file in files if "datetime.now(" in file.read_text("utf-8")}
    assert reading == {"now.py"}


def test_nothing_of_ours_can_reach_a_network() -> None:
    reaching = {"socket", "ssl", "http", "urllib", "ftplib", "smtplib", "xmlrpc", "socketserver"}
    for file in (TOP / "imago_tui").rglob("*.py"):
        roots = {name.partition(".")[0] for name in names_imported(file)}
        assert roots.isdisjoint(reaching), file


def test_what_works_without_a_screen_brings_none() -> None:
    files = [
        file
        for part in ("commands", "deeds", "journal", "plain", "rooms", "words")
        for file in sorted((TOP / "imago_tui" / part).rglob("*.py"))
    ]
    modules = [".".join(file.relative_to(TOP).with_suffix("").parts) for file in files]
    seen = imported("\n".join(f"import {module.removesuffix('.__init__')}" for module in modules))
    assert "imago_tui.commands.about" in seen
    assert seen.isdisjoint({"textual", "rich"})
    assert not {name for name in seen if name.startswith("imago_tui.tui")}
