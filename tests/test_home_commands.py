"""`imago-tui` alone, `look`, `thanks` and `card` on the command line, and its language."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

import imago_tui.words as told
from imago_tui import paths
from imago_tui.cli import main
from imago_tui.journal import notes
from imago_tui.journal.store import Journal
from imago_tui.now import local_now
from imago_tui.words import words
from tests.journal.people import day_copied

NAMES = ("Ana", "Ben")
PASSPHRASES = ("violet anchor seven lamps", "quiet harbour nine stones")


@pytest.fixture
def files(imago_home: Path) -> list[str]:
    """A journal of the two, and the arguments that open it for the first."""
    imago_home.mkdir()
    people = list(zip(NAMES, PASSPHRASES, strict=True))
    Journal.create(paths.journal_dir(), people, cost=15).close()
    for number, passphrase in enumerate(PASSPHRASES):
        (imago_home / f"{number}").write_text(f"{passphrase}\n")
    return ["--passphrase-file", str(imago_home / "0")]


def typing(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def left() -> list[tuple[str | None, str | None]]:
    with Journal.open(paths.journal_dir(), PASSPHRASES[1:]) as journal:
        return [(note.who, note.text) for note in notes.waiting_thanks(journal)]


def test_a_line_of_thanks_comes_through_a_pipe_and_never_as_an_argument(
    files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "  For the   car.  ")
    assert main(["thanks", *files]) == 0
    assert left() == [("Ana", "For the car.")]
    assert "car" not in "".join(capsys.readouterr())
    typing(monkeypatch, "For the bread.")
    assert main(["thanks", *files]) == 0
    assert left() == [("Ana", "For the bread.")]
    assert main(["thanks", "For the car.", *files]) == 2


@pytest.mark.parametrize("line", ["", "   ", "x" * 301])
def test_no_line_or_a_letter_is_told_and_nothing_is_left(
    line: str, files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, line)
    assert main(["thanks", *files]) == 2
    assert capsys.readouterr().err.startswith("imago-tui: ")
    assert left() == []


def test_with_both_passphrases_nobody_knows_whose_line_it_is(
    files: list[str], imago_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typing(monkeypatch, "For the car.")
    assert main(["thanks", *files, "--passphrase-file", str(imago_home / "1")]) == 2
    assert left() == []


def test_thanks_in_lines_end_when_the_line_is_left(
    files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "For the car.")
    assert main(["thanks", "--plain", *files]) == 0
    assert left() == [("Ana", "For the car.")]
    assert words("home.note.thanks", other="Ben") in capsys.readouterr().out


def test_home_in_lines_leads_to_what_a_line_says_and_out(
    imago_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not imago_home.exists()
    typing(monkeypatch, "8", "6", "10")
    assert main(["--plain"]) == 0
    out = capsys.readouterr().out
    assert words("about.title") in out
    assert words("home.note.no_journal") in out
    assert not imago_home.exists()


def test_a_look_in_lines_runs_through_and_asks_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "1", "1", "1")
    assert main(["look", "--plain"]) == 0
    out = capsys.readouterr().out
    for page in ("begin", "never", "after"):
        assert words(f"look.page.{page}.title") in out


def test_in_lines_a_copy_is_brought_back_where_the_journal_is_gone(
    files: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = paths.journal_dir()
    with Journal.open(folder, PASSPHRASES) as journal:
        day_copied(journal, local_now())
    folder.rename(folder.with_name("elsewhere"))
    typing(monkeypatch, str(paths.copies_of(folder)), "For the car.")
    assert main(["thanks", "--plain", *files]) == 0
    assert words("keys.restore.done", folder=folder) in capsys.readouterr().out
    assert left() == [("Ana", "For the car.")]


@pytest.mark.parametrize("arguments", [["look"], ["thanks", "--plain", "--no"], ["card"]])
def test_what_needs_a_terminal_or_a_file_says_so(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("imago-tui: ")


def test_options_of_home_before_a_command_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--plain", "about"]) == 2
    assert words("cli.before") in capsys.readouterr().err


def test_a_card_is_written_once_and_outside_the_journal(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "card.txt"
    assert main(["card", str(place), *files]) == 0
    assert words("pocket.readable") in capsys.readouterr().err
    before = place.read_text("utf-8")
    assert main(["card", str(place)]) == 2
    assert place.read_text("utf-8") == before
    assert main(["card", str(paths.journal_dir() / "card.txt")]) == 2
    assert main(["card", str(tmp_path / "none" / "card.txt")]) == 2


def test_the_language_of_the_settings_is_spoken_by_all_of_it(
    imago_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    folder = tmp_path / "words"
    (folder / "xx").mkdir(parents=True)
    (folder / "xx" / "home.toml").write_text('[page.home]\ntitle = "Was tut euch gut?"\n', "utf-8")
    (folder / "en").symlink_to(told.HERE / "en")
    monkeypatch.setattr(told, "HERE", folder)
    monkeypatch.setattr(words, "_folder", folder)
    imago_home.mkdir()
    (imago_home / "settings.toml").write_text('language = "xx"\n', "utf-8")
    typing(monkeypatch, "10")
    try:
        assert main(["--plain"]) == 0
        assert "Was tut euch gut?" in capsys.readouterr().out
    finally:
        words.use("en")


@pytest.mark.parametrize(
    "arguments", [["dialogue", "--plain"], ["dialogue", "--script", "x"], ["--plain"]]
)
def test_settings_that_are_not_understood_are_told_before_anything_begins(
    arguments: list[str], imago_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    imago_home.mkdir()
    (imago_home / "settings.toml").write_text('\npace = "fast"\n', "utf-8")
    assert main(arguments) == 2
    told_ = capsys.readouterr()
    assert "2" in told_.err
    assert told_.out == ""
    assert main(["about"]) == 0
